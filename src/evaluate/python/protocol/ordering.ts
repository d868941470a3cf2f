import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { notImplemented, type PyObject, type PySet, Unknown, isHiddenModule, type Value } from '../../values.js';
import { equals, isIdentical, ownEquals } from './equality.js';
import { compareCodePoints } from './code-points.js';
import { contains } from './membership.js';
import { asNumeric, typeName, unwrap } from './kinds.js';
import { findOwnSpecial } from './special.js';
import { viewSet } from './views.js';

type OrderOperator = '<' | '<=' | '>' | '>=';
export type RichOperator = OrderOperator | '==' | '!=' | 'in' | 'not in' | 'is' | 'is not';

/** Each order operator's method, its method on the other operand, and what it asks of a sign. */
const orders: Readonly<Record<OrderOperator, { method: string; reflected: string; holds: (sign: number) => boolean }>> = {
  '<': { method: '__lt__', reflected: '__gt__', holds: (sign) => sign < 0 },
  '<=': { method: '__le__', reflected: '__ge__', holds: (sign) => sign <= 0 },
  '>': { method: '__gt__', reflected: '__lt__', holds: (sign) => sign > 0 },
  '>=': { method: '__ge__', reflected: '__le__', holds: (sign) => sign >= 0 },
};

/** Orders two values as `sorted` does (by `<` alone); raises TypeError when they can't be ordered. */
export function compareValues(rt: Runtime, left: Value, right: Value, place: Place): number | Unknown {
  const sign = plainOrder(rt, left, right, place);
  if (typeof sign === 'number') return Number.isNaN(sign) ? 0 : sign;
  const less = rt.truth(order(rt, '<', left, right, place), place);
  if (less instanceof Unknown) return less;
  if (less) return -1;
  const greater = rt.truth(order(rt, '<', right, left, place), place);
  return greater instanceof Unknown ? greater : greater ? 1 : 0;
}

/** One comparison operator on two values, with the special methods of their classes. */
export function richCompare(rt: Runtime, operator: RichOperator, left: Value, right: Value, place: Place): Value {
  switch (operator) {
    case 'is':
      return identity(left, right);
    case 'is not':
      return negated(rt, identity(left, right), place);
    case 'in':
      return contains(rt, right, left, place);
    case 'not in':
      return negated(rt, contains(rt, right, left, place), place);
    case '==':
      return ownEquals(rt, left, right, place) ?? equals(rt, left, right, place);
    case '!=':
      return notEqual(rt, left, right, place);
    default:
      return order(rt, operator, left, right, place);
  }
}

function identity(left: Value, right: Value): boolean | Unknown {
  if ((isHiddenModule(left) && right === null) || (left === null && isHiddenModule(right))) return false;
  if (left instanceof Unknown) return left;
  return right instanceof Unknown ? right : isIdentical(left, right);
}

function negated(rt: Runtime, value: Value, place: Place): boolean | Unknown {
  const truth = rt.truth(value, place);
  return truth instanceof Unknown ? truth : !truth;
}

function notEqual(rt: Runtime, left: Value, right: Value, place: Place): Value {
  for (const [self, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const method = findOwnSpecial(rt, self, '__ne__');
    if (method === undefined) continue;
    const result = rt.call(method, [other], new Map(), place);
    if (result !== notImplemented) return result;
  }
  return negated(rt, equals(rt, left, right, place), place);
}

function order(rt: Runtime, operator: OrderOperator, left: Value, right: Value, place: Place): Value {
  const { method, reflected, holds } = orders[operator];
  for (const [self, name, other] of [
    [left, method, right],
    [right, reflected, left],
  ] as const) {
    const found = findOwnSpecial(rt, self, name);
    if (found === undefined) continue;
    const result = rt.call(found, [other], new Map(), place);
    if (result !== notImplemented) return result;
  }
  if (left instanceof Unknown) return left;
  if (right instanceof Unknown) return right;
  const sign = plainOrder(rt, left, right, place);
  if (typeof sign === 'number') return holds(sign);
  if (sign !== undefined) return sign;
  return objectOrder(rt, operator, left, right, place);
}

/** The order of two numbers or two texts; NaN when a NaN is among them, undefined for other types. */
function plainOrder(_rt: Runtime, leftValue: Value, rightValue: Value, _place: Place): number | undefined {
  const left = unwrap(leftValue);
  const right = unwrap(rightValue);
  if (typeof left === 'string' && typeof right === 'string') return compareCodePoints(left, right);
  const a = asNumeric(left);
  const b = asNumeric(right);
  if (a === undefined || b === undefined) return undefined;
  if (a < b) return -1;
  if (a > b) return 1;
  return Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : 0;
}

function objectOrder(rt: Runtime, operator: OrderOperator, leftValue: Value, rightValue: Value, place: Place): Value {
  const left = unwrap(leftValue);
  const right = unwrap(rightValue);
  if (left !== null && right !== null && typeof left === 'object' && typeof right === 'object') {
    const result = sameKindOrder(rt, operator, left, right, place);
    if (result !== undefined) return result;
  }
  const names = `'${typeName(leftValue)}' and '${typeName(rightValue)}'`;
  return rt.raise('TypeError', `'${operator}' not supported between instances of ${names}`, place);
}

function sameKindOrder(rt: Runtime, operator: OrderOperator, left: PyObject, right: PyObject, place: Place): Value | undefined {
  if (left.kind === 'list' && right.kind === 'list') {
    return left.taint ?? right.taint ?? sequenceOrder(rt, operator, left.items, right.items, place);
  }
  if (left.kind === 'tuple' && right.kind === 'tuple') return sequenceOrder(rt, operator, left.items, right.items, place);
  if (left.kind === 'bytes' && right.kind === 'bytes') {
    return orders[operator].holds(Buffer.compare(left.bytes, right.bytes));
  }
  if (left.kind === 'instance' && left.cls.unknownBase !== undefined) return left.cls.unknownBase;
  if (right.kind === 'instance' && right.cls.unknownBase !== undefined) return right.cls.unknownBase;
  const a = viewSet(rt, left, place);
  const b = viewSet(rt, right, place);
  if (a === undefined || b === undefined) return undefined;
  if (a instanceof Unknown) return a;
  return b instanceof Unknown ? b : setOrder(operator, a, b);
}

function sequenceOrder(
  rt: Runtime,
  operator: OrderOperator,
  left: readonly Value[],
  right: readonly Value[],
  place: Place,
): Value {
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index++) {
    rt.step(place);
    const a = left[index] ?? null;
    const b = right[index] ?? null;
    const same = a instanceof Unknown ? a : isIdentical(a, b) || rt.equals(a, b, place);
    if (same instanceof Unknown) return same;
    if (!same) return order(rt, operator, a, b, place);
  }
  return orders[operator].holds(left.length - right.length);
}

/** For sets the operators ask for subsets and supersets. */
function setOrder(operator: OrderOperator, left: PySet, right: PySet): boolean {
  const isWithin = (inner: PySet, outer: PySet): boolean => [...inner.entries.keys()].every((key) => outer.entries.has(key));
  const [small, large] = operator.startsWith('<') ? [left, right] : [right, left];
  if (operator.length === 1 && small.entries.size >= large.entries.size) return false;
  return isWithin(small, large);
}
