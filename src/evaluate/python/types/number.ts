import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type NativeCall, PyBytes, PyClass, Unknown, type Value } from '../../values.js';
import { exactParts } from '../protocol/format-number.js';
import { asInteger, asNumeric, isUnknown, typeName, unwrap } from '../protocol/kinds.js';
import { bitLength } from '../protocol/numbers.js';
import { bind, strictMethodMaker, wrongSelf } from './arguments.js';
import { countOf, integerOf } from './convert.js';

const integerMethod = strictMethodMaker<bigint>((rt, self, name, place) => {
  if (self instanceof Unknown) return self;
  return asInteger(self) ?? wrongSelf(rt, 'int', name, typeName(self), place);
});

const floatMethod = strictMethodMaker<number>((rt, self, name, place) => {
  if (self instanceof Unknown) return self;
  const number = asNumeric(self);
  return typeof number === 'number' ? number : wrongSelf(rt, 'float', name, typeName(self), place);
});

function toBytes(rt: Runtime, value: bigint, length: number, order: string, isSigned: boolean, place: Place): Value {
  const bits = BigInt(length) * 8n;
  const [least, limit] = isSigned ? [-(1n << (bits > 0n ? bits - 1n : 0n)), 1n << (bits > 0n ? bits - 1n : 0n)] : [0n, 1n << bits];
  if (value < 0n && !isSigned) return rt.raise('OverflowError', "can't convert negative int to unsigned", place);
  if (value < least || value >= limit) return rt.raise('OverflowError', 'int too big to convert', place);
  let rest = BigInt.asUintN(length * 8, value);
  const bytes = new Uint8Array(length);
  for (let index = length - 1; index >= 0; index--, rest >>= 8n) bytes[index] = Number(rest & 0xffn);
  return new PyBytes(order === 'little' ? bytes.reverse() : bytes);
}

/** Methods of `int`, which `bool` has as well. */
export const intMethods: Readonly<Record<string, NativeCall>> = {
  bit_length: integerMethod('bit_length', [], {}, ({ self }) => BigInt(bitLength(self))),
  bit_count: integerMethod('bit_count', [], {}, ({ self }) =>
    BigInt((self < 0n ? -self : self).toString(2).replaceAll('0', '').length),
  ),
  conjugate: integerMethod('conjugate', [], {}, ({ self }) => self),
  is_integer: integerMethod('is_integer', [], {}, () => true),
  as_integer_ratio: integerMethod('as_integer_ratio', [], {}, ({ rt, self }) => rt.tuple([self, 1n])),
  to_bytes: integerMethod('to_bytes', [], { length: 1n, byteorder: 'big', signed: false }, ({ rt, self, place }, values) => {
    const length = countOf(rt, values.length, place);
    if (length < 0) return rt.raise('ValueError', 'length argument must be non-negative', place);
    if (length > 10_000) return rt.unknown('budget', 'too many bytes', place);
    if (values.byteorder !== 'big' && values.byteorder !== 'little') {
      return rt.raise('ValueError', "byteorder must be either 'little' or 'big'", place);
    }
    return toBytes(rt, self, length, values.byteorder, values.signed === true, place);
  }),
};

const fromBytes: NativeCall = (rt, args, keywords, place) => {
  const rest = args[0] instanceof PyClass ? args.slice(1) : args;
  const values = bind(rt, 'from_bytes', ['bytes'], { byteorder: 'big', signed: false }, rest, keywords, place);
  const unknown = Object.values(values).find(isUnknown);
  if (unknown !== undefined) return unknown;
  if (values.byteorder !== 'big' && values.byteorder !== 'little') return rt.raise('ValueError', "byteorder must be either 'little' or 'big'", place);
  const plain = unwrap(values.bytes);
  if (plain === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof plain)) return rt.raise('TypeError', `cannot convert '${typeName(values.bytes)}' object to bytes`, place);
  const source = plain instanceof PyBytes ? Array.from(plain.bytes, BigInt) : rt.items(values.bytes, place);
  if (source instanceof Unknown) return source;
  const hidden = source.find(isUnknown);
  if (hidden !== undefined) return hidden;
  const numbers = source.map((item) => integerOf(rt, item, place));
  if (numbers.some((byte) => byte < 0n || byte > 255n)) return rt.raise('ValueError', 'bytes must be in range(0, 256)', place);
  if (values.byteorder === 'little') numbers.reverse();
  const value = numbers.reduce((total, byte) => total * 256n + byte, 0n);
  return values.signed === true ? BigInt.asIntN(numbers.length * 8, value) : value;
};

function hexText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (value === 0) return `${sign}0x0.0p+0`;
  let exponent = Math.max(Math.floor(Math.log2(Math.abs(value))), -1022);
  let mantissa = Math.abs(value) / 2 ** exponent;
  if (mantissa >= 2) {
    mantissa /= 2;
    exponent++;
  } else if (mantissa < 1 && exponent > -1022) {
    mantissa *= 2;
    exponent--;
  }
  const whole = Math.floor(mantissa);
  const fraction = BigInt((mantissa - whole) * 2 ** 52).toString(16).padStart(13, '0');
  return `${sign}0x${whole}.${fraction}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
}

function ratio(rt: Runtime, value: number, place: Place): Value {
  if (Number.isNaN(value)) return rt.raise('ValueError', 'cannot convert NaN to integer ratio', place);
  if (!Number.isFinite(value)) return rt.raise('OverflowError', 'cannot convert Infinity to integer ratio', place);
  const { mantissa, exponent } = exactParts(Math.abs(value));
  return rt.tuple([value < 0 ? -mantissa : mantissa, 2n ** BigInt(-exponent)]);
}

/** Methods of `float`. */
export const floatMethods: Readonly<Record<string, NativeCall>> = {
  is_integer: floatMethod('is_integer', [], {}, ({ self }) => Number.isInteger(self)),
  conjugate: floatMethod('conjugate', [], {}, ({ self }) => self),
  hex: floatMethod('hex', [], {}, ({ self }) => hexText(self)),
  as_integer_ratio: floatMethod('as_integer_ratio', [], {}, ({ rt, self, place }) => ratio(rt, self, place)),
};

const hexPattern = /^([+-]?)(?:0x)?([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([+-]?\d+))?$/i;

const fromHex: NativeCall = (rt, args, keywords, place) => {
  const rest = args[0] instanceof PyClass ? args.slice(1) : args;
  const { string } = bind(rt, 'fromhex', ['string'], {}, rest, keywords, place);
  if (string instanceof Unknown) return string;
  const text = typeof string === 'string' ? string.trim() : rt.raise('TypeError', 'fromhex() argument must be str', place);
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (special !== null) {
    const value = special[2]?.toLowerCase() === 'nan' ? Number.NaN : Infinity;
    return special[1] === '-' ? -value : value;
  }
  const [, sign, whole = '', fraction = '', exponent = '0'] = hexPattern.exec(text) ?? [];
  const digits = whole + fraction;
  if (digits === '') return rt.raise('ValueError', 'invalid hexadecimal floating-point string', place);
  const value = Number(BigInt(`0x${digits}`)) * 2 ** (Number(exponent) - 4 * fraction.length);
  return sign === '-' ? -value : value;
};

/** Functions of the classes `int` and `float` themselves. */
export const intStatics: Readonly<Record<string, NativeCall>> = { from_bytes: fromBytes };
export const floatStatics: Readonly<Record<string, NativeCall>> = { fromhex: fromHex };
