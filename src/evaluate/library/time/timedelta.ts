import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import type { NativeCall, PyClass, PyInstance, Value } from '../../values.js';
import { notImplemented } from '../../values.js';
import { bind, floatOf, hashOfText, instanceOf, plain } from '../arguments.js';
import { defineClass, propagating, propagatingAll } from '../define.js';
import { timedeltaState } from '../time-values.js';
import { pad } from './calendar.js';
import { microsecondsPerDay } from './parts.js';

const unitMicroseconds: Readonly<Record<string, bigint>> = {
  days: 86_400_000_000n, seconds: 1_000_000n, microseconds: 1n, milliseconds: 1000n,
  minutes: 60_000_000n, hours: 3_600_000_000n, weeks: 604_800_000_000n,
};

/** Microseconds of a duration given in units, each an int or a float. */
export function microsecondsOf(rt: Runtime, units: Readonly<Record<string, Value | undefined>>, place: Place): bigint {
  let total = 0n;
  for (const [name, size] of Object.entries(unitMicroseconds)) {
    const value = plain(units[name]);
    if (value === undefined) continue;
    if (typeof value === 'number') total += scaled(rt, value, size, place);
    else if (typeof value === 'bigint' || typeof value === 'boolean') total += BigInt(value) * size;
    else rt.raise('TypeError', `unsupported type for timedelta ${name} component: ${rt.classOf(value ?? null).name}`, place);
  }
  return total;
}

// A float is whole plus fraction; only the fraction is rounded, so that large values stay exact.
function scaled(rt: Runtime, value: number, size: bigint, place: Place): bigint {
  if (!Number.isFinite(value)) return rt.raise(Number.isNaN(value) ? 'ValueError' : 'OverflowError', 'cannot convert float to integer', place);
  const whole = Math.trunc(value);
  return BigInt(whole) * size + BigInt(roundHalfEven((value - whole) * Number(size)));
}

/** Rounds to the nearest integer, halves to even, as Python's round. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** A `datetime.timedelta`. */
export function makeTimedelta(rt: Runtime, microseconds: bigint, place: Place, cls: PyClass = timedeltaClass(rt)): PyInstance {
  const limit = 1_000_000_000n * microsecondsPerDay;
  if (microseconds >= limit || microseconds <= -limit) rt.raise('OverflowError', 'days out of range for a timedelta', place);
  return instanceOf(rt, cls, { kind: 'timedelta', microseconds });
}

const micros = (value: Value | undefined): bigint => timedeltaState(value)?.microseconds ?? 0n;
const floorDivide = (a: bigint, b: bigint): bigint => (a - modulo(a, b)) / b;
const modulo = (a: bigint, b: bigint): bigint => ((a % b) + b) % b;

/** Divides and rounds halves to even. */
function divideHalfEven(a: bigint, b: bigint): bigint {
  const [top, bottom] = b < 0n ? [-a, -b] : [a, b];
  const quotient = floorDivide(top, bottom);
  const twice = modulo(top, bottom) * 2n;
  return twice > bottom || (twice === bottom && quotient % 2n !== 0n) ? quotient + 1n : quotient;
}

function multiplied(rt: Runtime, self: Value, factor: Value, place: Place): Value {
  if (typeof factor === 'bigint' || typeof factor === 'boolean') return makeTimedelta(rt, micros(self) * BigInt(factor), place);
  if (typeof factor !== 'number') return notImplemented;
  const [top, bottom] = ratio(factor);
  return makeTimedelta(rt, divideHalfEven(micros(self) * top, bottom), place);
}

/** A float as an exact fraction. */
export function ratio(value: number): readonly [bigint, bigint] {
  let bottom = 1n;
  let top = value;
  while (!Number.isInteger(top)) {
    top *= 2;
    bottom *= 2n;
  }
  return [BigInt(top), bottom];
}

const binary = (change: (rt: Runtime, self: bigint, other: bigint, place: Place) => Value): NativeCall =>
  propagating((rt, [self, other], _keywords, place) =>
    timedeltaState(other) ? change(rt, micros(self), micros(other), place) : notImplemented);

const nonZero = (rt: Runtime, value: bigint, place: Place): bigint =>
  value === 0n ? rt.raise('ZeroDivisionError', 'integer division or modulo by zero', place) : value;

function divided(rt: Runtime, self: Value, other: Value, place: Place): Value {
  const delta = timedeltaState(other);
  if (delta) return Number(micros(self)) / Number(nonZero(rt, delta.microseconds, place));
  if (typeof other === 'bigint' || typeof other === 'boolean') return makeTimedelta(rt, divideHalfEven(micros(self), nonZero(rt, BigInt(other), place)), place);
  if (typeof other !== 'number') return notImplemented;
  const [top, bottom] = ratio(other);
  return makeTimedelta(rt, divideHalfEven(micros(self) * bottom, nonZero(rt, top, place)), place);
}

