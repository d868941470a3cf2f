import { blocksOf } from '../../parse/walk.js';
import type { ArgumentNode, Expression, FunctionNode, LambdaNode, Statement } from '../../parse/syntax.js';
import type { Scope } from '../scope.js';
import type { PyFunction } from '../values.js';
import { attributeOf, knownOfValue, nothing, type Known } from './known.js';

/** What the names of one function mean while its text is read. */
export interface Frame {
  readonly locals: Map<string, Known>;
  readonly closure: Scope;
  /** What was found of an expression: it is asked again by every expression around it. */
  readonly found: Map<Expression, Known>;
}

/** The frame of a function whose parameters are known to be `bound`; other names are read from its text. */
export function frameOf(callee: PyFunction, bound: ReadonlyMap<string, Known>): Frame {
  const { node, closure } = callee;
  const frame: Frame = { locals: new Map(), closure, found: new Map() };
  for (const parameter of node.parameters) {
    const byDefault = callee.defaults.get(parameter.name);
    frame.locals.set(parameter.name, bound.get(parameter.name) ?? (byDefault === undefined ? nothing : knownOfValue(byDefault)));
  }
  if (node.kind === 'function') bindNames(node, frame);
  return frame;
}

/** Names that the text binds exactly once mean what is bound to them; any other name means nothing known. */
function bindNames(node: FunctionNode, frame: Frame): void {
  const bindings = bindingsIn(node.body);
  const counts = new Map<string, number>();
  for (const { name } of bindings) counts.set(name, (counts.get(name) ?? (frame.locals.has(name) ? 1 : 0)) + 1);
  for (const { name } of bindings) frame.locals.set(name, nothing);
  for (const { name, read } of bindings) {
    if (counts.get(name) !== 1) continue;
    frame.locals.set(name, read(frame));
    frame.found.clear();
  }
}

interface Binding {
  readonly name: string;
  readonly read: (frame: Frame) => Known;
}

function bindingsIn(statements: readonly Statement[]): Binding[] {
  return statements.flatMap((statement) => [
    ...bindingsOf(statement),
    ...(statement.kind === 'function' || statement.kind === 'class' ? [] : blocksOf(statement).flatMap(bindingsIn)),
  ]);
}

function bindingsOf(node: Statement): Binding[] {
  switch (node.kind) {
    case 'assign':
      return node.targets.flatMap((target) => targetBindings(target, node.value));
    case 'annotated_assign':
      return targetBindings(node.target, node.value);
    case 'augmented_assign':
    case 'for':
      return targetBindings(node.target, null);
    case 'with':
      return node.items.flatMap(({ context, target }) => (target === null ? [] : targetBindings(target, context)));
    case 'import':
      return node.names.map(({ name, alias }) =>
        alias === '' ? pathBinding(name.split('.')[0] ?? name, name.split('.')[0] ?? name) : pathBinding(alias, name),
      );
    case 'import_from':
      return node.names.map(({ name, alias }) => pathBinding(alias === '' ? name : alias, node.level > 0 ? name : `${node.module}.${name}`));
    case 'function':
    case 'class':
      return [{ name: node.name, read: () => nothing }];
    case 'try':
      return node.handlers.flatMap((handler) => (handler.name === '' ? [] : [{ name: handler.name, read: () => nothing }]));
    default:
      return [];
  }
}

function pathBinding(name: string, path: string): Binding {
  return { name, read: () => ({ path }) };
}

function targetBindings(target: Expression, value: Expression | null): Binding[] {
  if (target.kind === 'name') return [{ name: target.name, read: (frame) => (value === null ? nothing : knownOf(value, frame)) }];
  if (target.kind === 'tuple' || target.kind === 'list') return target.elements.flatMap((each) => targetBindings(each, null));
  return target.kind === 'starred' ? targetBindings(target.value, null) : [];
}

/** What an expression means in a frame. */
export function knownOf(node: Expression, frame: Frame): Known {
  const before = frame.found.get(node);
  if (before !== undefined) return before;
  const known = readKnown(node, frame);
  frame.found.set(node, known);
  return known;
}

function readKnown(node: Expression, frame: Frame): Known {
  switch (node.kind) {
    case 'name':
      return frame.locals.get(node.name) ?? freeName(node.name, frame.closure);
    case 'constant':
      return typeof node.value === 'object' || node.isEllipsis ? nothing : { text: String(node.value) };
    case 'joined_string':
      return { text: node.parts.map((part) => (typeof part === 'string' ? part : textOrHole(part.expression, frame))).join('') };
    case 'binary':
      return joined(node.operator, node.left, node.right, frame);
    case 'attribute':
      return attributeOf(knownOf(node.object, frame), node.name);
    case 'subscript':
      return itemOf(knownOf(node.object, frame), knownOf(node.index, frame));
    case 'call':
      return resultOf(node.callee, node.arguments, frame);
    case 'await':
    case 'named_expression':
      return knownOf(node.value, frame);
    default:
      return nothing;
  }
}

