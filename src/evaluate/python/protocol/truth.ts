import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { isHiddenModule, type PyObject, Unknown, type Value } from '../../values.js';
import { codePointLength } from './code-points.js';
import { rangeLength } from './equality.js';
import { asInteger, typeName, unwrap, viewOf } from './kinds.js';
import { callSpecial } from './special.js';

/** `bool(value)`. */
export function truth(rt: Runtime, value: Value, place: Place): boolean | Unknown {
  const own = callSpecial(rt, value, '__bool__', [], place);
  if (own !== undefined) return boolResult(rt, own, place);
  const plain = unwrap(value);
  if (plain === null) return false;
  if (typeof plain === 'boolean') return plain;
  if (typeof plain === 'bigint') return plain !== 0n;
  if (typeof plain === 'number') return plain !== 0;
  if (typeof plain === 'string') return plain !== '';
  if (plain instanceof Unknown) return isHiddenModule(plain) || plain;
  const size = findLength(rt, value, place);
  if (size instanceof Unknown) return size;
  if (size !== undefined) return size !== 0n;
  return plain.kind === 'instance' ? (plain.cls.unknownBase ?? true) : true;
}

function boolResult(rt: Runtime, value: Value, place: Place): boolean | Unknown {
  if (typeof value === 'boolean' || value instanceof Unknown) return value;
  return rt.raise('TypeError', `__bool__ should return bool, returned ${typeName(value)}`, place);
}

/** `len(value)`. */
export function len(rt: Runtime, value: Value, place: Place): bigint | Unknown {
  const size = findLength(rt, value, place);
  if (size !== undefined) return size;
  if (typeof value === 'object' && value?.kind === 'instance' && value.cls.unknownBase) return value.cls.unknownBase;
  return rt.raise('TypeError', `object of type '${typeName(value)}' has no len()`, place);
}

function findLength(rt: Runtime, value: Value, place: Place): bigint | Unknown | undefined {
  const own = callSpecial(rt, value, '__len__', [], place);
  if (own !== undefined) return lengthResult(rt, own, place);
  const plain = unwrap(value);
  if (typeof plain === 'string') return BigInt(codePointLength(plain));
  return plain === null || typeof plain !== 'object' ? undefined : objectLength(plain);
}

function lengthResult(rt: Runtime, value: Value, place: Place): bigint | Unknown {
  if (value instanceof Unknown) return value;
  const size = asInteger(value);
  if (size === undefined) return rt.raise('TypeError', `'${typeName(value)}' object cannot be interpreted as an integer`, place);
  return size < 0n ? rt.raise('ValueError', '__len__() should return >= 0', place) : size;
}

/** How many items a builtin container has; undefined for what has no length. */
function objectLength(value: PyObject): bigint | Unknown | undefined {
  switch (value.kind) {
    case 'unknown':
      return value;
    case 'list':
      return value.taint ?? BigInt(value.items.length);
    case 'tuple':
      return BigInt(value.items.length);
    case 'dict':
    case 'set':
      return value.taint ?? BigInt(value.entries.size);
    case 'bytes':
      return BigInt(value.bytes.length);
    case 'range':
      return rangeLength(value);
    case 'instance': {
      const view = viewOf(value);
      return view === undefined ? undefined : (view.dict.taint ?? BigInt(view.dict.entries.size));
    }
    default:
      return undefined;
  }
}
