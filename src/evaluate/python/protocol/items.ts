import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { PyBytes, type PyClass, type PyDict, PyFunction, type PyObject, PyRange, PySlice, Unknown, type Value } from '../../values.js';
import { codePointLength, codePoints, isBasic } from './code-points.js';
import { rangeLength } from './equality.js';
import { hashKey } from './hash.js';
import { typeName, unwrap } from './kinds.js';
import { clampIndex, pick, sliceIndices, toIndex } from './slices.js';
import { callSpecial, raiseWith } from './special.js';

export { contains } from './membership.js';
export { deleteItem, setItem } from './item-changes.js';

/** `value[key]`. */
export function getItem(rt: Runtime, value: Value, key: Value, place: Place): Value {
  if (value instanceof Unknown) return value;
  if (typeof value === 'object' && value?.kind === 'class') return classItem(rt, value, key, place);
  const own = callSpecial(rt, value, '__getitem__', [key], place);
  if (own !== undefined) return own;
  const plain = unwrap(value);
  if (typeof plain === 'string') return textItem(rt, plain, key, place);
  if (plain === null || typeof plain !== 'object') return notSubscriptable(rt, value, place);
  return objectItem(rt, plain, key, place);
}

function notSubscriptable(rt: Runtime, value: Value, place: Place): never {
  return rt.raise('TypeError', `'${typeName(value)}' object is not subscriptable`, place);
}

/** `Color['RED']` asks the metaclass; `list[int]` and a user's `Generic[T]` mean the class itself to us. */
function classItem(rt: Runtime, cls: PyClass, key: Value, place: Place): Value {
  const own = callSpecial(rt, cls, '__getitem__', [key], place);
  if (own !== undefined) return own;
  const hook = rt.findAttribute(cls, '__class_getitem__', place);
  if (hook instanceof Unknown) return cls;
  if (hook !== undefined) return rt.call(hook, hook instanceof PyFunction ? [cls, key] : [key], new Map(), place);
  if (cls.metaclass === undefined && cls.mro.every((each) => isPlainClass(each))) return rt.raise('TypeError', `type '${cls.name}' is not subscriptable`, place);
  return cls;
}

/** Builtin classes that can't be subscripted (https://docs.python.org/3/library/stdtypes.html#generic-alias-type). */
const plainBuiltins: ReadonlySet<string> = new Set(['object', 'int', 'str', 'float', 'bool', 'bytes', 'BaseException', 'Exception', 'ValueError']);

function isPlainClass(cls: PyClass): boolean {
  return cls.module === 'builtins' ? plainBuiltins.has(cls.name) : cls.place !== undefined && cls.unknownBase === undefined;
}

function objectItem(rt: Runtime, value: PyObject, key: Value, place: Place): Value {
  switch (value.kind) {
    case 'list':
      return value.taint ?? sequenceItem(rt, value.items, 'list', key, (items) => rt.list(items), place);
    case 'tuple':
      return sequenceItem(rt, value.items, 'tuple', key, (items) => rt.tuple(items), place);
    case 'bytes':
      return bytesItem(rt, value, key, place);
    case 'range':
      return rangeItem(rt, value, key, place);
    case 'dict':
      return dictItem(rt, value, key, place);
    case 'instance':
      return value.cls.unknownBase ?? notSubscriptable(rt, value, place);
    default:
      return notSubscriptable(rt, value, place);
  }
}

/** The position that an index means, or the unknown that it is; raises IndexError and TypeError. */
export function position(rt: Runtime, key: Value, length: number, name: string, place: Place): number | Unknown {
  const index = toIndex(rt, key, place);
  if (index instanceof Unknown) return index;
  if (index === undefined) return wrongIndex(rt, key, name, place);
  if (index >= 1n << 63n || index < -(1n << 63n)) return rt.raise('IndexError', `cannot fit '${typeName(key)}' into an index-sized integer`, place);
  const clamped = clampIndex(index);
  const found = clamped < 0 ? clamped + length : clamped;
  if (found < 0 || found >= length) return rt.raise('IndexError', outOfRange[name] ?? `${name} index out of range`, place);
  return found;
}