function floored(rt: Runtime, self: Value, other: Value, place: Place): Value {
  const delta = timedeltaState(other);
  if (delta) return floorDivide(micros(self), nonZero(rt, delta.microseconds, place));
  if (typeof other !== 'bigint') return notImplemented;
  return makeTimedelta(rt, floorDivide(micros(self), nonZero(rt, other, place)), place);
}

/** `str()` of a timedelta. */
export function timedeltaText(microseconds: bigint): string {
  const days = floorDivide(microseconds, microsecondsPerDay);
  const rest = modulo(microseconds, microsecondsPerDay);
  const seconds = Number(rest / 1_000_000n);
  const fraction = rest % 1_000_000n;
  const clock = `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}`;
  const prefix = days === 0n ? '' : `${days} day${days === 1n || days === -1n ? '' : 's'}, `;
  return `${prefix}${clock}${fraction === 0n ? '' : `.${pad(fraction, 6)}`}`;
}

function timedeltaRepr(microseconds: bigint): string {
  const days = floorDivide(microseconds, microsecondsPerDay);
  const rest = modulo(microseconds, microsecondsPerDay);
  const parts = [['days', days], ['seconds', rest / 1_000_000n], ['microseconds', rest % 1_000_000n]] as const;
  const texts = parts.filter(([, value]) => value !== 0n).map(([name, value]) => `${name}=${value}`);
  return `datetime.timedelta(${texts.join(', ') || '0'})`;
}

/** `datetime.timedelta` of the run. */
export const timedeltaClass = defineClass({
  name: 'timedelta',
  module: 'datetime',
  construct: (rt, cls, args, keywords, place) =>
    propagating(() => {
      const units = bind(rt, 'timedelta', 'days? seconds? microseconds? milliseconds? minutes? hours? weeks?', args, keywords, place);
      return makeTimedelta(rt, microsecondsOf(rt, units, place), place, cls);
    })(rt, args, keywords, place),
  methods: propagatingAll({
    __init__: () => null,
    __add__: binary((rt, a, b, place) => makeTimedelta(rt, a + b, place)),
    __radd__: binary((rt, a, b, place) => makeTimedelta(rt, a + b, place)),
    __sub__: binary((rt, a, b, place) => makeTimedelta(rt, a - b, place)),
    __rsub__: binary((rt, a, b, place) => makeTimedelta(rt, b - a, place)),
    __mul__: (rt, [self, other], _keywords, place) => multiplied(rt, self ?? null, other ?? null, place),
    __rmul__: (rt, [self, other], _keywords, place) => multiplied(rt, self ?? null, other ?? null, place),
    __truediv__: (rt, [self, other], _keywords, place) => divided(rt, self ?? null, other ?? null, place),
    __floordiv__: (rt, [self, other], _keywords, place) => floored(rt, self ?? null, other ?? null, place),
    __mod__: binary((rt, a, b, place) => makeTimedelta(rt, modulo(a, nonZero(rt, b, place)), place)),
    __divmod__: binary((rt, a, b, place) =>
      rt.tuple([floorDivide(a, nonZero(rt, b, place)), makeTimedelta(rt, modulo(a, b), place)])),
    __neg__: (rt, [self], _keywords, place) => makeTimedelta(rt, -micros(self), place),
    __pos__: (rt, [self], _keywords, place) => makeTimedelta(rt, micros(self), place),
    __abs__: (rt, [self], _keywords, place) => makeTimedelta(rt, micros(self) < 0n ? -micros(self) : micros(self), place),
    __bool__: (_rt, [self]) => micros(self) !== 0n,
    __eq__: binary((_rt, a, b) => a === b),
    __lt__: binary((_rt, a, b) => a < b),
    __le__: binary((_rt, a, b) => a <= b),
    __gt__: binary((_rt, a, b) => a > b),
    __ge__: binary((_rt, a, b) => a >= b),
    __hash__: (_rt, [self]) => hashOfText(`timedelta:${micros(self)}`),
    __str__: (_rt, [self]) => timedeltaText(micros(self)),
    __repr__: (_rt, [self]) => timedeltaRepr(micros(self)),
    total_seconds: (_rt, [self]) => Number(micros(self)) / 1e6,
  }),
  properties: {
    days: (_rt, self) => floorDivide(micros(self), microsecondsPerDay),
    seconds: (_rt, self) => modulo(micros(self), microsecondsPerDay) / 1_000_000n,
    microseconds: (_rt, self) => modulo(micros(self), 1_000_000n),
  },
  attributes: (rt, cls) => {
    const limit = 1_000_000_000n * microsecondsPerDay;
    const make = (microseconds: bigint): Value => instanceOf(rt, cls, { kind: 'timedelta', microseconds });
    return { min: make(-999_999_999n * microsecondsPerDay), max: make(limit - 1n), resolution: make(1n) };
  },
});

/** A number of seconds (int or float) as microseconds. */
export function secondsToMicroseconds(rt: Runtime, value: Value, place: Place): bigint {
  return scaled(rt, floatOf(rt, value, place), 1_000_000n, place);
}
