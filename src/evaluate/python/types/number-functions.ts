import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type NativeCall, Unknown, type Value } from '../../values.js';
import { fixed } from '../protocol/format-number.js';
import { asInteger, asNumeric, firstUnknown, typeName } from '../protocol/kinds.js';
import { floorDivide, floorModulo } from '../protocol/numbers.js';
import { callSpecial } from '../protocol/special.js';
import { bind } from './arguments.js';
import { clampIndex } from '../protocol/slices.js';
import { integerOf } from './convert.js';
import { truncate } from './number-constructors.js';

const abs: NativeCall = (rt, args, keywords, place) => {
  const { x } = bind(rt, 'abs', ['x'], {}, args, keywords, place);
  const own = callSpecial(rt, x, '__abs__', [], place);
  if (own !== undefined) return own;
  if (x instanceof Unknown) return x;
  const number = asNumeric(x);
  if (typeof number === 'bigint') return number < 0n ? -number : number;
  if (number !== undefined) return Math.abs(number);
  return rt.raise('TypeError', `bad operand type for abs(): '${typeName(x)}'`, place);
};

const divmod: NativeCall = (rt, args, keywords, place) => {
  const { a, b } = bind(rt, 'divmod', ['a', 'b'], {}, args, keywords, place);
  const own = callSpecial(rt, a, '__divmod__', [b], place) ?? callSpecial(rt, b, '__rdivmod__', [a], place);
  if (own !== undefined) return own;
  const unknown = firstUnknown([a, b]);
  if (unknown !== undefined) return unknown;
  if (asNumeric(a) === undefined || asNumeric(b) === undefined) {
    const names = `'${typeName(a)}' and '${typeName(b)}'`;
    return rt.raise('TypeError', `unsupported operand type(s) for divmod(): ${names}`, place);
  }
  return rt.tuple([rt.binary('//', a, b, place), rt.binary('%', a, b, place)]);
};

const pow: NativeCall = (rt, args, keywords, place) => {
  const { base, exp, mod } = bind(rt, 'pow', ['base', 'exp'], { mod: null }, args, keywords, place);
  if (mod === null) return rt.binary('**', base, exp, place);
  const unknown = firstUnknown([base, exp, mod]);
  if (unknown !== undefined) return unknown;
  if ([base, exp, mod].some((value) => asNumeric(value) === undefined)) {
    return rt.raise('TypeError', `unsupported operand type(s) for ** or pow(): '${typeName(base)}', '${typeName(exp)}', '${typeName(mod)}'`, place);
  }
  if ([base, exp, mod].some((value) => typeof value === 'number')) return rt.raise('TypeError', 'pow() 3rd argument not allowed unless all arguments are integers', place);
  return modularPower(rt, integerOf(rt, base, place), integerOf(rt, exp, place), integerOf(rt, mod, place), place);
};

function modularPower(rt: Runtime, base: bigint, exponent: bigint, modulus: bigint, place: Place): Value {
  if (modulus === 0n) return rt.raise('ValueError', 'pow() 3rd argument cannot be 0', place);
  if (exponent < 0n) {
    const inverse = modularInverse(floorModulo(base, modulus), modulus < 0n ? -modulus : modulus);
    if (inverse === undefined) return rt.raise('ValueError', 'base is not invertible for the given modulus', place);
    return modularPower(rt, inverse, -exponent, modulus, place);
  }
  let result = 1n;
  let factor = floorModulo(base, modulus);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    rt.step(place);
    if (rest & 1n) result = floorModulo(result * factor, modulus);
    factor = floorModulo(factor * factor, modulus);
  }
  return floorModulo(result, modulus);
}

/** By Euclid's extended algorithm. */
function modularInverse(value: bigint, modulus: bigint): bigint | undefined {
  let [previous, current] = [floorModulo(value, modulus), modulus];
  let [previousFactor, factor] = [1n, 0n];
  while (current !== 0n) {
    const quotient = floorDivide(previous, current);
    [previous, current] = [current, previous - quotient * current];
    [previousFactor, factor] = [factor, previousFactor - quotient * factor];
  }
  return previous === 1n ? previousFactor : undefined;
}

