import type { Expression, FunctionNode, LambdaNode, ParameterNode, Pattern, Statement } from '../../parse/syntax.js';
import type { ScopeNames } from '../scope.js';

interface Names {
  readonly locals: Set<string>;
  readonly globals: Set<string>;
  readonly nonlocals: Set<string>;
}

/** Which names a function's text binds: parameters, assignments, imports, definitions, loop targets, `as` and `:=`. */
export function namesOf(node: FunctionNode | LambdaNode): ScopeNames {
  const names: Names = { locals: new Set(), globals: new Set(), nonlocals: new Set() };
  node.parameters.forEach((parameter: ParameterNode) => names.locals.add(parameter.name));
  if (node.kind === 'lambda') collectExpression(names, node.body);
  else collectBlock(names, node.body);
  for (const name of [...names.globals, ...names.nonlocals]) names.locals.delete(name);
  return names;
}

function collectBlock(names: Names, statements: readonly Statement[]): void {
  for (const statement of statements) collectStatement(names, statement);
}

function collectStatement(names: Names, node: Statement): void {
  switch (node.kind) {
    case 'assign':
      node.targets.forEach((target) => { collectTarget(names, target); });
      collectExpression(names, node.value);
      return;
    case 'augmented_assign':
    case 'annotated_assign':
      collectTarget(names, node.target);
      if (node.value !== null) collectExpression(names, node.value);
      return;
    case 'delete':
      node.targets.forEach((target) => { collectTarget(names, target); });
      return;
    case 'expression':
      collectExpression(names, node.value);
      return;
    case 'return':
      if (node.value !== null) collectExpression(names, node.value);
      return;
    case 'if':
    case 'while':
      collectExpression(names, node.test);
      collectBlock(names, node.body);
      collectBlock(names, node.otherwise);
      return;
    case 'for':
      collectTarget(names, node.target);
      collectExpression(names, node.iterable);
      collectBlock(names, node.body);
      collectBlock(names, node.otherwise);
      return;
    case 'with':
      for (const item of node.items) {
        collectExpression(names, item.context);
        if (item.target !== null) collectTarget(names, item.target);
      }
      collectBlock(names, node.body);
      return;
    case 'try':
      collectBlock(names, node.body);
      for (const handler of node.handlers) {
        if (handler.name !== '') names.locals.add(handler.name);
        collectBlock(names, handler.body);
      }
      collectBlock(names, node.otherwise);
      collectBlock(names, node.finalizer);
      return;
    case 'function':
    case 'class':
    case 'type_alias':
      names.locals.add(node.name);
      return;
    case 'import':
      node.names.forEach(({ name, alias }) => names.locals.add(alias === '' ? (name.split('.')[0] ?? name) : alias));
      return;
    case 'import_from':
      node.names.forEach(({ name, alias }) => names.locals.add(alias === '' ? name : alias));
      return;
    case 'global':
      node.names.forEach((name) => names.globals.add(name));
      return;
    case 'nonlocal':
      node.names.forEach((name) => names.nonlocals.add(name));
      return;
    case 'match':
      collectExpression(names, node.subject);
      for (const clause of node.cases) {
        collectPattern(names, clause.pattern);
        if (clause.guard !== null) collectExpression(names, clause.guard);
        collectBlock(names, clause.body);
      }
      return;
    case 'assert':
      collectExpression(names, node.test);
      return;
    case 'raise':
    case 'pass':
    case 'break':
    case 'continue':
      return;
  }
}

function collectTarget(names: Names, target: Expression): void {
  if (target.kind === 'name') names.locals.add(target.name);
  else if (target.kind === 'tuple' || target.kind === 'list') target.elements.forEach((each) => { collectTarget(names, each); });
  else if (target.kind === 'starred') collectTarget(names, target.value);
}

function collectPattern(names: Names, pattern: Pattern): void {
  switch (pattern.kind) {
    case 'capture':
    case 'star':
      if (pattern.name !== '_' && pattern.name !== '') names.locals.add(pattern.name);
      return;
    case 'sequence':
      pattern.elements.forEach((each) => { collectPattern(names, each); });
      return;
    case 'mapping':
      pattern.items.forEach((each) => { collectPattern(names, each.value); });
      if (pattern.rest !== '') names.locals.add(pattern.rest);
      return;
    case 'class':
      pattern.positional.forEach((each) => { collectPattern(names, each); });
      pattern.keyword.forEach((each) => { collectPattern(names, each.value); });
      return;
    case 'or':
      pattern.options.forEach((each) => { collectPattern(names, each); });
      return;
    case 'as':
      collectPattern(names, pattern.pattern);
      names.locals.add(pattern.name);
      return;
    case 'value':
    case 'wildcard':
    case 'unsupported':
      return;
  }
}

/** Only `:=` binds a name inside an expression; it also reaches out of a comprehension. */
function collectExpression(names: Names, node: Expression): void {
  if (node.kind === 'named_expression') names.locals.add(node.name);
  for (const child of childrenOf(node)) collectExpression(names, child);
}

/** The expressions directly inside one; those of a lambda belong to another scope. */
export function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'name':
    case 'constant':
    case 'lambda':
    case 'unsupported':
      return [];
    case 'joined_string':
      return node.parts.flatMap((part) => (typeof part === 'string' ? [] : [part.expression]));
    case 'tuple':
    case 'list':
    case 'set':
      return node.elements;
    case 'dict':
      return node.items.flatMap((item) => (item.key === null ? [item.value] : [item.key, item.value]));
    case 'comprehension':
      return [
        node.element,
        ...(node.value === null ? [] : [node.value]),
        ...node.clauses.flatMap((clause) => [clause.iterable, ...clause.conditions]),
      ];
    case 'attribute':
      return [node.object];
    case 'subscript':
      return [node.object, node.index];
    case 'slice':
      return [node.lower, node.upper, node.step].flatMap((part) => (part === null ? [] : [part]));
    case 'call':
      return [node.callee, ...node.arguments.map((argument) => argument.value)];
    case 'binary':
    case 'boolean':
      return [node.left, node.right];
    case 'unary':
      return [node.operand];
    case 'compare':
      return [node.first, ...node.rest.map((each) => each.operand)];
    case 'conditional':
      return [node.test, node.body, node.otherwise];
    case 'named_expression':
    case 'starred':
    case 'await':
      return [node.value];
    case 'yield':
      return node.value === null ? [] : [node.value];
  }
}