const outOfRange: Readonly<Record<string, string>> = { str: 'string index out of range', bytes: 'index out of range', range: 'range object index out of range' };

function wrongIndex(rt: Runtime, key: Value, name: string, place: Place): never {
  if (name === 'str') {
    return rt.raise('TypeError', `string indices must be integers, not '${typeName(key)}'`, place);
  }
  const noun = name === 'bytes' ? 'byte' : name;
  return rt.raise('TypeError', `${noun} indices must be integers or slices, not ${typeName(key)}`, place);
}

function sequenceItem(
  rt: Runtime,
  items: readonly Value[],
  name: string,
  key: Value,
  make: (items: Value[]) => Value,
  place: Place,
): Value {
  if (key instanceof PySlice) {
    const indices = sliceIndices(rt, key, items.length, place);
    return indices instanceof Unknown ? indices : make(pick(items, indices));
  }
  const index = position(rt, key, items.length, name, place);
  return index instanceof Unknown ? index : (items[index] ?? null);
}

function textItem(rt: Runtime, text: string, key: Value, place: Place): Value {
  if (key instanceof PySlice) {
    const characters = isBasic(text) ? text.split('') : codePoints(text);
    const indices = sliceIndices(rt, key, characters.length, place);
    return indices instanceof Unknown ? indices : pick(characters, indices).join('');
  }
  const index = position(rt, key, codePointLength(text), 'str', place);
  if (index instanceof Unknown) return index;
  return (isBasic(text) ? text[index] : codePoints(text)[index]) ?? '';
}

function bytesItem(rt: Runtime, value: PyBytes, key: Value, place: Place): Value {
  if (key instanceof PySlice) {
    const indices = sliceIndices(rt, key, value.bytes.length, place);
    return indices instanceof Unknown ? indices : new PyBytes(Uint8Array.from(pick([...value.bytes], indices)));
  }
  const index = position(rt, key, value.bytes.length, 'bytes', place);
  return index instanceof Unknown ? index : BigInt(value.bytes[index] ?? 0);
}

function rangeItem(rt: Runtime, range: PyRange, key: Value, place: Place): Value {
  const length = clampIndex(rangeLength(range));
  if (key instanceof PySlice) {
    const indices = sliceIndices(rt, key, length, place);
    if (indices instanceof Unknown) return indices;
    const at = (index: number): bigint => range.start + BigInt(index) * range.step;
    return new PyRange(at(indices.start), at(indices.stop), range.step * BigInt(indices.step));
  }
  const index = position(rt, key, length, 'range', place);
  return index instanceof Unknown ? (typeof index === 'object' ? index : null) : range.start + BigInt(index) * range.step;
}

/** `dict[key]` without the dict's own class: a missing key asks `__missing__` or a defaultdict's factory. */
export function dictItem(rt: Runtime, dict: PyDict, key: Value, place: Place): Value {
  if (dict.taint !== undefined) return dict.taint;
  const hash = hashKey(rt, key, place);
  if (hash instanceof Unknown) {
    // A default for the key may be put into the dict.
    if (dict.attributes?.has('default_factory') === true || dict.cls?.attributes.has('__missing__') === true) {
      rt.mutate(dict);
      dict.taint ??= hash;
    }
    return hash;
  }
  const entry = dict.entries.get(hash);
  if (entry !== undefined) return entry.value;
  return missingItem(rt, dict, key, place);
}

function missingItem(rt: Runtime, dict: PyDict, key: Value, place: Place): Value {
  const own = callSpecial(rt, dict, '__missing__', [key], place);
  if (own !== undefined) return own;
  const factory = dict.attributes?.get('default_factory') ?? null;
  if (factory === null) return dict.cls?.unknownBase ?? raiseWith(rt, 'KeyError', [key], place);
  const made = rt.call(factory, [], new Map(), place);
  rt.setItem(dict, key, made, place);
  return made;
}