const round: NativeCall = (rt, args, keywords, place) => {
  const { number, ndigits } = bind(rt, 'round', ['number'], { ndigits: null }, args, keywords, place);
  const own = callSpecial(rt, number, '__round__', ndigits === null ? [] : [ndigits], place);
  if (own !== undefined) return own;
  const unknown = firstUnknown([number, ndigits]);
  if (unknown !== undefined) return unknown;
  const digits = ndigits === null ? undefined : clampIndex(integerOf(rt, ndigits, place));
  const integer = asInteger(number);
  if (integer !== undefined) return digits === undefined || digits >= 0 ? integer : roundInteger(rt, integer, -digits, place);
  const value = asNumeric(number);
  if (typeof value !== 'number') {
    return rt.raise('TypeError', `type ${typeName(number)} doesn't define __round__ method`, place);
  }
  return digits === undefined ? roundHalfEven(rt, value, place) : roundFloat(rt, value, digits);
};

function roundInteger(rt: Runtime, value: bigint, digits: number, place: Place): Value {
  if (digits > 10_000) return 0n;
  const unit = 10n ** BigInt(digits);
  const below = floorDivide(value, unit);
  const twice = floorModulo(value, unit) * 2n;
  rt.step(place);
  const isUp = twice > unit || (twice === unit && floorModulo(below, 2n) === 1n);
  return (isUp ? below + 1n : below) * unit;
}

function roundHalfEven(rt: Runtime, value: number, place: Place): Value {
  if (!Number.isFinite(value)) return truncate(rt, value, place);
  const below = Math.floor(value);
  const distance = value - below;
  const isUp = distance > 0.5 || (distance === 0.5 && below % 2 !== 0);
  return BigInt(isUp ? below + 1 : below);
}

function roundFloat(_rt: Runtime, value: number, digits: number): Value {
  if (!Number.isFinite(value) || digits > 323) return value;
  if (digits < -308) return value < 0 ? -0 : 0;
  const sign = value < 0 || Object.is(value, -0) ? -1 : 1;
  if (digits >= 0) return sign * Number(fixed(Math.abs(value), digits));
  return sign * Number(roundTens(Math.abs(value), -digits));
}

/** Rounds to tens, hundreds, ...: the whole part decides, and a fraction only where it breaks a tie. */
function roundTens(value: number, digits: number): bigint {
  const unit = 10n ** BigInt(digits);
  const whole = BigInt(Math.trunc(value));
  const below = whole / unit;
  const twice = (whole % unit) * 2n;
  const isTie = twice === unit && Number.isInteger(value);
  const isUp = isTie ? below % 2n === 1n : twice >= unit;
  return (isUp ? below + 1n : below) * unit;
}

const sum: NativeCall = (rt, args, keywords, place) => {
  const { iterable, start } = bind(rt, 'sum', ['iterable'], { start: 0n }, args, keywords, place);
  if (typeof start === 'string') {
    return rt.raise('TypeError', "sum() can't sum strings [use ''.join(seq) instead]", place);
  }
  const items = rt.items(iterable, place);
  if (items instanceof Unknown) return items;
  if (typeof start !== 'object' && items.some((item) => typeof item === 'number')) return sumFloats(rt, items, start, place);
  return items.reduce<Value>((total, item) => rt.binary('+', total, item, place), start);
};

/** Since 3.12 a sum of floats carries the rounding error along (Neumaier), so that `sum([0.1] * 10)` is 1.0. */
function sumFloats(rt: Runtime, items: readonly Value[], start: Value, place: Place): Value {
  let total = start;
  let error = 0;
  let isFloat = typeof start === 'number';
  for (const item of items) {
    const number = asNumeric(item);
    isFloat ||= typeof item === 'number';
    if (!isFloat || number === undefined || typeof total === 'object' || typeof total === 'string') {
      total = rt.binary('+', withError(total, error), item, place);
      error = 0;
      continue;
    }
    const left = Number(total);
    const right = Number(number);
    const next = left + right;
    error += Math.abs(left) >= Math.abs(right) ? left - next + right : right - next + left;
    total = next;
  }
  return withError(total, error);
}

function withError(total: Value, error: number): Value {
  return typeof total === 'number' && error !== 0 && Number.isFinite(error) ? total + error : total;
}

function radix(name: 'bin' | 'oct' | 'hex', base: number, prefix: string): NativeCall {
  return (rt, args, keywords, place) => {
    const { number } = bind(rt, name, ['number'], {}, args, keywords, place);
    if (number instanceof Unknown) return number;
    const value = integerOf(rt, number, place);
    return `${value < 0n ? '-' : ''}${prefix}${(value < 0n ? -value : value).toString(base)}`;
  };
}


/** Builtin functions on numbers. */
export const numberFunctions: Readonly<Record<string, NativeCall>> = {
  abs,
  divmod,
  pow,
  round,
  sum,
  bin: radix('bin', 2, '0b'),
  oct: radix('oct', 8, '0o'),
  hex: radix('hex', 16, '0x'),
};
