import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import type { NativeCall, PyClass, PyInstance, Value } from '../../values.js';
import { Unknown, notImplemented } from '../../values.js';
import { bind, hashOfText, instanceOf, numberOf, textOf } from '../arguments.js';
import { defineClass, inertUnknown, propagating, propagatingAll } from '../define.js';
import type { DateState } from '../time-values.js';
import { dateState, dateTimeState, isoDate, timedeltaState } from '../time-values.js';
import { dateFromDays, dayNames, daysFromDate, daysInMonth, isoCalendar, monthNames, weekday } from './calendar.js';
import { format } from './format.js';
import { microsecondsPerDay } from './parts.js';
import { parseIsoDate } from './read.js';
import { makeTimedelta } from './timedelta.js';

/** A date of the class; raises ValueError when there is no such day. */
export function makeDate(rt: Runtime, year: number, month: number, day: number, place: Place, cls: PyClass = dateClass(rt)): PyInstance {
  checkDate(rt, year, month, day, place);
  return instanceOf(rt, cls, { kind: 'date', year, month, day } satisfies DateState);
}

/** Raises ValueError when there is no such day. */
export function checkDate(rt: Runtime, year: number, month: number, day: number, place: Place): void {
  if (year < 1 || year > 9999) rt.raise('ValueError', `year ${year} is out of range`, place);
  if (month < 1 || month > 12) rt.raise('ValueError', 'month must be in 1..12', place);
  if (day < 1 || day > daysInMonth(year, month)) rt.raise('ValueError', 'day is out of range for month', place);
}

interface Day {
  year: number;
  month: number;
  day: number;
}

/** Year, month and day of a date or datetime. */
export function dayOf(value: Value | undefined): Day {
  return dateState(value) ?? dateTimeState(value) ?? { year: 1, month: 1, day: 1 };
}

const days = (value: Value | undefined): number => daysFromDate(dayOf(value).year, dayOf(value).month, dayOf(value).day);
const daysTo1970 = 719163;

const ordered = (compare: (a: number, b: number) => boolean): NativeCall => (_rt, [self, other]) =>
  dateState(self) && dateState(other) ? compare(days(self), days(other)) : notImplemented;

function shifted(rt: Runtime, self: Value, by: bigint, place: Place): Value {
  const state = dateState(self);
  if (!state) return notImplemented;
  const whole = Number((by - (((by % microsecondsPerDay) + microsecondsPerDay) % microsecondsPerDay)) / microsecondsPerDay);
  const { year, month, day } = dateFromDays(days(self) + whole);
  if (year < 1 || year > 9999) rt.raise('OverflowError', 'date value out of range', place);
  return makeDate(rt, year, month, day, place, rt.classOf(self));
}

function subtract(rt: Runtime, self: Value, other: Value | undefined, place: Place): Value {
  const delta = timedeltaState(other);
  if (delta) return shifted(rt, self, -delta.microseconds, place);
  if (!dateState(self) || !dateState(other)) return notImplemented;
  return makeTimedelta(rt, BigInt(days(self) - days(other)) * microsecondsPerDay, place);
}

/** `strftime` of a date. */
function dateFormat(self: Value, pattern: string, place: Place): Value {
  const state = { ...dayOf(self), kind: 'datetime', hour: 0, minute: 0, second: 0, microsecond: 0, zone: undefined, fold: 0 } as const;
  return format(state, pattern, { offset: () => '', name: () => '' }) ?? inertUnknown(`strftime('${pattern}') is not modelled`, place, '', 'str');
}

const clock: NativeCall = (_rt, _args, _keywords, place) =>
  new Unknown({ kind: 'time', text: 'date.today() differs at every parse', place }, 'datetime.date.today', true, 'date');

/** Methods that only look at year, month and day: datetime has them too. */
export const dayMethods: Readonly<Record<string, NativeCall>> = {
  weekday: (_rt, [self]) => BigInt(weekday(dayOf(self).year, dayOf(self).month, dayOf(self).day)),
  isoweekday: (_rt, [self]) => BigInt(weekday(dayOf(self).year, dayOf(self).month, dayOf(self).day) + 1),
  toordinal: (_rt, [self]) => BigInt(days(self) + daysTo1970),
  isocalendar: (rt, [self]) => {
    const iso = isoCalendar(dayOf(self).year, dayOf(self).month, dayOf(self).day);
    return rt.tuple([BigInt(iso.year), BigInt(iso.week), BigInt(iso.weekday)]);
  },
  __format__: (rt, [self, spec], _keywords, place) => {
    const pattern = textOf(rt, spec, place);
    if (pattern === '') return rt.str(self ?? null, place);
    return rt.call(rt.getAttribute(self ?? null, 'strftime', place), [pattern], new Map(), place);
  },
};

