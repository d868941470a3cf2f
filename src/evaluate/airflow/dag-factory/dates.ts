import { dateTimeState } from '../../library/time-values.js';
import { hiddenMoment } from '../../library/time/hidden-moment.js';
import type { Value } from '../../values.js';
import { Unknown } from '../../values.js';
import { importString } from './values.js';
import type { Site } from './values.js';

/** `3 days`, `1 hour`: how long before today; anything else is a date. */
const relative = /^\s*(\d+)\s+(hour|minute|second|day)/i;

/** A date of the configuration in its time zone; one that counts from today isn't known, but its zone is. */
export function readDate(site: Site, value: Value, zone: Value): Value {
  const { rt, place } = site;
  const timezone = rt.call(importString(site, 'pendulum.timezone'), [zone], new Map(), place);
  if (value instanceof Unknown || timezone instanceof Unknown) return value instanceof Unknown ? value : timezone;
  if (typeof value === 'string' && relative.test(value)) {
    return hiddenMoment({ kind: 'time', text: `'${value}' counts from the day of the parse`, place }, typeof zone === 'string' ? zone : 'UTC');
  }
  const inZone = new Map<string, Value>([['tzinfo', timezone]]);
  const replace = (moment: Value): Value => rt.call(rt.getAttribute(moment, 'replace', place), [], inZone, place);
  if (dateTimeState(value) !== undefined) return replace(value);
  if (typeof value === 'string') return replace(rt.call(importString(site, 'pendulum.parse'), [value], new Map(), place));
  const parts = ['year', 'month', 'day'].map((name) => rt.getAttribute(value, name, place));
  return rt.call(importString(site, 'datetime.datetime'), parts, inZone, place);
}

/** `2 hours` as a timedelta. */
export function readDelta(site: Site, value: Value): Value {
  const found = typeof value === 'string' ? relative.exec(value) : null;
  if (found === null) return site.rt.raise('ValueError', 'Invalid relative time', site.place);
  return makeDelta(site, `${(found[2] ?? '').toLowerCase()}s`, BigInt(found[1] ?? '0'));
}

/** A timedelta of one unit. */
export function makeDelta(site: Site, unit: string, amount: Value): Value {
  return site.rt.call(importString(site, 'datetime.timedelta'), [], new Map([[unit, amount]]), site.place);
}
