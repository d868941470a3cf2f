import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { Unknown } from '../../values.js';
import type { NativeCall, Value } from '../../values.js';
import { lenient } from '../define.js';
import { dateTimeState, timezoneState } from '../time-values.js';
import { isZone } from './zones.js';

/** What the type's name of an unknown moment begins with when its zone is known. */
const aware = 'datetime in ';
const naive = 'naive datetime';

/** A moment that isn't known although its zone is; `zone` undefined makes it a naive one. */
export function hiddenMoment(reason: Unknown['reason'], zone: string | undefined, path = ''): Unknown {
  return new Unknown(reason, path, true, zone === undefined ? naive : aware + zone);
}

/** The zone of an unknown moment: `''` for a naive one, undefined when the zone isn't known either. */
export function hiddenZone(value: Unknown): string | undefined {
  if (value.typeName === naive) return '';
  return value.typeName.startsWith(aware) ? value.typeName.slice(aware.length) : undefined;
}

/** The same when the zone is given as a value: a name, a time zone, None for a naive moment, an unknown. */
export function hiddenIn(reason: Unknown['reason'], zone: Value | undefined, path = ''): Unknown {
  if (zone === null || zone === undefined) return hiddenMoment(reason, undefined, path);
  const name = typeof zone === 'string' ? zone : timezoneState(zone)?.name;
  if (name === undefined || (typeof zone === 'string' && !isZone(name) && name !== 'UTC')) return new Unknown(reason, path, true, 'datetime');
  return hiddenMoment(reason, name, path);
}

/** What methods of a moment give: the same kind of moment, or a value of that type. */
const methods: Readonly<Record<string, string>> = {
  add: 'same', subtract: 'same', start_of: 'same', end_of: 'same', first_of: 'same', last_of: 'same', nth_of: 'same', next: 'same', previous: 'same',
  at: 'same', on: 'same', average: 'same', __add__: 'same', __radd__: 'same',
  strftime: 'str', isoformat: 'str', format: 'str', ctime: 'str', to_date_string: 'str', to_datetime_string: 'str', to_time_string: 'str',
  to_iso8601_string: 'str', to_formatted_date_string: 'str', to_day_datetime_string: 'str', to_rfc3339_string: 'str', diff_for_humans: 'str',
  timestamp: 'float', toordinal: 'int', weekday: 'int', isoweekday: 'int', date: 'date', time: 'time',
};

const numbers = new Set(['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond', 'day_of_week', 'day_of_year', 'week_of_month', 'week_of_year', 'days_in_month', 'quarter', 'int_timestamp']);

const zoneChanges: Readonly<Record<string, { readonly index: number; readonly keywords: readonly string[] }>> = {
  astimezone: { index: 0, keywords: ['tz'] },
  in_timezone: { index: 0, keywords: ['tz'] },
  in_tz: { index: 0, keywords: ['tz'] },
  replace: { index: 7, keywords: ['tzinfo'] },
  set: { index: 7, keywords: ['tz', 'tzinfo'] },
};

/** An attribute of a moment that isn't known: the zone and the types of what its methods give are. */
export function hiddenAttribute(rt: Runtime, value: Unknown, name: string, place: Place): Value | undefined {
  const zone = hiddenZone(value);
  if (zone === undefined) return undefined;
  if (name === 'timezone_name' || name === 'tz' || name === 'timezone') return zoneAttribute(rt, zone, name, place);
  if (numbers.has(name)) return new Unknown(value.reason, '', true, 'int');
  const change = zoneChanges[name];
  if (change !== undefined) return lenient(name, changing(value, change));
  const gives = methods[name];
  if (gives === undefined) return undefined;
  return lenient(name, () => (gives === 'same' ? value : new Unknown(value.reason, '', true, gives)));
}

/** Only moments of pendulum have these, so that the zone is one of pendulum's. */
function zoneAttribute(rt: Runtime, zone: string, name: string, place: Place): Value | undefined {
  if (zone === '') return null;
  if (name === 'timezone_name') return zone;
  return isZone(zone) ? rt.call(rt.getAttribute(rt.importModule('pendulum', place), 'timezone', place), [zone], new Map(), place) : undefined;
}

const changing = (value: Unknown, { index, keywords: names }: { readonly index: number; readonly keywords: readonly string[] }): NativeCall =>
  (_rt, args, keywords) => {
    const given = args[index] ?? names.map((name) => keywords.get(name)).find((each) => each !== undefined);
    // `replace(hour=0)` keeps the zone; `astimezone()` asks the machine for one.
    if (given === undefined) return index > 0 ? value : new Unknown(value.reason, '', true, 'datetime');
    return hiddenIn(value.reason, given);
  };

/** `combine(date, time, tzinfo)` when the date isn't known: the zone is that of the time. */
export function hiddenCombination(hidden: Unknown, time: Value | undefined, tzinfo: Value | undefined): Unknown {
  if (time instanceof Unknown || tzinfo instanceof Unknown) return new Unknown(hidden.reason, '', true, 'datetime');
  const clock = (time as { native?: { zone?: Value } } | null | undefined)?.native;
  return hiddenIn(hidden.reason, tzinfo === undefined ? (clock?.zone ?? null) : tzinfo);
}

/** A datetime of parts of which some aren't known: its zone is the one given. */
export function hiddenParts(hidden: Unknown, zone: Value | undefined): Unknown {
  return zone instanceof Unknown ? new Unknown(hidden.reason, '', true, 'datetime') : hiddenIn(hidden.reason, zone);
}

/** Whether a value is a moment, known or not. */
export const isMoment = (value: Value): boolean => dateTimeState(value) !== undefined || (value instanceof Unknown && hiddenZone(value) !== undefined);
