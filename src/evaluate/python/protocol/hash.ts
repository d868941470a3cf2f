import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { Mutable, type HashKey, PyInstance, type PyObject, type PySet, Unknown, type Value } from '../../values.js';
import { asInteger, typeName, unwrap, viewOf } from './kinds.js';

/** Marks the keys that are texts but stand for something else than a `str`. */
const marker = '\u0000';

/**
 * What a dict or set finds a value by: equal Python values have the same one; an `Unknown` when it can't be known.
 * Raises TypeError for unhashable values.
 */
export function hashKey(rt: Runtime, value: Value, place: Place): HashKey {
  const plain = unwrap(value);
  if (plain !== value && plain !== null && typeof plain === 'object' && (plain.kind === 'list' || (plain.kind === 'set' && !plain.isFrozen))) return unhashable(rt, value, place);
  if (plain !== value && value instanceof PyInstance && hasOwnEquality(value)) return instanceKey(rt, value, place);
  if (plain === null) return null;
  if (typeof plain === 'string') return plain.startsWith(marker) ? `${marker}s${plain}` : plain;
  if (typeof plain === 'boolean') return plain ? 1n : 0n;
  if (typeof plain === 'bigint') return plain;
  if (typeof plain === 'number') return Number.isInteger(plain) ? BigInt(plain) : plain;
  return objectKey(rt, plain, place);
}

function objectKey(rt: Runtime, value: PyObject, place: Place): HashKey {
  switch (value.kind) {
    case 'unknown':
      return value;
    case 'tuple':
      return tupleKey(rt, value.items, place);
    case 'bytes':
      return `${marker}b${String.fromCharCode(...value.bytes)}`;
    case 'set':
      return value.isFrozen ? frozenKey(rt, value, place) : unhashable(rt, value, place);
    case 'slice':
      return tupleKey(rt, ['slice', value.start, value.stop, value.step], place);
    case 'range':
      return `${marker}r${value.start},${value.stop},${value.step}`;
    case 'list':
    case 'dict':
      return unhashable(rt, value, place);
    case 'instance':
      return instanceKey(rt, value, place);
    default:
      return value;
  }
}

/** Whether a subclass of a builtin type says itself what it is equal to. */
function hasOwnEquality(value: PyInstance): boolean {
  return value.cls.mro.some((each) => each.place !== undefined && (each.attributes.has('__eq__') || each.attributes.has('__hash__')));
}

function unhashable(rt: Runtime, value: Value, place: Place): never {
  return rt.raise('TypeError', `unhashable type: '${typeName(value)}'`, place);
}

function instanceKey(rt: Runtime, value: PyInstance, place: Place): HashKey {
  if (viewOf(value) !== undefined) return unhashable(rt, value, place);
  for (const cls of value.cls.mro) {
    if (cls.name === 'object' && cls.module === 'builtins') break;
    const found = cls.attributes.get('__hash__');
    if (found === null) return unhashable(rt, value, place);
    if (found !== undefined) return methodKey(rt, value, place);
    if (cls.attributes.has('__eq__')) return unhashable(rt, value, place);
  }
  return value.cls.unknownBase ?? value;
}

/**
 * The key of an instance whose class defines `__hash__`. A modelled class may give a tuple of what counts instead of a
 * number, which keeps unequal instances apart.
 */
function methodKey(rt: Runtime, value: PyInstance, place: Place): HashKey {
  const method = rt.findSpecial(value, '__hash__');
  if (method === undefined) return value;
  const hash = rt.call(method, [], new Map(), place);
  if (hash instanceof Unknown) return hash;
  if (asInteger(hash) === undefined && !(typeof hash === 'object' && hash?.kind === 'tuple')) {
    return rt.raise('TypeError', '__hash__ method should return an integer', place);
  }
  const encoded = encode(rt, hash, place);
  return encoded instanceof Unknown ? encoded : `${marker}h${value.cls.path}:${encoded}`;
}

function tupleKey(rt: Runtime, items: readonly Value[], place: Place): string | Unknown {
  let text = `${marker}t`;
  for (const item of items) {
    const encoded = encode(rt, item, place);
    if (encoded instanceof Unknown) return encoded;
    text += encoded;
  }
  return text;
}

function frozenKey(rt: Runtime, value: PySet, place: Place): string | Unknown {
  const parts: string[] = [];
  for (const item of value.entries.values()) {
    const encoded = encode(rt, item, place);
    if (encoded instanceof Unknown) return encoded;
    parts.push(encoded);
  }
  return `${marker}f${parts.sort().join('')}`;
}

/** A key as text that says where it ends, so that keys in a row can't be mistaken for others. */
function encode(rt: Runtime, value: Value, place: Place): string | Unknown {
  const key = hashKey(rt, value, place);
  if (key instanceof Unknown) return key;
  if (key === null) return 'N;';
  if (typeof key === 'string') return `s${key.length}:${key}`;
  if (typeof key === 'bigint' || typeof key === 'number') return `i${key};`;
  if (key instanceof Mutable) return `o${key.stamp};`;
  return rt.unknown('not_modelled', `the hash of ${typeName(value)} inside a tuple is not known`, place);
}