function freeName(name: string, closure: Scope): Known {
  for (let scope: Scope | undefined = closure; scope !== undefined; scope = scope.parent) {
    const value = scope.kind === 'class' ? undefined : scope.variables.get(name);
    if (value !== undefined) return knownOfValue(value);
  }
  return { path: name };
}

function joined(operator: string, left: Expression, right: Expression, frame: Frame): Known {
  if (operator !== '+' && operator !== '/') return nothing;
  const [first, second] = [knownOf(left, frame), knownOf(right, frame)];
  if (first.text === undefined && second.text === undefined) return nothing;
  const separator = operator === '/' ? '/' : '';
  return { text: `${first.text ?? hole(left)}${separator}${second.text ?? hole(right)}` };
}

/** The template context's items are named by their keys; those of `dag_run.conf` too. */
function itemOf(object: Known, index: Known): Known {
  if (index.text === undefined) return nothing;
  if (object.isContext === true) return { path: index.text, text: `{{ ${index.text} }}` };
  return object.path === 'dag_run.conf' || object.path === 'params' ? { text: `{{ ${object.path}.${index.text} }}` } : nothing;
}

function resultOf(callee: Expression, given: readonly ArgumentNode[], frame: Frame): Known {
  const known = knownOf(callee, frame);
  const [first] = given;
  const key = first === undefined ? undefined : knownOf(first.value, frame).text;
  if (callee.kind === 'attribute' && callee.name === 'get' && key !== undefined) {
    const item = itemOf(knownOf(callee.object, frame), { text: key });
    if (item !== nothing) return item;
  }
  if (known.path === undefined) return nothing;
  if (known.path.endsWith('get_current_context')) return { isContext: true };
  if (known.path.endsWith('Variable.get') && key !== undefined) return { text: `{{ var.value.${key} }}` };
  const made = { ...earlier(known.made), ...argumentTexts(given, frame) };
  return known.isClass === true && known.cls !== undefined ? { path: known.path, cls: known.cls, made } : { path: known.path, made };
}

/** Calls before the last one that are remembered: `hook.get_conn().cursor().execute()` is the longest usual chain. */
const longestChain = 3;

/** The arguments of the calls before: one `^` more for each call. */
function earlier(made: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(made).flatMap(([name, text]) => (name.startsWith('^'.repeat(longestChain)) ? [] : [[`^${name}`, text]])));
}

/** Known texts of a call's arguments: by name, or by position. */
export function argumentTexts(given: readonly ArgumentNode[], frame: Frame): Record<string, string> {
  const texts: Record<string, string> = {};
  given.forEach((argument, position) => {
    if (argument.form !== 'positional' && argument.form !== 'keyword') return;
    const { text, path, made } = knownOf(argument.value, frame);
    const name = argument.form === 'keyword' ? argument.name : position.toString();
    if (text !== undefined) texts[name] = text;
    else if (path !== undefined && connections.test(path)) for (const [key, value] of Object.entries(made ?? {})) texts[`${name}^${key}`] = value;
  });
  return texts;
}

/** Calls that give a database connection: handed on, their arguments say where it leads. */
const connections = /(?:^|[._])(?:get_sqlalchemy_engine|get_conn|create_engine|connect)$/;

function textOrHole(node: Expression, frame: Frame): string {
  return knownOf(node, frame).text ?? hole(node);
}

function hole(node: Expression): string {
  return `{{ ${dotted(node) || '...'} }}`;
}

/** A name with its attributes as it is written; empty for any other expression. */
export function dotted(node: Expression): string {
  if (node.kind === 'name') return node.name;
  if (node.kind !== 'attribute') return '';
  const object = dotted(node.object);
  return object === '' ? '' : `${object}.${node.name}`;
}

/** Names of a lambda's or function's parameters that a caller's arguments are bound to. */
export function bindArguments(node: FunctionNode | LambdaNode, given: readonly ArgumentNode[], self: Known | undefined, frame: Frame): Map<string, Known> {
  const bound = new Map<string, Known>();
  const positional = node.parameters.filter((each) => each.form === 'positional' || each.form === 'positional_only').map((each) => each.name);
  const rest = node.parameters.find((each) => each.form === 'double_star');
  if (self !== undefined) bindTo(bound, positional.shift(), self);
  for (const argument of given) {
    const known = knownOf(argument.value, frame);
    if (argument.form === 'positional') bindTo(bound, positional.shift(), known);
    else if (argument.form === 'keyword') bound.set(argument.name, known);
    else if (argument.form === 'double_star' && known.isContext === true) bindContext(bound, node, rest?.name);
    else if (argument.form === 'star') positional.length = 0;
  }
  return bound;
}

/** `f(**context)`: parameters named as context keys get those, the rest goes to `**kwargs`. */
function bindContext(bound: Map<string, Known>, node: FunctionNode | LambdaNode, rest: string | undefined): void {
  for (const { name, form } of node.parameters) {
    if (form !== 'star' && form !== 'double_star' && !bound.has(name)) bound.set(name, { path: name, isFilled: true });
  }
  if (rest !== undefined) bound.set(rest, { isContext: true });
}

function bindTo(bound: Map<string, Known>, name: string | undefined, known: Known): void {
  if (name !== undefined) bound.set(name, known);
}