/** Properties that date and datetime share. */
export const dayProperties: Readonly<Record<string, (rt: Runtime, self: Value) => Value>> = {
  year: (_rt, self) => BigInt(dayOf(self).year),
  month: (_rt, self) => BigInt(dayOf(self).month),
  day: (_rt, self) => BigInt(dayOf(self).day),
};

/** `ctime()` without the clock. */
export function dayText(day: Day): string {
  const name = dayNames[weekday(day.year, day.month, day.day)] ?? '';
  return `${name.slice(0, 3)} ${(monthNames[day.month - 1] ?? '').slice(0, 3)} ${String(day.day).padStart(2)}`;
}

/** `datetime.date` of the run. */
export const dateClass = defineClass({
  name: 'date',
  module: 'datetime',
  unmodelled: ['timetuple'],
  construct: (rt, cls, args, keywords, place) =>
    propagating(() => {
      const { year, month, day } = bind(rt, 'date', 'year month day', args, keywords, place);
      return makeDate(rt, numberOf(rt, year, place), numberOf(rt, month, place), numberOf(rt, day, place), place, cls);
    })(rt, args, keywords, place),
  methods: propagatingAll({
    ...dayMethods,
    __init__: () => null,
    __add__: (rt, [self, other], _keywords, place) => {
      const delta = timedeltaState(other);
      return delta ? shifted(rt, self ?? null, delta.microseconds, place) : notImplemented;
    },
    __radd__: (rt, [self, other], _keywords, place) => {
      const delta = timedeltaState(other);
      return delta ? shifted(rt, self ?? null, delta.microseconds, place) : notImplemented;
    },
    __sub__: (rt, [self, other], _keywords, place) => subtract(rt, self ?? null, other, place),
    __eq__: ordered((a, b) => a === b),
    __lt__: ordered((a, b) => a < b),
    __le__: ordered((a, b) => a <= b),
    __gt__: ordered((a, b) => a > b),
    __ge__: ordered((a, b) => a >= b),
    __hash__: (_rt, [self]) => hashOfText(`date:${days(self)}`),
    __str__: (_rt, [self]) => isoDate(dayOf(self)),
    __repr__: (_rt, [self]) => `datetime.date(${dayOf(self).year}, ${dayOf(self).month}, ${dayOf(self).day})`,
    isoformat: (_rt, [self]) => isoDate(dayOf(self)),
    ctime: (_rt, [self]) => `${dayText(dayOf(self))} 00:00:00 ${dayOf(self).year}`,
    strftime: (rt, [self, pattern], _keywords, place) => dateFormat(self ?? null, textOf(rt, pattern, place), place),
    replace: (rt, [self, ...args], keywords, place) => {
      const { year, month, day } = bind(rt, 'replace', 'year? month? day?', args, keywords, place);
      const old = dayOf(self);
      const pick = (value: Value | undefined, otherwise: number): number => (value === undefined ? otherwise : numberOf(rt, value, place));
      return makeDate(rt, pick(year, old.year), pick(month, old.month), pick(day, old.day), place, rt.classOf(self ?? null));
    },
  }),
  classMethods: {
    today: clock,
    fromisoformat: propagating((rt, [cls, text], _keywords, place) => {
      const found = parseIsoDate(textOf(rt, text, place));
      if (!found) return rt.raise('ValueError', `Invalid isoformat string: ${String(text)}`, place);
      return rt.call(cls ?? null, [found.year, found.month, found.day].map(BigInt), new Map(), place);
    }),
    fromordinal: propagating((rt, [cls, ordinal], _keywords, place) => {
      const found = dateFromDays(numberOf(rt, ordinal, place) - daysTo1970);
      return rt.call(cls ?? null, [found.year, found.month, found.day].map(BigInt), new Map(), place);
    }),
  },
  properties: dayProperties,
  attributes: (rt, cls) => ({
    min: instanceOf(rt, cls, { kind: 'date', year: 1, month: 1, day: 1 }),
    max: instanceOf(rt, cls, { kind: 'date', year: 9999, month: 12, day: 31 }),
  }),
});
