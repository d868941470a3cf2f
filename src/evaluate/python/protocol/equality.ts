import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import {
  notImplemented,
  type PyBytes,
  type PyDict,
  type PyObject,
  type PyRange,
  type PySet,
  PyTuple,
  Unknown,
  type Value,
} from '../../values.js';
import { asNumeric, type DictView, hasOwnClass, unwrap, viewOf } from './kinds.js';
import { findOwnSpecial } from './special.js';
import { viewSet } from './views.js';

/** Python's `is`. */
export function isIdentical(left: Value, right: Value): boolean {
  if (left === right) return true;
  return left instanceof PyTuple && right instanceof PyTuple && left.items.length === 0 && right.items.length === 0;
}

/** Python's `==` as a truth value. */
export function equals(rt: Runtime, left: Value, right: Value, place: Place): boolean | Unknown {
  const own = ownEquals(rt, left, right, place);
  if (own === undefined) return builtinEquals(rt, left, right, place);
  return own instanceof Unknown ? own : rt.truth(own, place);
}

/** The result of `__eq__` of either side's own class; undefined when none decides. */
export function ownEquals(rt: Runtime, left: Value, right: Value, place: Place): Value | undefined {
  if (!hasOwnClass(left) && !hasOwnClass(right)) return undefined;
  for (const [self, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const method = findOwnSpecial(rt, self, '__eq__');
    if (method === undefined) continue;
    const result = rt.call(method, [other], new Map(), place);
    if (result !== notImplemented) return result;
  }
  return undefined;
}

function builtinEquals(rt: Runtime, leftValue: Value, rightValue: Value, place: Place): boolean | Unknown {
  const left = unwrap(leftValue);
  const right = unwrap(rightValue);
  if (left instanceof Unknown) return left;
  if (right instanceof Unknown) return right;
  const a = asNumeric(left);
  const b = asNumeric(right);
  // eslint-disable-next-line eqeqeq -- compares an int with a float by value, as Python does
  if (a !== undefined && b !== undefined) return a == b;
  if (left === null || right === null || typeof left !== 'object' || typeof right !== 'object') return left === right;
  return objectEquals(rt, left, right, place);
}

function objectEquals(rt: Runtime, left: PyObject, right: PyObject, place: Place): boolean | Unknown {
  if (left === right) return true;
  if (left.kind === 'list' && right.kind === 'list') {
    return left.taint ?? right.taint ?? sequenceEquals(rt, left.items, right.items, place);
  }
  if (left.kind === 'tuple' && right.kind === 'tuple') return sequenceEquals(rt, left.items, right.items, place);
  if (left.kind === 'dict' && right.kind === 'dict') return dictEquals(rt, left, right, place);
  if (left.kind === 'set' && right.kind === 'set') return setEquals(left, right);
  if (left.kind === 'bytes' && right.kind === 'bytes') return bytesEqual(left, right);
  if (left.kind === 'range' && right.kind === 'range') return rangeEquals(left, right);
  if (left.kind === 'slice' && right.kind === 'slice') {
    return sequenceEquals(rt, [left.start, left.stop, left.step], [right.start, right.stop, right.step], place);
  }
  if (left.kind === 'method' && right.kind === 'method') return left.self === right.self && left.callee === right.callee;
  if (left.kind === 'instance' && left.cls.unknownBase !== undefined) return left.cls.unknownBase;
  if (right.kind === 'instance' && right.cls.unknownBase !== undefined) return right.cls.unknownBase;
  return viewEquals(rt, left, right, place);
}

function sequenceEquals(rt: Runtime, left: readonly Value[], right: readonly Value[], place: Place): boolean | Unknown {
  if (left.length !== right.length) return false;
  let unknown: Unknown | undefined;
  for (let index = 0; index < left.length; index++) {
    rt.step(place);
    const same = itemEquals(rt, left[index] ?? null, right[index] ?? null, place);
    if (same instanceof Unknown) unknown ??= same;
    else if (!same) return false;
  }
  return unknown ?? true;
}

/** Containers compare by identity first, as CPython does: a list with a NaN equals itself. */
function itemEquals(rt: Runtime, left: Value, right: Value, place: Place): boolean | Unknown {
  if (left instanceof Unknown) return left;
  return isIdentical(left, right) || rt.equals(left, right, place);
}

function dictEquals(rt: Runtime, left: PyDict, right: PyDict, place: Place): boolean | Unknown {
  let unknown = left.taint ?? right.taint;
  if (unknown !== undefined) return unknown;
  if (left.entries.size !== right.entries.size) return false;
  for (const [key, entry] of left.entries) {
    rt.step(place);
    const other = right.entries.get(key);
    if (other === undefined) return false;
    const same = itemEquals(rt, entry.value, other.value, place);
    if (same instanceof Unknown) unknown ??= same;
    else if (!same) return false;
  }
  return unknown ?? true;
}

function setEquals(left: PySet, right: PySet): boolean | Unknown {
  const taint = left.taint ?? right.taint;
  if (taint !== undefined) return taint;
  return left.entries.size === right.entries.size && [...left.entries.keys()].every((key) => right.entries.has(key));
}

/** Equality by content of two byte strings. */
export function bytesEqual(left: PyBytes, right: PyBytes): boolean {
  return left.bytes.length === right.bytes.length && left.bytes.every((byte, index) => byte === right.bytes[index]);
}

/** How many items a range has. */
export function rangeLength(range: PyRange): bigint {
  const distance = range.step > 0n ? range.stop - range.start : range.start - range.stop;
  const step = range.step > 0n ? range.step : -range.step;
  return distance <= 0n ? 0n : (distance + step - 1n) / step;
}

function rangeEquals(left: PyRange, right: PyRange): boolean {
  const length = rangeLength(left);
  if (length !== rangeLength(right)) return false;
  if (length === 0n) return true;
  return left.start === right.start && (length === 1n || left.step === right.step);
}

function viewEquals(rt: Runtime, left: PyObject, right: PyObject, place: Place): boolean | Unknown {
  const views: (DictView | undefined)[] = [viewOf(left), viewOf(right)];
  if (views.every((view) => view === undefined) || views.some((view) => view?.part === 'values')) return false;
  const a = viewSet(rt, left, place);
  const b = viewSet(rt, right, place);
  if (a === undefined || b === undefined) return false;
  if (a instanceof Unknown) return a;
  return b instanceof Unknown ? b : setEquals(a, b);
}
