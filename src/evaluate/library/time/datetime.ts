import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import type { NativeCall, PyClass, PyInstance, Value } from '../../values.js';
import { Unknown, notImplemented } from '../../values.js';
import { bind, hashOfText, instanceOf, numberOf, textOf } from '../arguments.js';
import { defineClass, firstUnknown, inertUnknown, propagating, propagatingAll } from '../define.js';
import type { DateTimeState } from '../time-values.js';
import {
  dateState, dateTimeState, fieldsOfWall, isoDate, isoTime, offsetSeconds, offsetText, timeState, timedeltaState, timezoneState,
  utcMicroseconds, wallMicroseconds, zoneOffsetAt,
} from '../time-values.js';
import { clockArguments, clockOf, makeTime, zoneArgument } from './clock.js';
import { checkDate, dateClass, dayMethods, dayProperties, dayText, makeDate } from './date.js';
import { format } from './format.js';
import { hiddenCombination, hiddenIn, hiddenMoment, hiddenParts, isMoment } from './hidden-moment.js';
import type { Moment } from './read.js';
import { parseByFormat, parseIso } from './read.js';
import { makeTimedelta, secondsToMicroseconds } from './timedelta.js';
import { makeFixedZone, tzname } from './timezone.js';

export type DateTimeFields = Omit<DateTimeState, 'kind'>;

/** A datetime of the class. The fields must be valid. */
export function makeDateTime(rt: Runtime, fields: DateTimeFields, cls: PyClass = datetimeClass(rt)): PyInstance {
  return instanceOf(rt, cls, { kind: 'datetime', ...fields } satisfies DateTimeState);
}

/** The datetime that a text says. */
export function momentToDateTime(rt: Runtime, moment: Moment, cls: PyClass): PyInstance {
  const { offset, ...fields } = moment;
  return makeDateTime(rt, { ...fields, zone: offset === undefined ? undefined : makeFixedZone(rt, offset), fold: 0 }, cls);
}

/** A datetime whose wall clock shows so many microseconds since 1970; raises OverflowError outside years 1-9999. */
export function fromWall(rt: Runtime, microseconds: bigint, zone: PyInstance | undefined, place: Place, cls: PyClass, fold = 0): PyInstance {
  const fields = fieldsOfWall(microseconds);
  if (fields.year < 1 || fields.year > 9999) rt.raise('OverflowError', 'date value out of range', place);
  return makeDateTime(rt, { ...fields, zone, fold }, cls);
}

/** A moment (microseconds since 1970, UTC) in a zone. */
export function fromUtc(rt: Runtime, microseconds: bigint, zone: PyInstance, place: Place, cls: PyClass): PyInstance {
  const state = timezoneState(zone);
  const milliseconds = Number(microseconds / 1000n);
  const offset = state ? zoneOffsetAt(state, milliseconds) : 0;
  const made = fromWall(rt, microseconds + BigInt(offset) * 1_000_000n, zone, place, cls);
  const first = dateTimeState(made);
  // The second pass through an hour that the clock shows twice is fold 1.
  if (!first || offsetSeconds(first) === offset) return made;
  return makeDateTime(rt, { ...first, fold: 1 }, cls);
}

const epoch: DateTimeState = { kind: 'datetime', year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, microsecond: 0, zone: undefined, fold: 0 };
const state = (value: Value | undefined): DateTimeState => dateTimeState(value) ?? epoch;

/** The first value that was given at all: None is a value. */
function firstGiven(...values: readonly (Value | undefined)[]): Value | undefined {
  return values.find((each) => each !== undefined);
}

function shifted(rt: Runtime, self: Value | undefined, by: bigint, place: Place): Value {
  return fromWall(rt, wallMicroseconds(state(self)) + by, state(self).zone, place, rt.classOf(self ?? null));
}

function subtract(rt: Runtime, self: Value | undefined, other: Value | undefined, place: Place): Value {
  const delta = timedeltaState(other);
  if (delta) return shifted(rt, self, -delta.microseconds, place);
  const right = dateTimeState(other);
  if (!right) return notImplemented;
  const left = state(self);
  if ((left.zone === undefined) !== (right.zone === undefined)) {
    rt.raise('TypeError', "can't subtract offset-naive and offset-aware datetimes", place);
  }
  if (left.zone === right.zone) return makeTimedelta(rt, wallMicroseconds(left) - wallMicroseconds(right), place);
  return makeTimedelta(rt, utcMicroseconds(left) - utcMicroseconds(right), place);
}

