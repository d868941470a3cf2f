import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import type { Keywords, NativeCall, PyClass, PyInstance, Value } from '../../values.js';
import { Unknown, notImplemented } from '../../values.js';
import type { Bound } from '../arguments.js';
import { bind, instanceOf, numberOf, plain, textOf } from '../arguments.js';
import { defineClass, firstUnknown, inertUnknown, propagating, propagatingAll } from '../define.js';
import { hiddenParts } from './hidden-moment.js';
import type { DateTimeState } from '../time-values.js';
import { dateTimeState, isoDate, isoTime, timedeltaState, timezoneName, timezoneState, toIso, utcMicroseconds, wallMicroseconds } from '../time-values.js';
import { daysInMonth, weekday } from './calendar.js';
import { clockOf } from './clock.js';
import { checkDate } from './date.js';
import { datetimeClass, fromUtc, fromWall, makeDateTime, moved, now } from './datetime.js';
import { pendulumZone } from './named-zones.js';
import { makeTimedelta, microsecondsOf, timedeltaClass } from './timedelta.js';

const units = 'years? months? weeks? days? hours? minutes? seconds? microseconds?';
const epoch: DateTimeState = { kind: 'datetime', year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, microsecond: 0, zone: undefined, fold: 0 };
const state = (value: Value | undefined): DateTimeState => dateTimeState(value) ?? epoch;

/** A `tz` argument: a name, an offset in hours, a zone object, None for a naive datetime. */
export function zoneOf(rt: Runtime, value: Value | undefined, place: Place): PyInstance | undefined {
  const inner = plain(value);
  if (inner === undefined || inner === null) return undefined;
  if (typeof inner === 'string') return pendulumZone(rt, inner, place);
  if (typeof inner === 'bigint' || typeof inner === 'number') return pendulumZone(rt, Number(inner) * 3600, place);
  return zoneInstance(rt, inner as PyInstance, place);
}

/** Pendulum turns zones of other libraries into its own. */
function zoneInstance(rt: Runtime, value: PyInstance, place: Place): PyInstance {
  const zone = timezoneState(value);
  if (!zone) return rt.raise('ValueError', 'Invalid timezone', place);
  if (zone.family === 'pendulum') return value;
  return pendulumZone(rt, zone.offsetSeconds === undefined || zone.name === 'UTC' ? zone.name : zone.offsetSeconds, place);
}

/** Moves by calendar units on the wall clock, then by clock units along the time line. */
function shift(rt: Runtime, self: Value, bound: Bound, sign: bigint, place: Place): Value {
  const moment = state(self);
  const count = (name: string): number => (bound[name] === undefined ? 0 : numberOf(rt, bound[name], place) * Number(sign));
  const months = moment.year * 12 + moment.month - 1 + count('years') * 12 + count('months');
  const [year, month] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1];
  const day = Math.min(moment.day, daysInMonth(year, month));
  const wall = wallMicroseconds({ ...moment, year, month, day }) + BigInt(count('days') + count('weeks') * 7) * 86_400_000_000n;
  const moved = fromWall(rt, wall, moment.zone, place, rt.classOf(self), moment.fold);
  const clock = { hours: bound.hours, minutes: bound.minutes, seconds: bound.seconds, microseconds: bound.microseconds };
  const rest = microsecondsOf(rt, clock, place) * sign;
  if (rest === 0n) return moved;
  const landed = state(moved);
  if (!landed.zone) return fromWall(rt, wallMicroseconds(landed) + rest, undefined, place, rt.classOf(self));
  return fromUtc(rt, utcMicroseconds(landed) + rest, landed.zone, place, rt.classOf(self));
}

const shifting = (name: string, sign: bigint): NativeCall => (rt, [self, ...args], keywords, place) =>
  shift(rt, self ?? null, bind(rt, name, units, args, keywords, place), sign, place);

/** Adding a duration counts its years and months on the calendar, a timedelta by microseconds. */
const arithmetic = (sign: bigint): NativeCall => (rt, [self, other], _keywords, place) => {
  const delta = timedeltaState(other);
  if (!delta) return sign < 0n ? difference(rt, self, other, place) : notImplemented;
  const parts = (delta as { calendar?: Bound }).calendar;
  const days = delta.microseconds / 86_400_000_000n;
  const base = parts ?? { days, microseconds: delta.microseconds % 86_400_000_000n };
  return shift(rt, self ?? null, base, sign, place);
};

