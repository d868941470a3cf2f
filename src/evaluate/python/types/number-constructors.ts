import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type NativeCall, PyBytes, Unknown, type Value } from '../../values.js';
import { asInteger, isUnknown, typeName, unwrap } from '../protocol/kinds.js';
import { callSpecial } from '../protocol/special.js';
import { bind } from './arguments.js';
import { decodeBytes } from './codecs.js';
import { countOf, integerOf, optionOf } from './convert.js';
import { parseFloatText, parseInteger } from './numeric-text.js';

const int: NativeCall = (rt, args, keywords, place) => {
  const { x, base } = bind(rt, 'int', [], { x: 0n, base: null }, args, keywords, place);
  if (isUnknown(x)) return x;
  if (isUnknown(base)) return base;
  if (args.length > 1 || keywords.has('base')) integerOf(rt, base, place);
  const plain = unwrap(x);
  const converted = base === null ? callSpecial(rt, x, '__int__', [], place) : undefined;
  if (converted !== undefined) return converted;
  const text = plain instanceof PyBytes ? Buffer.from(plain.bytes).toString('latin1') : plain;
  if (typeof text === 'string') return integerText(rt, text, base, x, place);
  if (base !== null) checkBase(rt, base, place);
  if (base !== null) return rt.raise('TypeError', "int() can't convert non-string with explicit base", place);
  return integerNumber(rt, x, place);
};

function checkBase(rt: Runtime, value: Value, place: Place): number {
  const base = countOf(rt, value, place);
  return base === 0 || (base >= 2 && base <= 36) ? base : rt.raise('ValueError', 'int() base must be >= 2 and <= 36, or 0', place);
}

function integerText(rt: Runtime, text: string, baseValue: Value, original: Value, place: Place): Value {
  const base = baseValue === null ? 10 : checkBase(rt, baseValue, place);
  const value = parseInteger(text, base);
  if (value !== undefined) return value;
  const shown = rt.repr(original, place);
  return rt.raise('ValueError', `invalid literal for int() with base ${base}: ${shown instanceof Unknown ? '' : shown}`, place);
}

function integerNumber(rt: Runtime, value: Value, place: Place): Value {
  const integer = asInteger(value);
  if (integer !== undefined) return integer;
  const plain = unwrap(value);
  if (typeof plain === 'number') return truncate(rt, plain, place);
  for (const name of ['__int__', '__index__', '__trunc__']) {
    const own = callSpecial(rt, value, name, [], place);
    if (own !== undefined) return own;
  }
  if (typeof plain === 'object' && plain?.kind === 'instance' && plain.cls.unknownBase) return plain.cls.unknownBase;
  const message = `int() argument must be a string, a bytes-like object or a real number, not '${typeName(value)}'`;
  return rt.raise('TypeError', message, place);
}

/** An int of a float's whole part. */
export function truncate(rt: Runtime, value: number, place: Place): Value {
  if (Number.isNaN(value)) return rt.raise('ValueError', 'cannot convert float NaN to integer', place);
  if (!Number.isFinite(value)) return rt.raise('OverflowError', 'cannot convert float infinity to integer', place);
  return BigInt(Math.trunc(value));
}

const float: NativeCall = (rt, args, keywords, place) => {
  const { x } = bind(rt, 'float', [], { x: 0 }, args, keywords, place);
  const plain = unwrap(x);
  if (isUnknown(plain)) return plain;
  const converted = callSpecial(rt, x, '__float__', [], place);
  if (converted !== undefined) return typeof converted === 'bigint' ? rt.unknown('not_modelled', '__float__ that gives no float is not modelled', place) : converted;
  if (typeof plain === 'number') return plain;
  const integer = asInteger(plain);
  if (integer !== undefined) return finite(rt, Number(integer), place);
  if (typeof plain === 'string') return parseFloatText(plain) ?? badFloat(rt, plain, place);
  if (plain instanceof PyBytes) return parseFloatText(Buffer.from(plain.bytes).toString('latin1')) ?? badFloat(rt, plain, place);
  const index = callSpecial(rt, x, '__index__', [], place);
  if (index !== undefined) return typeof index === 'bigint' ? Number(index) : index;
  if (typeof plain === 'object' && plain?.kind === 'instance' && plain.cls.unknownBase) return plain.cls.unknownBase;
  return rt.raise('TypeError', `float() argument must be a string or a real number, not '${typeName(x)}'`, place);
};

function finite(rt: Runtime, value: number, place: Place): Value {
  return Number.isFinite(value) ? value : rt.raise('OverflowError', 'int too large to convert to float', place);
}

function badFloat(rt: Runtime, text: string | PyBytes, place: Place): Value {
  const shown = rt.repr(text, place);
  return rt.raise('ValueError', `could not convert string to float: ${shown instanceof Unknown ? '' : shown}`, place);
}

const bool: NativeCall = (rt, args, keywords, place) => {
  const { x } = bind(rt, 'bool', [], { x: false }, args, keywords, place);
  return rt.truth(x, place);
};

const str: NativeCall = (rt, args, keywords, place) => {
  const values = bind(rt, 'str', [], { object: '', encoding: null, errors: null }, args, keywords, place);
  if (values.encoding === null && values.errors === null) return rt.str(values.object, place);
  if (isUnknown(values.object)) return values.object;
  for (const [name, value] of [['encoding', values.encoding], ['errors', values.errors]] as const) {
    if (isUnknown(value)) return value;
    if (value !== null && typeof value !== 'string') return rt.raise('TypeError', `str() argument '${name}' must be str, not ${typeName(value)}`, place);
  }
  if (!(values.object instanceof PyBytes)) {
    return rt.raise('TypeError', `decoding to str: need a bytes-like object, ${typeName(values.object)} found`, place);
  }
  return decodeBytes(rt, values.object.bytes, optionOf(rt, values.encoding, 'utf-8', place), optionOf(rt, values.errors, 'strict', place), place);
};

/** `int`, `float`, `bool` and `str` called. */
export const numberConstructors: Readonly<Record<string, NativeCall>> = { int, float, bool, str };
