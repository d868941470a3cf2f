import { knownContextKeys } from '../knowledge/context-keys.js';
import type { BodyFact } from '../model/graph.js';
import type { Expression, FunctionNode, LambdaNode, Statement } from '../parse/syntax.js';
import { namesOf } from './python/scoping.js';

/** What a task's function does when it runs, read from its text: the function itself is never evaluated. */
export function readBody(node: FunctionNode | LambdaNode): BodyFact[] {
  const facts: BodyFact[] = [];
  for (const parameter of node.parameters) {
    if (!knownContextKeys.has(parameter.name)) continue;
    facts.push({ kind: 'context', name: parameter.name, detail: 'parameter', file: node.file, line: node.line });
  }
  const names: Names = { contexts: contextNames(node), texts: localTexts(node) };
  const visit = (expression: Expression): void => {
    const fact = factOf(expression, names);
    if (fact !== undefined) facts.push({ ...fact, file: expression.file, line: expression.line });
  };
  if (node.kind === 'lambda') walkExpression(node.body, visit);
  else {
    walkStatements(node.body, visit, (loop) => {
      facts.push({ kind: 'loop', name: 'while', detail: 'a loop that sleeps between its turns', file: loop.file, line: loop.line });
    });
  }
  return facts;
}

/** Names that hold the whole context: `**kwargs`, a parameter `context`, the result of `get_current_context()`. */
function contextNames(node: FunctionNode | LambdaNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const parameter of node.parameters) {
    if (parameter.form === 'double_star' || parameter.name === 'context') names.add(parameter.name);
  }
  if (node.kind === 'function') {
    for (const statement of node.body) {
      if (statement.kind !== 'assign' || statement.value.kind !== 'call') continue;
      if (dottedName(statement.value.callee).endsWith('get_current_context')) {
        for (const target of statement.targets) if (target.kind === 'name') names.add(target.name);
      }
    }
  }
  return names.size === 0 ? names : new Set([...names].filter((name) => namesOf(node).locals.has(name)));
}

interface Names {
  readonly contexts: ReadonlySet<string>;
  /** Local names that hold one text. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Names that the function's own block binds to a text, and nothing else in it binds. */
function localTexts(node: FunctionNode | LambdaNode): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  if (node.kind === 'lambda') return texts;
  for (const statement of node.body) {
    const text = statement.kind === 'assign' ? textOf(statement.value) : undefined;
    if (text !== undefined) for (const name of boundNames(statement)) texts.set(name, text);
  }
  const bound = allStatements(node.body).flatMap(boundNames);
  return new Map([...texts].filter(([name]) => bound.filter((each) => each === name).length === 1));
}

function allStatements(statements: readonly Statement[]): Statement[] {
  return statements.flatMap((statement) => [statement, ...blocksOf(statement).flatMap(allStatements)]);
}

function boundNames(statement: Statement): string[] {
  switch (statement.kind) {
    case 'assign':
      return statement.targets.flatMap(namesInTarget);
    case 'augmented_assign':
    case 'annotated_assign':
    case 'for':
      return namesInTarget(statement.target);
    default:
      return [];
  }
}

function namesInTarget(target: Expression): string[] {
  if (target.kind === 'name') return [target.name];
  return target.kind === 'tuple' || target.kind === 'list' ? target.elements.flatMap(namesInTarget) : [];
}

/** A text as it is written; what an f-string fills in stands as a template. */
function textOf(node: Expression): string | undefined {
  if (node.kind === 'constant') return typeof node.value === 'string' ? node.value : undefined;
  if (node.kind !== 'joined_string') return undefined;
  return node.parts.map((part) => (typeof part === 'string' ? part : `{{ ${dottedName(part.expression) || '...'} }}`)).join('');
}

function firstText(node: Expression | undefined, texts: ReadonlyMap<string, string>): string {
  if (node === undefined) return '';
  return (node.kind === 'name' ? texts.get(node.name) : textOf(node)) ?? '';
}