function difference(rt: Runtime, self: Value | undefined, other: Value | undefined, place: Place): Value {
  const right = dateTimeState(other);
  if (!right) return notImplemented;
  const left = state(self);
  if ((left.zone === undefined) !== (right.zone === undefined)) rt.raise('TypeError', "can't subtract offset-naive and offset-aware datetimes", place);
  return makeTimedelta(rt, utcMicroseconds(left) - utcMicroseconds(right), place);
}

const startOf: NativeCall = (rt, [self, unit], _keywords, place) => {
  const moment = state(self);
  const midnight = { ...moment, hour: 0, minute: 0, second: 0, microsecond: 0 };
  const starts: Record<string, DateTimeState> = {
    second: { ...moment, microsecond: 0 }, minute: { ...moment, second: 0, microsecond: 0 }, hour: { ...moment, minute: 0, second: 0, microsecond: 0 },
    day: midnight, month: { ...midnight, day: 1 }, year: { ...midnight, month: 1, day: 1 },
  };
  if (unit === 'week') return fromWall(rt, wallMicroseconds(midnight) - BigInt(weekday(moment.year, moment.month, moment.day)) * 86_400_000_000n, moment.zone, place, rt.classOf(self ?? null));
  const found = starts[textOf(rt, unit, place)];
  return found ? makeDateTime(rt, found, rt.classOf(self ?? null)) : inertUnknown(`start_of('${String(unit)}') is not modelled`, place, '', 'datetime');
};

const inZone: NativeCall = (rt, [self, zone], _keywords, place) => {
  const moment = state(self);
  const target = zoneOf(rt, zone, place);
  if (!target) return rt.raise('ValueError', 'Invalid timezone', place);
  if (!moment.zone) return makeDateTime(rt, { ...moment, zone: target }, rt.classOf(self ?? null));
  return fromUtc(rt, utcMicroseconds(moment), target, place, rt.classOf(self ?? null));
};

/** `now`, `today` and their like: without a zone they take the machine's. `index` is the place of the zone. */
export const pendulumNow = (index: number): NativeCall => (rt, args, keywords, place) => {
  const zone = keywords.get('tz') ?? args[index] ?? null;
  if (zone !== null && zone !== 'local') return now(rt, [null, zone], new Map(), place);
  return new Unknown({ kind: 'time', text: 'the current time in the time zone of the machine', place }, 'pendulum.now', true, 'datetime');
};

/** `pendulum.DateTime` of the run. */
export const pendulumDateTimeClass: (rt: Runtime) => PyClass = defineClass({
  name: 'DateTime',
  module: 'pendulum.datetime',
  bases: [datetimeClass],
  isOpen: true,
  methods: {
    __add__: moved(arithmetic(1n)),
    __radd__: moved(arithmetic(1n)),
    __sub__: moved(arithmetic(-1n)),
    add: moved(shifting('add', 1n)),
    subtract: moved(shifting('subtract', -1n)),
    ...propagatingAll({
    __repr__: (rt, [self], _keywords, place) => {
      const moment = state(self);
      const zone = moment.zone === undefined ? '' : rt.repr(moment.zone, place);
      if (typeof zone !== 'string') return zone;
      const fraction = moment.microsecond === 0 ? '' : `, ${moment.microsecond}`;
      return `DateTime(${moment.year}, ${moment.month}, ${moment.day}, ${moment.hour}, ${moment.minute}, ${moment.second}${fraction}${zone === '' ? '' : `, tzinfo=${zone}`})`;
    },
    start_of: startOf,
    in_timezone: inZone,
    in_tz: inZone,
    set: (rt, [self, ...args], keywords, place) => {
      const { tz, ...rest } = Object.fromEntries(keywords);
      const changed = rt.call(rt.getAttribute(self ?? null, 'replace', place), args, new Map(Object.entries(rest)), place);
      return tz === undefined ? changed : makeDateTime(rt, { ...state(changed), zone: zoneOf(rt, tz, place) }, rt.classOf(self ?? null));
    },
    to_date_string: (_rt, [self]) => isoDate(state(self)),
    to_time_string: (_rt, [self]) => isoTime({ ...state(self), microsecond: 0 }),
    to_datetime_string: (_rt, [self]) => `${isoDate(state(self))} ${isoTime({ ...state(self), microsecond: 0 })}`,
    to_iso8601_string: (_rt, [self]) => (toIso(self ?? null) ?? '').replace(/\+00:00$/, timezoneName(self ?? null) === 'UTC' ? 'Z' : '+00:00'),
    naive: (rt, [self]) => makeDateTime(rt, { ...state(self), zone: undefined }, rt.classOf(self ?? null)),
    format: (_rt, _args, _keywords, place) => inertUnknown('pendulum format() is not modelled', place, '', 'str'),
    diff: (_rt, _args, _keywords, place) => inertUnknown('pendulum diff() is not modelled', place, '', 'timedelta'),
    }),
  },
  classMethods: { now: pendulumNow(1), utcnow: (rt, _args, _keywords, place) => now(rt, [null, 'UTC'], new Map(), place), today: pendulumNow(1) },
  properties: {
    timezone: (_rt, self) => state(self).zone ?? null,
    tz: (_rt, self) => state(self).zone ?? null,
    timezone_name: (_rt, self) => timezoneName(self) ?? null,
    day_of_week: (rt, _self, place) => rt.unknown('version', 'day_of_week counts from Sunday in pendulum 2 and from Monday in pendulum 3', place),
    days_in_month: (_rt, self) => BigInt(daysInMonth(state(self).year, state(self).month)),
    quarter: (_rt, self) => BigInt(Math.ceil(state(self).month / 3)),
    int_timestamp: (_rt, self) => utcMicroseconds(state(self)) / 1_000_000n,
  },
});

