import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type Value } from '../../values.js';

/** Bits of the largest int that we compute: far above what a DAG file needs, far below what would cost seconds. */
const maximumBits = 100_000n;

/** Floor division of ints: toward minus infinity. */
export function floorDivide(left: bigint, right: bigint): bigint {
  const quotient = left / right;
  return left % right !== 0n && left < 0n !== right < 0n ? quotient - 1n : quotient;
}

/** Modulo of ints: the sign of the divisor. */
export function floorModulo(left: bigint, right: bigint): bigint {
  const remainder = left % right;
  return remainder !== 0n && remainder < 0n !== right < 0n ? remainder + right : remainder;
}

/** Modulo of floats: the sign of the divisor, a zero result included. */
export function floatModulo(left: number, right: number): number {
  const remainder = left % right;
  if (remainder === 0) return right < 0 ? -0 : 0;
  return remainder < 0 !== right < 0 ? remainder + right : remainder;
}

/** Floor division of floats, by CPython's way round: rounding can't make it disagree with the modulo. */
export function floatFloorDivide(left: number, right: number): number {
  const remainder = left % right;
  const isShort = remainder !== 0 && remainder < 0 !== right < 0;
  const quotient = (left - remainder) / right - (isShort ? 1 : 0);
  if (quotient === 0) return left / right < 0 || Object.is(left / right, -0) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** How many bits an int has. */
export function bitLength(value: bigint): number {
  const magnitude = value < 0n ? -value : value;
  return magnitude === 0n ? 0 : magnitude.toString(2).length;
}

function tooLarge(rt: Runtime, place: Place): Value {
  return rt.unknown('budget', 'the number is too large to be computed', place);
}

function toFloat(rt: Runtime, value: bigint, place: Place): number {
  const result = Number(value);
  return Number.isFinite(result) ? result : rt.raise('OverflowError', 'int too large to convert to float', place);
}

type IntegerOperation = (rt: Runtime, left: bigint, right: bigint, place: Place) => Value;
type FloatOperation = (rt: Runtime, left: number, right: number, place: Place) => Value;

function isSmall(value: bigint): boolean {
  return value < 2n ** 64n && value > -(2n ** 64n);
}

function multiply(rt: Runtime, left: bigint, right: bigint, place: Place): Value {
  if (isSmall(left) && isSmall(right)) return left * right;
  return bitLength(left) + bitLength(right) > maximumBits ? tooLarge(rt, place) : left * right;
}

function divide(rt: Runtime, left: bigint, right: bigint, place: Place): Value {
  if (right === 0n) return rt.raise('ZeroDivisionError', 'division by zero', place);
  const safe = BigInt(Number.MAX_SAFE_INTEGER);
  if (left <= safe && left >= -safe && right <= safe && right >= -safe) return Number(left) / Number(right);
  const result = exactQuotient(left, right);
  if (Number.isFinite(result)) return result;
  return rt.raise('OverflowError', 'integer division result too large for a float', place);
}

/** The quotient of two ints rounded once: 66 bits and a sticky bit decide the rounding as the exact quotient would. */
function exactQuotient(left: bigint, right: bigint): number {
  const isNegative = left < 0n !== right < 0n;
  const a = left < 0n ? -left : left;
  const b = right < 0n ? -right : right;
  const shift = BigInt(Math.max(0, 66 + bitLength(b) - bitLength(a)));
  const scaled = a << shift;
  const sticky = scaled % b === 0n ? 0n : 1n;
  const quotient = ((scaled / b) << 1n) | sticky;
  const result = scaleDown(Number(quotient), Number(shift) + 1);
  return isNegative ? -result : result;
}

function scaleDown(value: number, bits: number): number {
  return bits > 1000 ? value / 2 ** 1000 / 2 ** (bits - 1000) : value / 2 ** bits;
}

function power(rt: Runtime, left: bigint, right: bigint, place: Place): Value {
  if (right < 0n) {
    if (left === 0n) return rt.raise('ZeroDivisionError', '0.0 cannot be raised to a negative power', place);
    return exactPower(toFloat(rt, left, place), Number(right)) ?? toFloat(rt, left, place) ** Number(right);
  }
  if (right === 0n) return 1n;
  if (left >= -1n && left <= 1n) return right % 2n === 0n ? left * left : left;
  return BigInt(bitLength(left)) * right > maximumBits ? tooLarge(rt, place) : left ** right;
}

function shiftLeft(rt: Runtime, left: bigint, right: bigint, place: Place): Value {
  if (right < 0n) return rt.raise('ValueError', 'negative shift count', place);
  if (left === 0n) return 0n;
  return BigInt(bitLength(left)) + right > maximumBits ? tooLarge(rt, place) : left << right;
}

function shiftRight(rt: Runtime, left: bigint, right: bigint, place: Place): Value {
  if (right < 0n) return rt.raise('ValueError', 'negative shift count', place);
  return right > BigInt(bitLength(left)) ? (left < 0n ? -1n : 0n) : left >> right;
}

function nonZero(rt: Runtime, divisor: bigint | number, message: string, place: Place): void {
  // eslint-disable-next-line eqeqeq -- zero of either type
  if (divisor == 0) rt.raise('ZeroDivisionError', message, place);
}

/** Operators on two ints. */
export const integerOperations: Readonly<Record<string, IntegerOperation>> = {
  '+': (_rt, left, right) => left + right,
  '-': (_rt, left, right) => left - right,
  '*': multiply,
  '/': divide,
  '//': (rt, left, right, place) => {
    nonZero(rt, right, 'integer division or modulo by zero', place);
    return floorDivide(left, right);
  },
  '%': (rt, left, right, place) => {
    nonZero(rt, right, 'integer modulo by zero', place);
    return floorModulo(left, right);
  },
  '**': power,
  '<<': shiftLeft,
  '>>': shiftRight,
  '&': (_rt, left, right) => left & right,
  '|': (_rt, left, right) => left | right,
  '^': (_rt, left, right) => left ^ right,
};

/** Operators on two floats, or an int and a float. */
export const floatOperations: Readonly<Record<string, FloatOperation>> = {
  '+': (_rt, left, right) => left + right,
  '-': (_rt, left, right) => left - right,
  '*': (_rt, left, right) => left * right,
  '/': (rt, left, right, place) => {
    nonZero(rt, right, 'float division by zero', place);
    return left / right;
  },
  '//': (rt, left, right, place) => {
    nonZero(rt, right, 'float floor division by zero', place);
    return floatFloorDivide(left, right);
  },
  '%': (rt, left, right, place) => {
    nonZero(rt, right, 'float modulo', place);
    return floatModulo(left, right);
  },
  '**': floatPower,
};

function floatPower(rt: Runtime, left: number, right: number, place: Place): Value {
  if (left === 0 && right < 0) {
    return rt.raise('ZeroDivisionError', '0.0 cannot be raised to a negative power', place);
  }
  if (left < 0 && Number.isFinite(left) && Number.isFinite(right) && !Number.isInteger(right)) {
    return rt.unknown('not_modelled', 'complex numbers are not modelled', place);
  }
  // Python: 1 to any power is 1, and -1 to an infinite one too; JavaScript says NaN.
  if (left === 1 || (left === -1 && !Number.isFinite(right) && !Number.isNaN(right))) return 1;
  const exact = Number.isFinite(left) && Number.isInteger(right) ? exactPower(left, right) : undefined;
  const result = exact ?? (right === 0.5 && left >= 0 ? Math.sqrt(left) : left ** right);
  if (exact === undefined && right !== 0.5 && Number.isFinite(result) && result !== 0 && Number.isFinite(left)) {
    return rt.unknown('not_modelled', 'the last digit of this power depends on the mathematics library', place);
  }
  if (!Number.isFinite(result) && Number.isFinite(left) && Number.isFinite(right)) {
    return rt.raise('OverflowError', "(34, 'Numerical result out of range')", place);
  }
  return result;
}

/** Exponents beyond this leave the range of floats for every base that isn't next to one. */
const largestExponent = 1100;

/** A float to an integral power, rounded once, as the C library does it and JavaScript doesn't. */
function exactPower(base: number, exponent: number): number | undefined {
  const count = Math.abs(exponent);
  if (count > largestExponent || base === 0) return base === 0 ? base ** exponent : undefined;
  const [mantissa, shift] = splitFloat(Math.abs(base));
  const power = mantissa ** BigInt(count);
  const bits = shift * count;
  const isNegative = base < 0 && count % 2 === 1;
  const [top, bottom] = bits >= 0 ? [power << BigInt(bits), 1n] : [power, 1n << BigInt(-bits)];
  const result = exponent >= 0 ? exactQuotient(top, bottom) : exactQuotient(bottom, top);
  return isNegative ? -result : result;
}

/** A positive float as an integer times a power of two. */
function splitFloat(value: number): [bigint, number] {
  let [mantissa, shift] = [value, 0];
  while (!Number.isInteger(mantissa)) [mantissa, shift] = [mantissa * 2, shift - 1];
  return [BigInt(mantissa), shift];
}

/** An operator on two numbers; undefined when the operator has no meaning for them. */
export function numberOperation(
  rt: Runtime,
  operator: string,
  left: bigint | number,
  right: bigint | number,
  place: Place,
): Value | undefined {
  if (typeof left === 'bigint' && typeof right === 'bigint') return integerOperations[operator]?.(rt, left, right, place);
  const operation = floatOperations[operator];
  if (operation === undefined) return undefined;
  const a = typeof left === 'bigint' ? toFloat(rt, left, place) : left;
  const b = typeof right === 'bigint' ? toFloat(rt, right, place) : right;
  return operation(rt, a, b, place);
}
