import type { ArgumentNode, Expression, NamedExpressionNode, NameNode } from '../../parse/syntax.js';
import { PyRaise } from '../runtime.js';
import type { Scope } from '../scope.js';
import { PyIterator, Unknown } from '../values.js';
import type { Value } from '../values.js';
import type { Machine } from './machine.js';
import { childrenOf } from './scoping.js';

export type Yielding<T> = Generator<Value, T, Value | undefined>;

/** Whether an expression yields by itself. */
export function yieldsIn(node: Expression): boolean {
  return node.kind === 'yield' || (node.kind !== 'comprehension' && childrenOf(node).some(yieldsIn));
}

/** Evaluates an expression that may yield: what it gives for a `yield` is what was sent. */
export function* evaluateYielding(machine: Machine, node: Expression, scope: Scope): Yielding<Value> {
  if (node.kind !== 'yield') return yieldsIn(node) ? yield* evaluateAround(machine, node, scope) : machine.evaluate(node, scope);
  const value = node.value === null ? null : yield* evaluateYielding(machine, node.value, scope);
  if (!node.isFrom) return (yield value) ?? null;
  return yield* delegate(machine, value, node);
}

/** `yield from`: what is sent goes to the inner iterator; its return value is the expression's. */
function* delegate(machine: Machine, value: Value, node: Expression): Yielding<Value> {
  if (value instanceof PyIterator) {
    let step = value.source.next();
    for (;;) {
      if (step.done === true) return step.value ?? null;
      let sent: Value | undefined;
      try {
        sent = yield step.value;
      } catch (error) {
        if (!(error instanceof PyRaise) || value.source.throw === undefined) throw error;
        step = value.source.throw(error);
        continue;
      }
      step = value.source.next(sent);
    }
  }
  const items = machine.iterate(value, node);
  if (items instanceof Unknown) throw new PyRaise(items, node);
  for (const item of items) yield item;
  return null;
}

/**
 * Evaluates the parts of an expression in their order, then the expression with names in their place: the parts that
 * stand after the last yield are left as they are.
 */
function* evaluateAround(machine: Machine, node: Expression, scope: Scope): Yielding<Value> {
  if (node.kind === 'boolean') {
    const left = yield* evaluateYielding(machine, node.left, scope);
    const truth = machine.truth(left, node);
    if (truth instanceof Unknown) return truth;
    return truth === (node.operator === 'or') ? left : yield* evaluateYielding(machine, node.right, scope);
  }
  if (node.kind === 'conditional') {
    const truth = machine.truth(yield* evaluateYielding(machine, node.test, scope), node.test);
    return truth instanceof Unknown ? truth : yield* evaluateYielding(machine, truth ? node.body : node.otherwise, scope);
  }
  const rebuild = rebuilders[node.kind];
  if (rebuild === undefined) return machine.unknown('unsupported_syntax', `a yield inside a ${node.kind} expression`, node);
  const held: Scope = { kind: 'comprehension', variables: new Map(), parent: scope, module: scope.module, names: undefined, qualifier: scope.qualifier ?? '' };
  const parts = childrenOf(node);
  const last = parts.findLastIndex(yieldsIn);
  const names = new Map<Expression, Expression>();
  for (const [index, part] of parts.entries()) {
    if (index > last) break;
    const inner = part.kind === 'starred' ? part.value : part;
    const name = ` part${index.toString()}`;
    held.variables.set(name, yield* evaluateYielding(machine, inner, scope));
    const holder: NameNode = { kind: 'name', name, file: part.file, line: part.line, start: part.start, end: part.end };
    names.set(part, part.kind === 'starred' ? { ...part, value: holder } : holder);
  }
  return machine.evaluate(rebuild(node, (part) => names.get(part) ?? part), held);
}

type Replace = (part: Expression) => Expression;
type Rebuild<K extends Expression['kind']> = (node: Extract<Expression, { kind: K }>, replace: Replace) => Expression;

const argument = (each: ArgumentNode, replace: Replace): ArgumentNode => ({ ...each, value: replace(each.value) });

/** The same expression with other parts, for the kinds that evaluate all their parts from left to right. */
const table: { readonly [K in Expression['kind']]?: Rebuild<K> } = {
  tuple: (node, replace) => ({ ...node, elements: node.elements.map(replace) }),
  list: (node, replace) => ({ ...node, elements: node.elements.map(replace) }),
  set: (node, replace) => ({ ...node, elements: node.elements.map(replace) }),
  dict: (node, replace) => ({ ...node, items: node.items.map(({ key, value }) => ({ key: key === null ? null : replace(key), value: replace(value) })) }),
  attribute: (node, replace) => ({ ...node, object: replace(node.object) }),
  subscript: (node, replace) => ({ ...node, object: replace(node.object), index: replace(node.index) }),
  call: (node, replace) => ({ ...node, callee: replace(node.callee), arguments: node.arguments.map((each) => argument(each, replace)) }),
  binary: (node, replace) => ({ ...node, left: replace(node.left), right: replace(node.right) }),
  unary: (node, replace) => ({ ...node, operand: replace(node.operand) }),
  compare: (node, replace) => ({ ...node, first: replace(node.first), rest: node.rest.map((each) => ({ ...each, operand: replace(each.operand) })) }),
  named_expression: (node: NamedExpressionNode, replace) => ({ ...node, value: replace(node.value) }),
  starred: (node, replace) => ({ ...node, value: replace(node.value) }),
  joined_string: (node, replace) => ({
    ...node,
    parts: node.parts.map((part) => (typeof part === 'string' ? part : { ...part, expression: replace(part.expression) })),
  }),
};

// The table is typed by kind; TypeScript can't see that the node's kind and the function's agree.
const rebuilders = table as Readonly<Partial<Record<Expression['kind'], (node: Expression, replace: Replace) => Expression>>>;
