import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import type { Value } from '../../values.js';
import { PyDict, PyInstance, PySlice, Unknown } from '../../values.js';
import { unary } from '../../python/protocol/arithmetic.js';
import { contains } from '../../python/protocol/items.js';
import { richCompare } from '../../python/protocol/ordering.js';
import { builtinMethod } from '../../python/types/dunders.js';
import { callFound, callNamed } from './calls.js';
import type { Frame, Rendering } from './frames.js';
import { escaped, isRaisedOf, isTrue, makeUndefined, marked, seen } from './library.js';
import type { CallArguments, CompareOperator, JinjaExpression } from './syntax.js';

/** The value of an expression of a template. `given` is what the first filter of a block gets. */
export function evaluate(on: Rendering, node: JinjaExpression, frame: Frame, given?: Value): Value {
  const { rt, place } = on;
  rt.step(place);
  const value = (inner: JinjaExpression): Value => evaluate(on, inner, frame, given);
  switch (node.kind) {
    case 'constant': return node.value;
    case 'name': return named(on, node.name, frame);
    case 'namespace_item': return null;
    case 'list': return rt.list(node.items.map(value));
    case 'tuple': return rt.tuple(node.items.map(value));
    case 'dict': return rt.dict(node.pairs.map(([key, item]) => [value(key), value(item)] as const));
    case 'concat': return concat(on, node.items.map(value), frame);
    case 'attribute': return attributeOf(on, value(node.object), node.name, frame);
    case 'item': return itemOf(on, value(node.object), value(node.key), frame);
    case 'slice': {
      const [start = null, stop = null, step = null] = node.parts.map((part) => (part ? value(part) : null));
      return new PySlice(start, stop, step);
    }
    case 'call': return callFound(on, frame, value(node.callee), argumentsOf(on, node.args, frame));
    case 'filter':
    case 'test': {
      const first = node.value ? value(node.value) : (given ?? null);
      const { positional, keywords } = argumentsOf(on, node.args, frame);
      return callNamed(on, frame, node.kind, node.name, { positional: [first, ...positional], keywords });
    }
    case 'condition': {
      if (isTrue(rt, value(node.test), place)) return value(node.then);
      if (node.otherwise) return value(node.otherwise);
      return makeUndefined(rt, frame.context.environment, { hint: 'the inline if-expression evaluated to false and no else section was defined.' }, place);
    }
    case 'and': {
      const left = value(node.left);
      return isTrue(rt, left, place) ? value(node.right) : left;
    }
    case 'or': {
      const left = value(node.left);
      return isTrue(rt, left, place) ? left : value(node.right);
    }
    case 'not': {
      const truth = rt.truth(value(node.value), place);
      return truth instanceof Unknown ? truth : !truth;
    }
    case 'unary': return unary(rt, node.operator, value(node.value), place);
    case 'binary': return rt.binary(node.operator, value(node.left), value(node.right), place);
    case 'compare': return compare(on, value(node.first), node.rest.map(([operator, inner]) => [operator, () => value(inner)] as const));
  }
}

function named({ rt, place }: Rendering, name: string, frame: Frame): Value {
  const found = frame.lookUp(name);
  return found === undefined ? makeUndefined(rt, frame.context.environment, { name }, place) : found;
}

/** Positional and named arguments of a call. */
export function argumentsOf(on: Rendering, args: CallArguments, frame: Frame): { readonly positional: Value[]; readonly keywords: Map<string, Value> } {
  const { rt, place } = on;
  const positional = args.positional.map((node) => evaluate(on, node, frame));
  const keywords = new Map(args.named.map(([name, node]) => [name, evaluate(on, node, frame)] as const));
  if (args.star) {
    const more = rt.items(evaluate(on, args.star, frame), place);
    positional.push(...(more instanceof Unknown ? [seen(more)] : more));
  }
  if (args.doubleStar) {
    const more = seen(evaluate(on, args.doubleStar, frame));
    if (!(more instanceof PyDict)) return rt.raise('TypeError', 'argument after ** must be a mapping', place);
    if (more.taint) seen(more.taint);
    for (const { key, value } of more.entries.values()) keywords.set(typeof key === 'string' ? key : rt.raise('TypeError', 'keywords must be strings', place), value);
  }
  return { positional, keywords };
}

/** `object.name` of a template: the attribute, or else the item. */
function attributeOf(on: Rendering, object: Value, name: string, frame: Frame): Value {
  const { rt, place } = on;
  const found = attribute(on, object, name);
  if (found !== undefined) return found;
  try {
    return rt.getItem(object, name, place);
  } catch (caught) {
    if (!isRaisedOf(rt, caught, ['TypeError', 'LookupError', 'AttributeError'], undefined, place)) throw caught;
  }
  return makeUndefined(rt, frame.context.environment, { obj: object, name }, place);
}

function attribute({ rt, place }: Rendering, object: Value, name: string): Value | undefined {
  try {
    return rt.findAttribute(object, name, place) ?? nothing(rt, object, name, place) ?? builtinMethod(object, name);
  } catch (caught) {
    if (isRaisedOf(rt, caught, ['AttributeError'], undefined, place)) return undefined;
    throw caught;
  }
}

// None is null here, which `??` passes over.
function nothing(rt: Runtime, object: Value, name: string, place: Place): null | undefined {
  return rt.findAttribute(object, name, place) === null ? null : undefined;
}

/** `object[key]` of a template: the item, or else the attribute. */
function itemOf(on: Rendering, object: Value, key: Value, frame: Frame): Value {
  const { rt, place } = on;
  try {
    return rt.getItem(object, key, place);
  } catch (caught) {
    if (!isRaisedOf(rt, caught, ['TypeError', 'LookupError', 'AttributeError'], undefined, place)) throw caught;
  }
  const found = typeof key === 'string' ? attribute(on, object, key) : undefined;
  return found === undefined ? makeUndefined(rt, frame.context.environment, { obj: object, name: key }, place) : found;
}

function compare({ rt, place }: Rendering, first: Value, rest: readonly (readonly [CompareOperator, () => Value])[]): Value {
  let left = first;
  let result: Value = true;
  for (const [operator, read] of rest) {
    const right = read();
    result = one(rt, operator, left, right, place);
    if (rest.length > 1 && !isTrue(rt, result, place)) return result;
    left = right;
  }
  return result;
}

function one(rt: Runtime, operator: CompareOperator, left: Value, right: Value, place: Place): Value {
  if (operator !== 'in' && operator !== 'not in') return richCompare(rt, operator, left, right, place);
  const isIn = contains(rt, right, left, place);
  return isIn instanceof Unknown ? isIn : isIn === (operator === 'in');
}

function concat(on: Rendering, values: readonly Value[], frame: Frame): Value {
  const { rt, place } = on;
  const isMarked = frame.autoescapes && values.some((value) => value instanceof PyInstance && rt.findSpecial(value, '__html__') !== undefined);
  const hidden = values.find((value) => value instanceof Unknown);
  if (hidden) return hidden;
  const text = values.map((value) => (isMarked ? escaped(rt, value, place) : seen(rt.str(value, place)))).join('');
  return marked(rt, text, isMarked, place);
}
