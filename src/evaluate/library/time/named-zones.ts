import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import type { PyClass, PyInstance, Value } from '../../values.js';
import { Unknown, notImplemented } from '../../values.js';
import { bind, textOf } from '../arguments.js';
import { builtin, defineClass, defineException, propagating, propagatingAll, raiseOf } from '../define.js';
import { dateTimeState, offsetText, timezoneState, utcMicroseconds, wallMicroseconds, zoneOffset } from '../time-values.js';
import { fromUtc, makeDateTime } from './datetime.js';
import { hiddenParts } from './hidden-moment.js';
import { timedeltaText } from './timedelta.js';
import { namedZone, tzinfoClass } from './timezone.js';
import { isZone, offsetAt } from './zones.js';

const zoneNotFound = defineException('zoneinfo', 'ZoneInfoNotFoundError', builtin('KeyError'));
const unknownZone = defineException('pytz.exceptions', 'UnknownTimeZoneError', builtin('KeyError'));
const name = (value: Value | undefined): string => timezoneState(value)?.name ?? '';

/** `zoneinfo.ZoneInfo` of the run. */
export const zoneInfoClass = defineClass({
  name: 'ZoneInfo',
  module: 'zoneinfo',
  bases: [tzinfoClass],
  construct: (rt, cls, args, keywords, place) =>
    propagating(() => {
      const key = textOf(rt, bind(rt, 'ZoneInfo', 'key', args, keywords, place).key, place);
      if (!isZone(key)) return raiseOf(rt, zoneNotFound(rt), `No time zone found with key ${key}`, place);
      return namedZone(rt, cls, { kind: 'timezone', name: key, family: 'zoneinfo' });
    })(rt, args, keywords, place),
  methods: {
    __init__: () => null,
    __str__: (_rt, [self]) => name(self),
    __repr__: (_rt, [self]) => `zoneinfo.ZoneInfo(key='${name(self)}')`,
    __eq__: (_rt, [self, other]) => (timezoneState(other) ? self === other : notImplemented),
  },
  properties: { key: (_rt, self) => name(self) },
});

/** `zoneinfo.ZoneInfoNotFoundError` of the run. */
export const zoneInfoNotFoundClass = zoneNotFound;
/** `pytz.UnknownTimeZoneError` of the run. */
export const unknownTimeZoneClass = unknownZone;

/** Time zones of pytz; `localize` gives the datetime a copy with the right fixed offset. */
export const pytzZoneClass = defineClass({
  name: 'DstTzInfo',
  module: 'pytz.tzinfo',
  bases: [tzinfoClass],
  methods: {
    localize: (rt, [self, ...args], keywords, place) => {
      const { dt } = bind(rt, 'localize', 'dt is_dst?', args, keywords, place);
      return dt instanceof Unknown ? hiddenParts(dt, self) : localize(rt, self ?? null, dt, place);
    },
    ...propagatingAll({
    __str__: (_rt, [self]) => name(self),
    __repr__: (_rt, [self]) => pytzRepr(self),
    normalize: (rt, [self, moment], _keywords, place) => {
      const state = dateTimeState(moment);
      if (!state?.zone) return rt.raise('ValueError', 'Naive time - no tzinfo set', place);
      return inPytz(rt, self as PyInstance, utcMicroseconds(state), place, rt.classOf(moment ?? null));
    },
    }),
  },
  properties: { zone: (_rt, self) => name(self) },
});

const isUtc = (value: string): boolean => ['UTC', 'utc', 'Etc/UTC'].includes(value);

function pytzRepr(self: Value | undefined): string {
  const state = timezoneState(self);
  if (!state || isUtc(state.name)) return '<UTC>';
  const offset = state.offsetSeconds ?? 0;
  return `<DstTzInfo '${state.name}' LMT${offset < 0 ? '' : '+'}${timedeltaText(BigInt(offset) * 1_000_000n)} STD>`;
}