/** `pendulum.datetime(...)`: in UTC unless told otherwise. */
export const makePendulum: NativeCall = (rt, args, keywords, place) => {
  const bound = bind(rt, 'datetime', 'year month day hour? minute? second? microsecond? tz? fold?', args, keywords, place);
  const hidden = firstUnknown(args, keywords);
  if (hidden) return hiddenParts(hidden, 'tz' in bound ? bound.tz : 'UTC');
  const [year = 0, month = 0, day = 0] = [bound.year, bound.month, bound.day].map((value) => numberOf(rt, value, place));
  checkDate(rt, year, month, day, place);
  const { tz, ...rest } = bound;
  const zone = 'tz' in bound ? zoneOf(rt, tz, place) : pendulumZone(rt, 'UTC', place);
  return makeDateTime(rt, { ...clockOf(rt, rest, epoch, place), year, month, day, zone, fold: bound.fold === undefined ? 0 : numberOf(rt, bound.fold, place) }, pendulumDateTimeClass(rt));
};

/** `pendulum.Duration` of the run. */
export const durationClass = defineClass({
  name: 'Duration',
  module: 'pendulum.duration',
  bases: [timedeltaClass],
  isOpen: true,
  construct: (rt, cls, args, keywords, place) => propagating(() => makeDuration(rt, cls, args, keywords, place))(rt, args, keywords, place),
  methods: {
    __repr__: (_rt, _args, _keywords, place) => inertUnknown('the text of a pendulum duration is not modelled', place, '', 'str'),
    __str__: (_rt, _args, _keywords, place) => inertUnknown('the text of a pendulum duration is not modelled', place, '', 'str'),
    in_seconds: (_rt, [self]) => (timedeltaState(self)?.microseconds ?? 0n) / 1_000_000n,
    in_minutes: (_rt, [self]) => (timedeltaState(self)?.microseconds ?? 0n) / 60_000_000n,
    in_hours: (_rt, [self]) => (timedeltaState(self)?.microseconds ?? 0n) / 3_600_000_000n,
    in_days: (_rt, [self]) => (timedeltaState(self)?.microseconds ?? 0n) / 86_400_000_000n,
    total_minutes: (_rt, [self]) => Number(timedeltaState(self)?.microseconds ?? 0n) / 6e7,
    total_hours: (_rt, [self]) => Number(timedeltaState(self)?.microseconds ?? 0n) / 3.6e9,
    total_days: (_rt, [self]) => Number(timedeltaState(self)?.microseconds ?? 0n) / 8.64e10,
  },
});

function makeDuration(rt: Runtime, cls: PyClass, args: readonly Value[], keywords: Keywords, place: Place): Value {
  const names = 'days? seconds? microseconds? milliseconds? minutes? hours? weeks? years? months?';
  const bound = bind(rt, 'duration', names, args, keywords, place);
  const days = (bound.years === undefined ? 0n : BigInt(numberOf(rt, bound.years, place)) * 365n) + (bound.months === undefined ? 0n : BigInt(numberOf(rt, bound.months, place)) * 30n);
  const microseconds = microsecondsOf(rt, bound, place) + days * 86_400_000_000n;
  const isCalendar = bound.years !== undefined || bound.months !== undefined;
  const { milliseconds, ...calendar } = bound;
  if (isCalendar && milliseconds !== undefined) return new Unknown({ kind: 'not_modelled', text: 'this duration is not modelled', place }, '', true, 'timedelta');
  return instanceOf(rt, cls, { kind: 'timedelta', microseconds, ...(isCalendar ? { calendar } : {}) });
}
