import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import type { NativeCall, PyClass, PyInstance, Value } from '../../values.js';
import { notImplemented } from '../../values.js';
import type { Bound } from '../arguments.js';
import { bind, hashOfText, instanceOf, numberOf, textOf } from '../arguments.js';
import { defineClass, inertUnknown, propagating, propagatingAll } from '../define.js';
import type { TimeState } from '../time-values.js';
import { timeState, timezoneState, toIso } from '../time-values.js';
import { format } from './format.js';
import { parseIsoTime } from './read.js';
import { makeFixedZone } from './timezone.js';

export type Clock = Omit<TimeState, 'kind'>;
const midnight: Clock = { hour: 0, minute: 0, second: 0, microsecond: 0, zone: undefined, fold: 0 };

/** The clock fields among bound arguments, the rest from `otherwise`. Raises ValueError outside their ranges. */
export function clockOf(rt: Runtime, bound: Bound, otherwise: Clock, place: Place): Clock {
  const pick = (name: 'hour' | 'minute' | 'second' | 'microsecond' | 'fold', limit: number): number => {
    const value = bound[name] === undefined ? otherwise[name] : numberOf(rt, bound[name], place);
    if (value < 0 || value >= limit) rt.raise('ValueError', `${name} must be in 0..${limit - 1}`, place);
    return value;
  };
  return {
    hour: pick('hour', 24), minute: pick('minute', 60), second: pick('second', 60),
    microsecond: pick('microsecond', 1_000_000), fold: pick('fold', 2),
    zone: 'tzinfo' in bound ? zoneArgument(rt, bound.tzinfo, place) : otherwise.zone,
  };
}

/** A tzinfo argument. */
export function zoneArgument(rt: Runtime, value: Value | undefined, place: Place): PyInstance | undefined {
  if (value === null || value === undefined) return undefined;
  if (timezoneState(value)) return value as PyInstance;
  return rt.raise('TypeError', `tzinfo argument must be None or of a tzinfo subclass, not type '${rt.classOf(value).name}'`, place);
}

const clock = (value: Value | undefined): Clock => timeState(value) ?? midnight;
const total = (value: Value | undefined): number => {
  const { hour, minute, second, microsecond } = clock(value);
  return (hour * 3600 + minute * 60 + second) * 1e6 + microsecond;
};
const ordered = (compare: (a: number, b: number) => boolean): NativeCall => (_rt, [self, other]) =>
  timeState(other) ? compare(total(self), total(other)) : notImplemented;

/** `, 3, 4` of a repr: seconds and microseconds only when they matter. */
export function clockArguments(state: Clock): string {
  const tail = state.microsecond !== 0 ? `, ${state.second}, ${state.microsecond}` : state.second !== 0 ? `, ${state.second}` : '';
  return `${state.hour}, ${state.minute}${tail}`;
}

/** A time of the class. */
export function makeTime(rt: Runtime, fields: Clock, cls: PyClass = timeClass(rt)): PyInstance {
  return instanceOf(rt, cls, { kind: 'time', ...fields } satisfies TimeState);
}

const parameters = 'hour? minute? second? microsecond? tzinfo? * fold?';

/** `datetime.time` of the run. */
export const timeClass = defineClass({
  name: 'time',
  module: 'datetime',
  unmodelled: ['utcoffset', 'dst', 'tzname', 'fold'],
  construct: (rt, cls, args, keywords, place) =>
    propagating(() => makeTime(rt, clockOf(rt, bind(rt, 'time', parameters, args, keywords, place), midnight, place), cls))(rt, args, keywords, place),
  methods: propagatingAll({
    __init__: () => null,
    __eq__: ordered((a, b) => a === b),
    __lt__: ordered((a, b) => a < b),
    __le__: ordered((a, b) => a <= b),
    __gt__: ordered((a, b) => a > b),
    __ge__: ordered((a, b) => a >= b),
    __hash__: (_rt, [self]) => hashOfText(`time:${total(self)}`),
    __str__: (_rt, [self]) => toIso(self ?? null) ?? '',
    __repr__: (rt, [self], _keywords, place) => {
      const zone = clock(self).zone;
      const zoneText = zone === undefined ? '' : rt.repr(zone, place);
      if (typeof zoneText !== 'string') return zoneText;
      return `datetime.time(${clockArguments(clock(self))}${zone === undefined ? '' : `, tzinfo=${zoneText}`})`;
    },
    isoformat: (_rt, [self]) => toIso(self ?? null) ?? '',
    strftime: (rt, [self, pattern], _keywords, place) => {
      const state = { kind: 'datetime', year: 1900, month: 1, day: 1, ...clock(self) } as const;
      return format(state, textOf(rt, pattern, place), { offset: () => '', name: () => '' }) ?? inertUnknown('this strftime() is not modelled', place, '', 'str');
    },
    __format__: (rt, [self, spec], _keywords, place) => {
      if (spec === '') return rt.str(self ?? null, place);
      return rt.call(rt.getAttribute(self ?? null, 'strftime', place), [spec ?? ''], new Map(), place);
    },
    replace: (rt, [self, ...args], keywords, place) =>
      makeTime(rt, clockOf(rt, bind(rt, 'replace', parameters, args, keywords, place), clock(self), place), rt.classOf(self ?? null)),
  }),
  classMethods: {
    fromisoformat: propagating((rt, [, text], _keywords, place) => {
      const found = parseIsoTime(textOf(rt, text, place));
      if (!found) return rt.raise('ValueError', `Invalid isoformat string: ${String(text)}`, place);
      const { offset, ...fields } = found;
      return makeTime(rt, { ...fields, zone: offset === undefined ? undefined : makeFixedZone(rt, offset), fold: 0 });
    }),
  },
  properties: {
    hour: (_rt, self) => BigInt(clock(self).hour),
    minute: (_rt, self) => BigInt(clock(self).minute),
    second: (_rt, self) => BigInt(clock(self).second),
    microsecond: (_rt, self) => BigInt(clock(self).microsecond),
    tzinfo: (_rt, self) => clock(self).zone ?? null,
  },
  attributes: (rt, cls) => ({
    min: makeTime(rt, midnight, cls),
    max: makeTime(rt, { ...midnight, hour: 23, minute: 59, second: 59, microsecond: 999_999 }, cls),
  }),
});