function localize(rt: Runtime, self: Value, value: Value | undefined, place: Place): Value {
  const state = dateTimeState(value);
  if (!state) return rt.raise('TypeError', 'localize() needs a datetime', place);
  if (state.zone) return rt.raise('ValueError', 'Not naive datetime (tzinfo is already set)', place);
  const zone = name(self);
  // In the hour that the clock shows twice pytz takes the later one (standard time), hence fold 1.
  const offset = isUtc(zone) ? 0 : zoneOffset({ kind: 'timezone', name: zone, family: 'pytz' }, Number(wallMicroseconds(state) / 1000n), 1);
  return makeDateTime(rt, { ...state, zone: pytzAt(rt, zone, offset) }, rt.classOf(value ?? null));
}

function inPytz(rt: Runtime, self: PyInstance, microseconds: bigint, place: Place, cls: PyClass): Value {
  const zone = name(self);
  const offset = isUtc(zone) ? 0 : offsetAt(zone, Number(microseconds / 1000n));
  return fromUtc(rt, microseconds, pytzAt(rt, zone, offset), place, cls);
}

function pytzAt(rt: Runtime, zone: string, offset: number): PyInstance {
  return namedZone(rt, pytzZoneClass(rt), { kind: 'timezone', name: zone, offsetSeconds: offset, family: 'pytz' });
}

/** `pytz.timezone(name)`: without `localize` it stands for the zone's first offset, local mean time, to the minute. */
export function pytzZone(rt: Runtime, zone: string, place: Place): PyInstance {
  if (isUtc(zone) || zone.toUpperCase() === 'UTC') return pytzAt(rt, 'UTC', 0);
  if (!isZone(zone)) return raiseOf(rt, unknownZone(rt), zone, place);
  const first = offsetAt(zone, Date.UTC(1800, 0, 1));
  return pytzAt(rt, zone, Math.round(first / 60) * 60);
}

/** `pytz.FixedOffset(minutes)`. */
export function pytzFixed(rt: Runtime, minutes: number): PyInstance {
  return namedZone(rt, pytzZoneClass(rt), { kind: 'timezone', name: `pytz.FixedOffset(${minutes})`, offsetSeconds: minutes * 60, family: 'pytz' });
}

/** `pendulum.timezone(name)`. */
export const pendulumZoneClass = defineClass({
  name: 'Timezone',
  module: 'pendulum',
  bases: [zoneInfoClass],
  methods: { __repr__: (_rt, [self]) => `Timezone('${name(self)}')` },
  properties: { name: (_rt, self) => name(self) },
});

/** `pendulum.FixedTimezone`. */
export const pendulumFixedClass = defineClass({
  name: 'FixedTimezone',
  module: 'pendulum',
  bases: [tzinfoClass],
  methods: {
    __str__: (_rt, [self]) => name(self),
    __repr__: (_rt, [self]) => `FixedTimezone(${timezoneState(self)?.offsetSeconds}, name="${name(self)}")`,
  },
  properties: { name: (_rt, self) => name(self) },
});

const invalidTimezone = defineException('pendulum.tz.exceptions', 'InvalidTimezone', builtin('ValueError'));

/** A time zone of pendulum by name or by seconds east of UTC. */
export function pendulumZone(rt: Runtime, zone: string | number, place: Place): PyInstance {
  if (typeof zone === 'number') {
    return namedZone(rt, pendulumFixedClass(rt), { kind: 'timezone', name: offsetText(zone), offsetSeconds: zone, family: 'pendulum' });
  }
  const key = zone.toLowerCase() === 'utc' ? 'UTC' : zone;
  if (!isZone(key)) return raiseOf(rt, invalidTimezone(rt), `Unknown timezone ${zone}`, place);
  return namedZone(rt, pendulumZoneClass(rt), { kind: 'timezone', name: key, family: 'pendulum' });
}

