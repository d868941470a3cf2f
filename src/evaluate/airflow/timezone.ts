import type { Place } from '../../model/place.js';
import { timezoneState } from '../library/time-values.js';
import { hiddenIn, hiddenMoment, hiddenZone } from '../library/time/hidden-moment.js';
import type { Runtime } from '../runtime.js';
import { Unknown } from '../values.js';
import type { NativeCall, Value } from '../values.js';

function utc(rt: Runtime, place: Place): Value {
  return rt.getAttribute(rt.getAttribute(rt.importModule('datetime', place), 'timezone', place), 'utc', place);
}

function inZone(rt: Runtime, zone: Value, args: readonly Value[], keywords: ReadonlyMap<string, Value>, place: Place): Value {
  const cls = rt.getAttribute(rt.importModule('datetime', place), 'datetime', place);
  return rt.call(cls, args, new Map([...keywords, ['tzinfo', zone]]), place);
}

/** The functions of `airflow.utils.timezone` and `airflow.utils.dates` that say when a DAG starts. */
export const timezoneFunctions: Readonly<Record<string, NativeCall>> = {
  datetime: (rt, args, keywords, place) => inZone(rt, keywords.get('tzinfo') ?? utc(rt, place), args, new Map([...keywords].filter(([name]) => name !== 'tzinfo')), place),
  make_aware: (rt, [value = null, zone], keywords, place) => {
    if (value instanceof Unknown) return hiddenZone(value) === '' ? hiddenIn(value.reason, keywords.get('timezone') ?? zone ?? 'UTC') : value;
    const target = keywords.get('timezone') ?? zone ?? null;
    const tzinfo = timezoneState(target) === undefined ? utc(rt, place) : target;
    return rt.call(rt.getAttribute(value, 'replace', place), [], new Map([['tzinfo', tzinfo]]), place);
  },
  parse: (rt, args, keywords, place) => rt.call(rt.getAttribute(rt.importModule('pendulum', place), 'parse', place), args, keywords, place),
  days_ago: (_rt, _args, _keywords, place) => inUtc('days_ago() depends on the clock', place),
  utcnow: (_rt, _args, _keywords, place) => inUtc('utcnow() depends on the clock', place),
};

/** A moment that isn't known, of which the zone is. */
function inUtc(text: string, place: Place): Unknown {
  return hiddenMoment({ kind: 'time', text, place }, 'UTC');
}
