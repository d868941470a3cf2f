import type { ModuleTable } from '../../runtime.js';
import { Unknown } from '../../values.js';
import type { NativeCall } from '../../values.js';
import { bind, numberOf, plain, textOf } from '../arguments.js';
import { inertUnknown, libraryPlace, lenient, strictFunctions, submodules } from '../define.js';
import { dateTimeState } from '../time-values.js';
import { makeDate } from '../time/date.js';
import { makeDateTime, momentToDateTime } from '../time/datetime.js';
import { hiddenParts, hiddenZone } from '../time/hidden-moment.js';
import { pendulumFixedClass, pendulumZone, pendulumZoneClass } from '../time/named-zones.js';
import { durationClass, makePendulum, pendulumDateTimeClass, pendulumNow, zoneOf } from '../time/pendulum.js';
import { parseIso } from '../time/read.js';

/** `pendulum.instance`: a datetime of Python as one of pendulum's, in UTC when it is naive. */
const instance: NativeCall = (rt, args, keywords, place) => {
  const { obj, tz } = bind(rt, 'instance', 'obj tz?', args, keywords, place);
  if (obj instanceof Unknown) return hiddenZone(obj) === '' ? hiddenParts(obj, tz ?? 'UTC') : obj;
  if (tz instanceof Unknown) return tz;
  const state = dateTimeState(obj);
  if (!state) return inertUnknown('this pendulum.instance() is not modelled', place);
  return makeDateTime(rt, { ...state, zone: zoneOf(rt, state.zone ?? tz ?? 'UTC', place) }, pendulumDateTimeClass(rt));
};

/** `pendulum`. */
export const pendulumModule: ModuleTable = {
  datetime: () => lenient('datetime', makePendulum),
  instance: () => lenient('instance', instance),
  ...strictFunctions({
    timezone: (rt, [zone], _keywords, place) => {
      const inner = plain(zone);
      return pendulumZone(rt, typeof inner === 'bigint' ? Number(inner) : textOf(rt, inner, place), place);
    },
    local: (rt, _args, _keywords, place) => rt.unknown('environment', 'the local time zone is not known', place),
    naive: (rt, args, keywords, place) => makePendulum(rt, args, new Map([...keywords, ['tz', null]]), place),
    date: (rt, [year, month, day], _keywords, place) => makeDate(rt, numberOf(rt, year, place), numberOf(rt, month, place), numberOf(rt, day, place), place),
    parse: (rt, args, keywords, place) => {
      const [text] = args;
      const moment = args.length === 1 && [...keywords.keys()].every((name) => name === 'tz') ? parseIso(textOf(rt, text, place)) : undefined;
      if (!moment) return inertUnknown('this pendulum.parse() is not modelled', place, '', 'datetime');
      const zone = moment.offset === undefined ? (zoneOf(rt, keywords.get('tz') ?? 'UTC', place)) : moment.offset === 0 ? pendulumZone(rt, 'UTC', place) : pendulumZone(rt, moment.offset, place);
      const made = momentToDateTime(rt, { ...moment, offset: undefined }, pendulumDateTimeClass(rt));
      const state = dateTimeState(made);
      return state ? makeDateTime(rt, { ...state, zone }, pendulumDateTimeClass(rt)) : made;
    },
  }),
  ...Object.fromEntries(['now', 'today', 'tomorrow', 'yesterday'].map((name) => [name, () => lenient(name, pendulumNow(0))])),
  ...submodules('pendulum', ['tz']),
  UTC: (rt) => pendulumZone(rt, 'UTC', libraryPlace),
  DateTime: pendulumDateTimeClass,
  Duration: durationClass,
  duration: durationClass,
  Timezone: pendulumZoneClass,
  FixedTimezone: pendulumFixedClass,
};

/** `pendulum.tz`. */
export const pendulumTzModule: ModuleTable = {
  timezone: (rt) => pendulumModule.timezone?.(rt) ?? null,
  fixed_timezone: () => lenient('fixed_timezone', (rt, [offset], _keywords, place) => pendulumZone(rt, numberOf(rt, offset, place), place)),
  UTC: (rt) => pendulumZone(rt, 'UTC', libraryPlace),
  Timezone: pendulumZoneClass,
};

/** `pendulum.tz.timezone`. */
export const pendulumTimezoneModule: ModuleTable = { Timezone: pendulumZoneClass, FixedTimezone: pendulumFixedClass, UTC: (rt) => pendulumZone(rt, 'UTC', libraryPlace) };
