import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type PySlice, Unknown, type Value } from '../../values.js';
import { asInteger } from './kinds.js';
import { callSpecial } from './special.js';

/** A slice fitted to a sequence: indices are `start`, `start + step`, ... `count` of them. */
export interface SliceIndices {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly count: number;
}

/** `slice.indices(length)` as numbers. */
export function sliceIndices(rt: Runtime, slice: PySlice, length: number, place: Place): SliceIndices | Unknown {
  const bounds = [slice.start, slice.stop, slice.step].map((bound) => sliceBound(rt, bound, place));
  for (const bound of bounds) if (bound instanceof Unknown) return bound;
  const [startBound, stopBound, stepBound] = bounds.map((bound) => (bound instanceof Unknown ? undefined : bound));
  const step = stepBound ?? 1;
  if (step === 0) return rt.raise('ValueError', 'slice step cannot be zero', place);
  const lower = step < 0 ? -1 : 0;
  const upper = step < 0 ? length - 1 : length;
  const fit = (bound: number): number => Math.min(Math.max(bound < 0 ? bound + length : bound, lower), upper);
  const start = startBound === undefined ? (step < 0 ? upper : lower) : fit(startBound);
  const stop = stopBound === undefined ? (step < 0 ? lower : upper) : fit(stopBound);
  const count = Math.max(0, Math.ceil((stop - start) / step));
  return { start, stop, step, count };
}

/** The chosen items of an array. */
export function pick<T>(source: readonly T[], { start, step, count }: SliceIndices): T[] {
  const result: T[] = [];
  for (let index = 0; index < count; index++) {
    const item = source[start + index * step];
    if (item !== undefined) result.push(item);
  }
  return result;
}

function sliceBound(rt: Runtime, bound: Value, place: Place): number | undefined | Unknown {
  if (bound === null) return undefined;
  const index = toIndex(rt, bound, place);
  if (index === undefined) {
    return rt.raise('TypeError', 'slice indices must be integers or None or have an __index__ method', place);
  }
  return index instanceof Unknown ? index : clampIndex(index);
}

/** An integer for indexing, `__index__` included; undefined when a value is none. */
export function toIndex(rt: Runtime, value: Value, place: Place): bigint | Unknown | undefined {
  if (value instanceof Unknown) return value;
  const integer = asInteger(value);
  if (integer !== undefined) return integer;
  const own = callSpecial(rt, value, '__index__', [], place);
  return own instanceof Unknown ? own : own === undefined ? undefined : asInteger(own);
}

/** Larger than any collection, and still exact as a number. */
const farAway = 2n ** 52n;

/** An index as a number; one beyond every collection stays beyond. */
export function clampIndex(index: bigint): number {
  if (index > farAway) return Number(farAway);
  return index < -farAway ? -Number(farAway) : Number(index);
}
