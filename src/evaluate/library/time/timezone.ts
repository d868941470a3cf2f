import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import type { PyClass, PyInstance, Value } from '../../values.js';
import { notImplemented } from '../../values.js';
import { bind, hashOfText, instanceOf, textOf } from '../arguments.js';
import { defineClass, inertUnknown, propagating, propagatingAll } from '../define.js';
import type { DateTimeState, TimeZoneState } from '../time-values.js';
import { dateTimeState, offsetText, timedeltaState, timezoneState, wallMicroseconds, zoneOffset } from '../time-values.js';
import { makeTimedelta } from './timedelta.js';
import { abbreviationAt } from './zones.js';

const zoneOf = (value: Value | undefined): TimeZoneState | undefined => timezoneState(value);

/** `datetime.tzinfo`: the base of every time zone class. */
export const tzinfoClass = defineClass({
  name: 'tzinfo',
  module: 'datetime',
  unmodelled: ['fromutc'],
  methods: propagatingAll({
    utcoffset: (rt, [self, moment], _keywords, place) => utcoffset(rt, zoneOf(self), dateTimeState(moment), place),
    dst: (_rt, [self], _keywords, place) => (zoneOf(self)?.offsetSeconds === undefined ? inertUnknown('tzinfo.dst() is not modelled', place) : null),
    tzname: (_rt, [self, moment], _keywords, place) => tzname(zoneOf(self), dateTimeState(moment), place),
    __eq__: (_rt, [self, other]) => sameZone(zoneOf(self), zoneOf(other)),
    __hash__: (_rt, [self]) => hashOfText(`timezone:${zoneOf(self)?.offsetSeconds ?? zoneOf(self)?.name}`),
  }),
});

function sameZone(a: TimeZoneState | undefined, b: TimeZoneState | undefined): Value {
  if (!a || !b || a.family !== b.family) return notImplemented;
  return a.offsetSeconds === undefined ? a.name === b.name : a.offsetSeconds === b.offsetSeconds;
}

function utcoffset(rt: Runtime, zone: TimeZoneState | undefined, moment: DateTimeState | undefined, place: Place): Value {
  if (!zone) return inertUnknown('utcoffset() of a time zone of the repository', place);
  if (zone.offsetSeconds !== undefined) return makeTimedelta(rt, BigInt(zone.offsetSeconds) * 1_000_000n, place);
  if (!moment) return null;
  return makeTimedelta(rt, BigInt(zoneOffset(zone, Number(wallMicroseconds(moment) / 1000n), moment.fold)) * 1_000_000n, place);
}

/** `tzname()` of a zone at a moment. */
export function tzname(zone: TimeZoneState | undefined, moment: DateTimeState | undefined, place: Place): Value {
  if (!zone) return inertUnknown('tzname() of a time zone of the repository', place);
  if (zone.offsetSeconds !== undefined) return zone.name;
  if (!moment) return null;
  const wall = Number(wallMicroseconds(moment) / 1000n);
  const name = abbreviationAt(zone.name, wall - zoneOffset(zone, wall, moment.fold) * 1000);
  return name ?? inertUnknown(`the abbreviation of ${zone.name} is not modelled`, place);
}

/** `datetime.timezone`, a fixed offset. */
export const timezoneClass = defineClass({
  name: 'timezone',
  module: 'datetime',
  bases: [tzinfoClass],
  construct: (rt, cls, args, keywords, place) =>
    propagating(() => {
      const { offset, name } = bind(rt, 'timezone', 'offset name?', args, keywords, place);
      const delta = timedeltaState(offset);
      if (!delta) return rt.raise('TypeError', 'timezone() argument 1 must be datetime.timedelta', place);
      const seconds = Number(delta.microseconds) / 1e6;
      if (Math.abs(seconds) >= 86400) rt.raise('ValueError', 'offset must be strictly between -24h and 24h', place);
      const own = name === undefined ? `UTC${seconds === 0 ? '' : offsetText(seconds)}` : textOf(rt, name, place);
      return makeFixed(rt, cls, seconds, own);
    })(rt, args, keywords, place),
  methods: {
    __init__: () => null,
    __str__: (_rt, [self]) => zoneOf(self)?.name ?? '',
    __repr__: (rt, [self], _keywords, place) => timezoneRepr(rt, zoneOf(self), place),
  },
  attributes: (rt, cls) => ({ utc: makeFixed(rt, cls, 0, 'UTC') }),
});

function timezoneRepr(rt: Runtime, zone: TimeZoneState | undefined, place: Place): Value {
  const seconds = zone?.offsetSeconds ?? 0;
  if (seconds === 0 && zone?.name === 'UTC') return 'datetime.timezone.utc';
  const delta = rt.repr(makeTimedelta(rt, BigInt(seconds) * 1_000_000n, place), place);
  if (typeof delta !== 'string') return delta;
  return zone?.name.startsWith('UTC') ? `datetime.timezone(${delta})` : `datetime.timezone(${delta}, '${zone?.name}')`;
}

function makeFixed(rt: Runtime, cls: PyClass, offset: number, name: string): PyInstance {
  return instanceOf(rt, cls, { kind: 'timezone', name, offsetSeconds: offset, family: 'datetime' } satisfies TimeZoneState);
}

/** A fixed offset of `datetime.timezone`. */
export function makeFixedZone(rt: Runtime, offset: number): PyInstance {
  if (offset === 0) return timezoneClass(rt).attributes.get('utc') as PyInstance;
  return makeFixed(rt, timezoneClass(rt), offset, `UTC${offsetText(offset)}`);
}

// One object per zone and run: Python caches them too, so `is` holds.
const zoneKeys = new WeakMap<PyClass, Map<string, PyInstance>>();

/** The zone object of a class and name, the same one each time. */
export function namedZone(rt: Runtime, cls: PyClass, state: TimeZoneState): PyInstance {
  const zones = zoneKeys.get(cls) ?? new Map<string, PyInstance>();
  zoneKeys.set(cls, zones);
  const key = `${state.name}\n${state.offsetSeconds ?? ''}`;
  const found = zones.get(key) ?? instanceOf(rt, cls, state);
  zones.set(key, found);
  return found;
}