function compareMoments(left: DateTimeState, right: DateTimeState): bigint {
  return left.zone === right.zone ? wallMicroseconds(left) - wallMicroseconds(right) : utcMicroseconds(left) - utcMicroseconds(right);
}

const ordered = (test: (difference: bigint) => boolean): NativeCall => (rt, [self, other], _keywords, place) => {
  const right = dateTimeState(other);
  if (!right) return dateState(other) ? rt.raise('TypeError', "can't compare datetime.datetime to datetime.date", place) : notImplemented;
  if ((state(self).zone === undefined) !== (right.zone === undefined)) {
    rt.raise('TypeError', "can't compare offset-naive and offset-aware datetimes", place);
  }
  return test(compareMoments(state(self), right));
};

const equal: NativeCall = (_rt, [self, other]) => {
  const right = dateTimeState(other);
  if (!right) return notImplemented;
  return (state(self).zone === undefined) === (right.zone === undefined) && compareMoments(state(self), right) === 0n;
};

function strftime(value: Value, pattern: string, place: Place): Value {
  const moment = state(value);
  let hidden: Value | undefined;
  const name = (): string => {
    const text = moment.zone === undefined ? '' : tzname(timezoneState(moment.zone), moment, place);
    if (typeof text === 'string') return text;
    hidden = text;
    return '';
  };
  const text = format(moment, pattern, { offset: () => offsetText(offsetSeconds(moment), ''), name });
  return hidden ?? text ?? inertUnknown(`strftime('${pattern}') is not modelled`, place, '', 'str');
}

function isoformat(value: Value, separator: string, precision: string): string {
  const moment = state(value);
  const full = isoTime({ ...moment, microsecond: 1 });
  const fraction = String(moment.microsecond).padStart(6, '0');
  const clocks: Record<string, string> = {
    auto: isoTime(moment), hours: full.slice(0, 2), minutes: full.slice(0, 5), seconds: full.slice(0, 8),
    milliseconds: `${full.slice(0, 8)}.${fraction.slice(0, 3)}`, microseconds: `${full.slice(0, 8)}.${fraction}`,
  };
  return `${isoDate(moment)}${separator}${clocks[precision] ?? isoTime(moment)}${offsetText(offsetSeconds(moment))}`;
}

function repr(rt: Runtime, self: Value, place: Place): Value {
  const moment = state(self);
  const zone = moment.zone === undefined ? '' : rt.repr(moment.zone, place);
  if (typeof zone !== 'string') return zone;
  const cls = rt.classOf(self);
  const name = cls.module === 'datetime' ? cls.path : cls.name;
  const fold = moment.fold === 0 ? '' : ', fold=1';
  return `${name}(${moment.year}, ${moment.month}, ${moment.day}, ${clockArguments(moment)}${fold}${moment.zone ? `, tzinfo=${zone}` : ''})`;
}

function timestamp(self: Value, place: Place): Value {
  const moment = state(self);
  if (!moment.zone) return new Unknown({ kind: 'environment', text: 'the local time zone decides timestamp() of a naive datetime', place }, '', true, 'float');
  return Number(utcMicroseconds(moment)) / 1e6;
}

function astimezone(rt: Runtime, self: Value, zone: Value | undefined, place: Place): Value {
  const moment = state(self);
  if (!moment.zone || zone === undefined || zone === null) {
    return new Unknown({ kind: 'environment', text: 'the local time zone decides astimezone()', place }, '', true, 'datetime');
  }
  return fromUtc(rt, utcMicroseconds(moment), zoneArgument(rt, zone, place) ?? moment.zone, place, rt.classOf(self));
}

const parameters = 'year month day hour? minute? second? microsecond? tzinfo? * fold?';

const clockReason = (place: Place): Unknown['reason'] => ({ kind: 'time', text: 'the current time differs at every parse', place });

/** `now()` and its like: different at every parse, in the zone that is asked for. */
export const now: NativeCall = (_rt, [, zone], keywords, place) => hiddenIn(clockReason(place), keywords.get('tz') ?? zone, 'datetime.datetime.now');

/** `utcnow()` and `today()` give a naive moment. */
const naiveNow: NativeCall = (_rt, _args, _keywords, place) => hiddenMoment(clockReason(place), undefined, 'datetime.datetime.now');

