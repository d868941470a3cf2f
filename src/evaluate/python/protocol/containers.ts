import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { PyBytes, type PyDict, PySet, Unknown, type Value } from '../../values.js';
import { typeName, viewOf } from './kinds.js';
import { toIndex } from './slices.js';
import { viewSet } from './views.js';

/** Characters or items that repetition may make: more than any DAG file holds on purpose. */
const maximumSize = 5_000_000;

/** An operator on strings, sequences, sets and dicts; undefined when it has no meaning for them. */
export function containerOperation(rt: Runtime, operator: string, left: Value, right: Value, original: Value, place: Place): Value | undefined {
  if (operator === '+') return concatenate(rt, left, right, original, place);
  if (operator === '*') return repeat(rt, left, right, place) ?? repeat(rt, right, left, place);
  if (operator === '|' && isDict(left) && isDict(right)) return mergeDicts(rt, left, right);
  return setOperation(rt, operator, left, right, place);
}

function isDict(value: Value): value is PyDict {
  return typeof value === 'object' && value?.kind === 'dict';
}

function mergeDicts(rt: Runtime, left: PyDict, right: PyDict): Value {
  const taint = left.taint ?? right.taint;
  if (taint !== undefined) return taint;
  const merged = rt.dict();
  merged.cls = left.cls;
  merged.attributes = left.attributes === undefined ? undefined : new Map(left.attributes);
  for (const [key, entry] of left.entries) merged.entries.set(key, { ...entry });
  for (const [key, entry] of right.entries) {
    merged.entries.set(key, { key: merged.entries.get(key)?.key ?? entry.key, value: entry.value });
  }
  return merged;
}

function concatenate(rt: Runtime, left: Value, right: Value, original: Value, place: Place): Value | undefined {
  if (typeof left === 'string') return typeof right === 'string' ? left + right : cannotConcatenate(rt, 'str', original, place);
  if (typeof left !== 'object' || left === null) return undefined;
  const other = typeof right === 'object' ? right : undefined;
  switch (left.kind) {
    case 'list':
      if (other?.kind !== 'list') return cannotConcatenate(rt, 'list', original, place);
      rt.step(place, left.items.length + other.items.length);
      return left.taint ?? other.taint ?? rt.list([...left.items, ...other.items]);
    case 'tuple':
      return other?.kind === 'tuple' ? rt.tuple([...left.items, ...other.items]) : cannotConcatenate(rt, 'tuple', original, place);
    case 'bytes':
      return other?.kind === 'bytes'
        ? new PyBytes(Uint8Array.from([...left.bytes, ...other.bytes]))
        : rt.raise('TypeError', `can't concat ${typeName(original)} to bytes`, place);
    default:
      return undefined;
  }
}

function cannotConcatenate(rt: Runtime, name: string, right: Value, place: Place): undefined {
  if (typeof right === 'object' && right?.kind === 'instance' && right.cls.unknownBase !== undefined) return undefined;
  return rt.raise('TypeError', `can only concatenate ${name} (not "${typeName(right)}") to ${name}`, place);
}

function repeat(rt: Runtime, sequence: Value, count: Value, place: Place): Value | undefined {
  const size = repeatableSize(sequence);
  if (size === undefined) return undefined;
  const times = toIndex(rt, count, place);
  if (times === undefined) {
    if (typeof count === 'object' && count?.kind === 'instance') return undefined;
    return rt.raise('TypeError', `can't multiply sequence by non-int of type '${typeName(count)}'`, place);
  }
  if (times instanceof Unknown) return times;
  if (times > 0n && BigInt(size) * times > maximumSize) return rt.unknown('budget', 'the sequence is too long to be repeated', place);
  return repeated(rt, sequence, times < 0n || size === 0 ? 0 : Number(times));
}

function repeatableSize(value: Value): number | undefined {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return undefined;
  if (value.kind === 'list' || value.kind === 'tuple') return value.items.length;
  return value.kind === 'bytes' ? value.bytes.length : undefined;
}

function repeated(rt: Runtime, sequence: Value, times: number): Value | undefined {
  if (typeof sequence === 'string') return sequence.repeat(times);
  if (typeof sequence !== 'object' || sequence === null) return undefined;
  switch (sequence.kind) {
    case 'list':
      return sequence.taint ?? rt.list(repeatItems(sequence.items, times));
    case 'tuple':
      return rt.tuple(repeatItems(sequence.items, times));
    case 'bytes':
      return new PyBytes(Uint8Array.from(repeatItems([...sequence.bytes], times)));
    default:
      return undefined;
  }
}

function repeatItems<T>(items: readonly T[], times: number): T[] {
  return Array.from({ length: times }, () => items).flat();
}

type Keep = (inLeft: boolean, inRight: boolean) => boolean;

/** Which elements each set operator keeps. */
export const setRules: Readonly<Record<string, Keep>> = {
  '|': () => true,
  '&': (inLeft, inRight) => inLeft && inRight,
  '-': (inLeft, inRight) => inLeft && !inRight,
  '^': (inLeft, inRight) => inLeft !== inRight,
};

function setOperation(rt: Runtime, operator: string, left: Value, right: Value, place: Place): Value | undefined {
  const keep = setRules[operator];
  if (keep === undefined) return undefined;
  const own = viewSet(rt, left, place);
  const a = own === undefined && viewOf(right) !== undefined && viewSet(rt, right, place) !== undefined && isCollection(left) ? setOf(rt, left, place) : own;
  if (a === undefined) return undefined;
  const b = viewSet(rt, right, place) ?? (viewOf(left) !== undefined ? setOf(rt, right, place) : undefined);
  if (a instanceof Unknown) return b === undefined ? undefined : a;
  if (b === undefined || b instanceof Unknown) return b;
  return combineSets(rt, keep, a, b, left instanceof PySet && left.isFrozen);
}

function isCollection(value: Value): boolean {
  return typeof value === 'string' || (typeof value === 'object' && value !== null && ['list', 'tuple', 'dict', 'range', 'bytes', 'iterator'].includes(value.kind));
}

/** A keys view takes any iterable as its other operand. */
function setOf(rt: Runtime, value: Value, place: Place): PySet | Unknown {
  const items = rt.items(value, place);
  return items instanceof Unknown ? items : rt.set(items);
}

/** A new set with the elements that a rule keeps, those of the left first. */
export function combineSets(rt: Runtime, keep: Keep, left: PySet, right: PySet, isFrozen: boolean): PySet {
  const result = rt.set([], isFrozen);
  for (const [key, item] of left.entries) if (keep(true, right.entries.has(key))) result.entries.set(key, item);
  for (const [key, item] of right.entries) {
    if (!left.entries.has(key) && keep(false, true)) result.entries.set(key, item);
  }
  return result;
}

