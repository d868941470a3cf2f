import type { ArgumentNode, Expression, ParameterNode, Statement, StringPart } from './syntax.js';

/** The expressions directly inside an expression, in the order of the text. Bodies of lambdas are among them. */
export function childExpressions(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'name':
    case 'constant':
    case 'unsupported':
      return [];
    case 'joined_string':
      return node.parts.flatMap(partExpressions);
    case 'tuple':
    case 'list':
    case 'set':
      return node.elements;
    case 'dict':
      return node.items.flatMap(({ key, value }) => (key === null ? [value] : [key, value]));
    case 'comprehension':
      return [
        node.element,
        ...present(node.value),
        ...node.clauses.flatMap((clause) => [clause.target, clause.iterable, ...clause.conditions]),
      ];
    case 'attribute':
      return [node.object];
    case 'subscript':
      return [node.object, node.index];
    case 'slice':
      return [...present(node.lower), ...present(node.upper), ...present(node.step)];
    case 'call':
      return [node.callee, ...argumentValues(node.arguments)];
    case 'binary':
    case 'boolean':
      return [node.left, node.right];
    case 'unary':
      return [node.operand];
    case 'compare':
      return [node.first, ...node.rest.map((each) => each.operand)];
    case 'conditional':
      return [node.body, node.test, node.otherwise];
    case 'lambda':
      return [...defaultValues(node.parameters), node.body];
    case 'named_expression':
    case 'starred':
    case 'await':
      return [node.value];
    case 'yield':
      return present(node.value);
  }
}

/** The expressions of a statement itself, without those of the blocks inside it. */
export function ownExpressions(node: Statement): readonly Expression[] {
  switch (node.kind) {
    case 'expression':
      return [node.value];
    case 'augmented_assign':
      return [node.target, node.value];
    case 'assign':
      return [node.value, ...node.targets];
    case 'annotated_assign':
      return [...present(node.value), node.target];
    case 'delete':
      return node.targets;
    case 'return':
      return present(node.value);
    case 'if':
    case 'while':
      return [node.test];
    case 'assert':
      return [node.test, ...present(node.message)];
    case 'for':
      return [node.iterable, node.target];
    case 'with':
      return node.items.flatMap(({ context, target }) => [context, ...present(target)]);
    case 'raise':
      return [...present(node.value), ...present(node.cause)];
    case 'match':
      return [node.subject, ...node.cases.flatMap((each) => present(each.guard))];
    case 'try':
      return node.handlers.flatMap((handler) => present(handler.type));
    case 'function':
      return [...node.decorators, ...defaultValues(node.parameters)];
    case 'class':
      return [...node.decorators, ...argumentValues(node.bases)];
    default:
      return [];
  }
}

/** The blocks directly inside a statement, in the order of the text: bodies of functions and classes too. */
export function blocksOf(node: Statement): readonly (readonly Statement[])[] {
  switch (node.kind) {
    case 'if':
    case 'for':
    case 'while':
      return [node.body, node.otherwise];
    case 'with':
    case 'function':
    case 'class':
      return [node.body];
    case 'try':
      return [node.body, ...node.handlers.map((each) => each.body), node.otherwise, node.finalizer];
    case 'match':
      return node.cases.map((each) => each.body);
    default:
      return [];
  }
}

function partExpressions(part: StringPart): readonly Expression[] {
  return typeof part === 'string' ? [] : [part.expression, ...part.specification.flatMap(partExpressions)];
}

function argumentValues(nodes: readonly ArgumentNode[]): readonly Expression[] {
  return nodes.map((each) => each.value);
}

function defaultValues(parameters: readonly ParameterNode[]): readonly Expression[] {
  return parameters.flatMap((each) => present(each.default));
}

function present(node: Expression | null): readonly Expression[] {
  return node === null ? [] : [node];
}