/** Adding what isn't known leaves the zone as it is. */
export const moved = (call: NativeCall): NativeCall => (rt, args, keywords, place) => {
  const [self] = args;
  const other = args.slice(1).find((each) => each instanceof Unknown) ?? [...keywords.values()].find((each) => each instanceof Unknown);
  if (self instanceof Unknown || !(other instanceof Unknown)) return call(rt, args, keywords, place);
  return isMoment(other) ? new Unknown(other.reason, '', true, 'timedelta') : hiddenParts(other, state(self).zone ?? null);
};

const later: NativeCall = (rt, [self, other], _keywords, place) => {
  const delta = timedeltaState(other);
  return delta ? shifted(rt, self, delta.microseconds, place) : notImplemented;
};

/** `datetime.datetime` of the run. */
export const datetimeClass = defineClass({
  name: 'datetime',
  module: 'datetime',
  bases: [dateClass],
  unmodelled: ['utctimetuple', 'dst'],
  construct: (rt, cls, args, keywords, place) => {
    const hidden = firstUnknown(args, keywords);
    return hidden === undefined ? construct(rt, cls, args, keywords, place) : hiddenParts(hidden, firstGiven(keywords.get('tzinfo'), args[7]));
  },
  methods: {
    ...propagatingAll({
    ...dayMethods,
    __init__: () => null,
    __eq__: equal,
    __lt__: ordered((difference) => difference < 0n),
    __le__: ordered((difference) => difference <= 0n),
    __gt__: ordered((difference) => difference > 0n),
    __ge__: ordered((difference) => difference >= 0n),
    __hash__: (_rt, [self]) => hashOfText(`${state(self).zone ? 'moment' : 'wall'}:${utcMicroseconds(state(self))}`),
    __str__: (_rt, [self]) => isoformat(self ?? null, ' ', 'auto'),
    __repr__: (rt, [self], _keywords, place) => repr(rt, self ?? null, place),
    isoformat: (rt, [self, ...args], keywords, place) => {
      const { sep, timespec } = bind(rt, 'isoformat', 'sep? timespec?', args, keywords, place);
      return isoformat(self ?? null, sep === undefined ? 'T' : textOf(rt, sep, place), timespec === undefined ? 'auto' : textOf(rt, timespec, place));
    },
    strftime: (rt, [self, ...args], keywords, place) => strftime(self ?? null, textOf(rt, bind(rt, 'strftime', 'format', args, keywords, place).format, place), place),
    ctime: (_rt, [self]) => `${dayText(state(self))} ${isoTime({ ...state(self), microsecond: 0 })} ${state(self).year}`,
    date: (rt, [self], _keywords, place) => makeDate(rt, state(self).year, state(self).month, state(self).day, place),
    time: (rt, [self]) => makeTime(rt, { ...clockFields(state(self)), zone: undefined }),
    timetz: (rt, [self]) => makeTime(rt, clockFields(state(self))),
    timestamp: (_rt, [self], _keywords, place) => timestamp(self ?? null, place),
    astimezone: (rt, [self, ...args], keywords, place) => astimezone(rt, self ?? null, bind(rt, 'astimezone', 'tz?', args, keywords, place).tz, place),
    utcoffset: (rt, [self], _keywords, place) => {
      const offset = offsetSeconds(state(self));
      return offset === undefined ? null : makeTimedelta(rt, BigInt(offset) * 1_000_000n, place);
    },
    tzname: (_rt, [self], _keywords, place) => (state(self).zone ? tzname(timezoneState(state(self).zone), state(self), place) : null),
  }),
    replace: (rt, [self, ...args], keywords, place) => {
      const hidden = firstUnknown([self ?? null, ...args], keywords);
      if (hidden === undefined) return replace(rt, self ?? null, args, keywords, place);
      return hidden === self ? hidden : hiddenParts(hidden, firstGiven(keywords.get('tzinfo'), args[7], state(self).zone));
    },
    __add__: moved(later),
    __radd__: moved(later),
    __sub__: moved((rt, [self, other], _keywords, place) => subtract(rt, self, other, place)),
  },
  classMethods: {
    now,
    utcnow: naiveNow,
    today: naiveNow,
    strptime: (rt, [cls, text, pattern], _keywords, place) => {
      const hidden = firstUnknown([text ?? null, pattern ?? null]);
      if (hidden) return typeof pattern === 'string' && !/%z/i.test(pattern) ? hiddenParts(hidden, null) : hidden;
      const moment = parseByFormat(textOf(rt, text, place), textOf(rt, pattern, place));
      if (moment === undefined) return inertUnknown(`strptime() with '${String(pattern)}' is not modelled`, place, '', 'datetime');
      if (moment === 'mismatch') return rt.raise('ValueError', `time data '${String(text)}' does not match format '${String(pattern)}'`, place);
      return momentToDateTime(rt, moment, cls as PyClass);
    },
    fromisoformat: propagating((rt, [cls, text], _keywords, place) => {
      const moment = parseIso(textOf(rt, text, place));
      return moment ? momentToDateTime(rt, moment, cls as PyClass) : rt.raise('ValueError', `Invalid isoformat string: '${String(text)}'`, place);
    }),
    combine: (rt, [cls, ...args], keywords, place) => {
      const { date, time, tzinfo } = bind(rt, 'combine', 'date time tzinfo?', args, keywords, place);
      const hidden = firstUnknown([date ?? null, time ?? null, tzinfo ?? null]);
      if (hidden) return hiddenCombination(hidden, time, tzinfo);
      const [day, clock] = [dateState(date) ?? dateTimeState(date), timeState(time)];
      if (!day || !clock) return rt.raise('TypeError', 'combine() needs a date and a time', place);
      const zone = tzinfo === undefined ? clock.zone : zoneArgument(rt, tzinfo, place);
      return makeDateTime(rt, { ...clockFields(clock), zone, year: day.year, month: day.month, day: day.day }, cls as PyClass);
    },
    fromtimestamp: propagating((rt, [cls, ...args], keywords, place) => {
      const { timestamp: seconds, tz } = bind(rt, 'fromtimestamp', 'timestamp tz?', args, keywords, place);
      const zone = zoneArgument(rt, tz, place);
      if (!zone) return new Unknown({ kind: 'environment', text: 'the local time zone decides fromtimestamp()', place }, '', true, 'datetime');
      return fromUtc(rt, secondsToMicroseconds(rt, seconds ?? null, place), zone, place, cls as PyClass);
    }),
    utcfromtimestamp: propagating((rt, [cls, seconds], _keywords, place) =>
      fromWall(rt, secondsToMicroseconds(rt, seconds ?? null, place), undefined, place, cls as PyClass)),
  },
  properties: {
    ...dayProperties,
    hour: (_rt, self) => BigInt(state(self).hour),
    minute: (_rt, self) => BigInt(state(self).minute),
    second: (_rt, self) => BigInt(state(self).second),
    microsecond: (_rt, self) => BigInt(state(self).microsecond),
    tzinfo: (_rt, self) => state(self).zone ?? null,
    fold: (_rt, self) => BigInt(state(self).fold),
  },
  attributes: (rt, cls) => ({
    min: makeDateTime(rt, { ...epoch, year: 1 }, cls),
    max: makeDateTime(rt, { ...epoch, year: 9999, month: 12, day: 31, hour: 23, minute: 59, second: 59, microsecond: 999_999 }, cls),
  }),
});

