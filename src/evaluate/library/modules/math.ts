import type { ModuleTable, Runtime } from '../../runtime.js';
import type { NativeCall, Value } from '../../values.js';
import { noKeywords, Unknown } from '../../values.js';
import type { Place } from '../../../model/place.js';
import { floatOf, intOf, plain } from '../arguments.js';
import { strictFunctions } from '../define.js';

const real = (compute: (x: number, y: number) => number): NativeCall => (rt, [x, y], _keywords, place) => {
  const result = compute(floatOf(rt, x, place), y === undefined ? 0 : floatOf(rt, y, place));
  return Number.isNaN(result) && !Number.isNaN(floatOf(rt, x, place)) ? rt.raise('ValueError', 'math domain error', place) : result;
};

/** `floor`, `ceil`, `trunc`: an int stays as it is. */
const whole = (round: (x: number) => number, special: string): NativeCall => (rt, [x], _keywords, place) => {
  const inner = plain(x);
  if (typeof inner === 'bigint' || typeof inner === 'boolean') return BigInt(inner);
  const own = x instanceof Object ? rt.findSpecial(x, special) : undefined;
  if (own !== undefined) return rt.call(own, [], noKeywords, place);
  const value = floatOf(rt, x, place);
  if (!Number.isFinite(value)) return rt.raise(Number.isNaN(value) ? 'ValueError' : 'OverflowError', 'cannot convert float to integer', place);
  return BigInt(round(value));
};

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));

function root(value: bigint): bigint {
  if (value < 2n) return value;
  let guess = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

function product(rt: Runtime, items: readonly Value[], start: Value, place: Place): Value {
  return items.reduce<Value>((total, item) => rt.binary('*', total, item, place), start);
}

const factorial: NativeCall = (rt, [n], _keywords, place) => {
  const value = intOf(rt, n, place);
  if (value < 0n) return rt.raise('ValueError', 'factorial() not defined for negative values', place);
  if (value > 1000n) return rt.unknown('budget', 'the factorial is too large', place);
  let result = 1n;
  for (let factor = 2n; factor <= value; factor += 1n) result *= factor;
  return result;
};

/** `math`: what every platform computes to the same bits; the rest is not modelled. */
export const mathModule: ModuleTable = {
  pi: () => Math.PI,
  e: () => Math.E,
  tau: () => 2 * Math.PI,
  inf: () => Infinity,
  nan: () => Number.NaN,
  ...strictFunctions({
    floor: whole(Math.floor, '__floor__'),
    ceil: whole(Math.ceil, '__ceil__'),
    trunc: whole(Math.trunc, '__trunc__'),
    sqrt: real((x) => Math.sqrt(x)),
    fabs: real((x) => Math.abs(x)),
    fmod: real((x, y) => x % y),
    copysign: real((x, y) => (Object.is(y, -0) || y < 0 ? -Math.abs(x) : Math.abs(x))),
    isnan: (rt, [x], _keywords, place) => Number.isNaN(floatOf(rt, x, place)),
    isinf: (rt, [x], _keywords, place) => Math.abs(floatOf(rt, x, place)) === Infinity,
    isfinite: (rt, [x], _keywords, place) => Number.isFinite(floatOf(rt, x, place)),
    gcd: (rt, args, _keywords, place) => args.map((arg) => intOf(rt, arg, place)).reduce(gcd, 0n),
    lcm: (rt, args, _keywords, place) =>
      args.map((arg) => intOf(rt, arg, place)).reduce((a, b) => (a === 0n || b === 0n ? 0n : (a * b) / gcd(a, b) < 0n ? -((a * b) / gcd(a, b)) : (a * b) / gcd(a, b)), 1n),
    isqrt: (rt, [n], _keywords, place) => {
      const value = intOf(rt, n, place);
      return value < 0n ? rt.raise('ValueError', 'isqrt() argument must be nonnegative', place) : root(value);
    },
    factorial,
    prod: (rt, [items = null], keywords, place) => {
      const found = rt.items(items, place);
      return found instanceof Unknown ? found : product(rt, found, keywords.get('start') ?? 1n, place);
    },
  }),
};