type Fact = Omit<BodyFact, 'file' | 'line'>;

function factOf(node: Expression, { contexts, texts }: Names): Fact | undefined {
  if (node.kind === 'subscript') return contextKey(node.object, node.index, contexts);
  if (node.kind !== 'call') return undefined;
  const name = dottedName(node.callee);
  const [first] = node.arguments;
  const text = firstText(first?.value, texts);
  if (node.callee.kind === 'attribute' && node.callee.name === 'get' && first !== undefined) {
    const key = contextKey(node.callee.object, first.value, contexts);
    if (key !== undefined) return key;
  }
  if (name.endsWith('Variable.get')) return { kind: 'variable', name: text, detail: name };
  return name === '' ? undefined : { kind: 'call', name, detail: text };
}

function contextKey(object: Expression, index: Expression, contexts: ReadonlySet<string>): Fact | undefined {
  if (object.kind !== 'name' || !contexts.has(object.name)) return undefined;
  if (index.kind !== 'constant' || typeof index.value !== 'string') return undefined;
  return { kind: 'context', name: index.value, detail: object.name };
}

function dottedName(node: Expression): string {
  if (node.kind === 'name') return node.name;
  if (node.kind !== 'attribute') return '';
  const object = dottedName(node.object);
  return object === '' ? '' : `${object}.${node.name}`;
}

function walkStatements(statements: readonly Statement[], visit: (node: Expression) => void, onLoop: (node: Statement) => void): void {
  for (const statement of statements) {
    for (const expression of expressionsOf(statement)) walkExpression(expression, visit);
    for (const block of blocksOf(statement)) walkStatements(block, visit, onLoop);
    if (statement.kind === 'while' && sleeps(statement.body)) onLoop(statement);
  }
}

function sleeps(statements: readonly Statement[]): boolean {
  let found = false;
  const visit = (node: Expression): void => {
    if (node.kind === 'call' && /(^|\.)sleep$/.test(dottedName(node.callee))) found = true;
  };
  walkStatements(statements, visit, () => undefined);
  return found;
}

function blocksOf(node: Statement): readonly (readonly Statement[])[] {
  switch (node.kind) {
    case 'if':
    case 'for':
    case 'while':
      return [node.body, node.otherwise];
    case 'with':
    case 'function':
      return [node.body];
    case 'try':
      return [node.body, ...node.handlers.map((each) => each.body), node.otherwise, node.finalizer];
    case 'match':
      return node.cases.map((each) => each.body);
    default:
      return [];
  }
}

function expressionsOf(node: Statement): readonly Expression[] {
  switch (node.kind) {
    case 'expression':
    case 'augmented_assign':
      return [node.value];
    case 'assign':
      return [node.value, ...node.targets];
    case 'annotated_assign':
      return node.value === null ? [] : [node.value];
    case 'return':
      return node.value === null ? [] : [node.value];
    case 'if':
    case 'while':
    case 'assert':
      return [node.test];
    case 'for':
      return [node.iterable];
    case 'with':
      return node.items.map((each) => each.context);
    case 'raise':
      return node.value === null ? [] : [node.value];
    case 'match':
      return [node.subject];
    default:
      return [];
  }
}

function walkExpression(node: Expression, visit: (node: Expression) => void): void {
  visit(node);
  for (const value of Object.values(node) as unknown[]) walkValue(value, visit);
}

function walkValue(value: unknown, visit: (node: Expression) => void): void {
  if (Array.isArray(value)) for (const each of value as unknown[]) walkValue(each, visit);
  else if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array)) {
    if (isExpression(value)) walkExpression(value, visit);
    else for (const each of Object.values(value) as unknown[]) walkValue(each, visit);
  }
}

function isExpression(value: object): value is Expression {
  return 'kind' in value && 'start' in value && 'line' in value;
}