const clockFields = (from: Omit<DateTimeFields, 'year' | 'month' | 'day'>): Omit<DateTimeFields, 'year' | 'month' | 'day'> => ({
  hour: from.hour, minute: from.minute, second: from.second, microsecond: from.microsecond, zone: from.zone, fold: from.fold,
});

type Construct = NonNullable<PyClass['construct']>;

const construct: Construct = (rt, cls, args, keywords, place) => {
  const bound = bind(rt, 'datetime', parameters, args, keywords, place);
  const [year, month, day] = [bound.year, bound.month, bound.day].map((value) => numberOf(rt, value, place));
  checkDate(rt, year ?? 0, month ?? 0, day ?? 0, place);
  return makeDateTime(rt, { ...clockOf(rt, bound, epoch, place), year: year ?? 0, month: month ?? 0, day: day ?? 0 }, cls);
};

/** `replace()` with any of the fields. */
function replace(rt: Runtime, self: Value, args: readonly Value[], keywords: ReadonlyMap<string, Value>, place: Place): Value {
  const bound = bind(rt, 'replace', parameters.replace('year month day', 'year? month? day?'), args, keywords, place);
  const old = state(self);
  const pick = (name: 'year' | 'month' | 'day'): number => (bound[name] === undefined ? old[name] : numberOf(rt, bound[name], place));
  checkDate(rt, pick('year'), pick('month'), pick('day'), place);
  const fields = { ...clockOf(rt, bound, old, place), year: pick('year'), month: pick('month'), day: pick('day') };
  return makeDateTime(rt, fields, rt.classOf(self));
}

