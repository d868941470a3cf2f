import { dateFromDays, daysFromDate, pad } from './time/calendar.js';
import { offsetAt, offsetOfWall } from './time/zones.js';
import type { DateState, DateTimeState, TimeDeltaState, TimeState, TimeZoneState } from './time/parts.js';
import { microsecondsPerDay } from './time/parts.js';
import type { Value } from '../values.js';
import { stateOf } from './arguments.js';

export type { DateState, DateTimeState, TimeDeltaState, TimeState, TimeZoneState } from './time/parts.js';

export const dateTimeState = (value: Value | undefined): DateTimeState | undefined => stateOf<DateTimeState>(value, 'datetime');
export const dateState = (value: Value | undefined): DateState | undefined => stateOf<DateState>(value, 'date');
export const timeState = (value: Value | undefined): TimeState | undefined => stateOf<TimeState>(value, 'time');
export const timedeltaState = (value: Value | undefined): TimeDeltaState | undefined => stateOf<TimeDeltaState>(value, 'timedelta');
export const timezoneState = (value: Value | undefined): TimeZoneState | undefined => stateOf<TimeZoneState>(value, 'timezone');

/** `isoformat()` of a date, time or datetime; undefined for anything else. */
export function toIso(value: Value): string | undefined {
  const moment = dateTimeState(value);
  if (moment) return `${isoDate(moment)}T${isoTime(moment)}${offsetText(offsetSeconds(moment))}`;
  const date = dateState(value);
  if (date) return isoDate(date);
  const time = timeState(value);
  return time ? `${isoTime(time)}${offsetText(timeOffset(time))}` : undefined;
}

/** Seconds of a timedelta (with a fraction); undefined for anything else. */
export function timedeltaSeconds(value: Value): number | undefined {
  const state = timedeltaState(value);
  return state && Number(state.microseconds) / 1e6;
}

/** Name of a time zone object, or of the zone of a datetime; undefined when it has none. */
export function timezoneName(value: Value): string | undefined {
  return (timezoneState(value) ?? timezoneState(dateTimeState(value)?.zone))?.name;
}

export function isoDate(date: { year: number; month: number; day: number }): string {
  return `${pad(date.year, 4)}-${pad(date.month, 2)}-${pad(date.day, 2)}`;
}

export function isoTime(time: { hour: number; minute: number; second: number; microsecond: number }): string {
  const base = `${pad(time.hour, 2)}:${pad(time.minute, 2)}:${pad(time.second, 2)}`;
  return time.microsecond === 0 ? base : `${base}.${pad(time.microsecond, 6)}`;
}

/** `+01:00` and the like; empty without an offset. */
export function offsetText(seconds: number | undefined, separator = ':'): string {
  if (seconds === undefined) return '';
  const size = Math.abs(seconds);
  const rest = size % 60 === 0 ? '' : `${separator}${pad(size % 60, 2)}`;
  return `${seconds < 0 ? '-' : '+'}${pad(Math.floor(size / 3600), 2)}${separator}${pad(Math.floor(size / 60) % 60, 2)}${rest}`;
}

/** Microseconds since 1970 of the wall clock, as if it were UTC. */
export function wallMicroseconds(state: DateTimeState): bigint {
  const days = BigInt(daysFromDate(state.year, state.month, state.day)) * microsecondsPerDay;
  const seconds = BigInt(state.hour * 3600 + state.minute * 60 + state.second) * 1_000_000n;
  return days + seconds + BigInt(state.microsecond);
}

/** Wall clock fields of so many microseconds since 1970. */
export function fieldsOfWall(microseconds: bigint): Omit<DateTimeState, 'kind' | 'zone' | 'fold'> {
  const rest = ((microseconds % microsecondsPerDay) + microsecondsPerDay) % microsecondsPerDay;
  const date = dateFromDays(Number((microseconds - rest) / microsecondsPerDay));
  const seconds = Number(rest / 1_000_000n);
  return {
    ...date,
    hour: Math.floor(seconds / 3600), minute: Math.floor(seconds / 60) % 60, second: seconds % 60,
    microsecond: Number(rest % 1_000_000n),
  };
}

/** Seconds east of UTC of a datetime; undefined when it is naive. */
export function offsetSeconds(state: DateTimeState): number | undefined {
  const zone = timezoneState(state.zone);
  if (!zone) return undefined;
  return zoneOffset(zone, Number(wallMicroseconds(state) / 1000n), state.fold);
}

/** Seconds east of UTC of a zone at a wall clock time. */
export function zoneOffset(zone: TimeZoneState, wallMilliseconds: number, fold: number): number {
  return zone.offsetSeconds ?? offsetOfWall(zone.name, wallMilliseconds, fold);
}

/** Seconds east of UTC of a zone at a moment. */
export function zoneOffsetAt(zone: TimeZoneState, milliseconds: number): number {
  return zone.offsetSeconds ?? offsetAt(zone.name, milliseconds);
}

function timeOffset(state: TimeState): number | undefined {
  return timezoneState(state.zone)?.offsetSeconds;
}

/** Microseconds since 1970 in UTC of an aware datetime; of the wall clock when it is naive. */
export function utcMicroseconds(state: DateTimeState): bigint {
  return wallMicroseconds(state) - BigInt(offsetSeconds(state) ?? 0) * 1_000_000n;
}
