import type { Cron, Nth } from './cron.js';
import type { Zone } from './zone.js';

const minuteMilliseconds = 60_000;
const dayMilliseconds = 86_400_000;
/** How far Airflow's cron library looks for a date before it says that there is none. */
const horizonDays = 366 * 50;

/** The first fire time after an instant (epoch milliseconds), by Airflow's daylight-saving rule; undefined when there is none. */
export function nextFire(cron: Cron, zone: Zone, after: number): number | undefined {
  const local = after + zone.offsetAt(after);
  const found = nextLocal(cron, local);
  if (found === undefined) return undefined;
  return cron.coversEveryHour ? after + (found - local) : zone.toInstant(found);
}

/** The last fire time before an instant, by the same rule. */
export function previousFire(cron: Cron, zone: Zone, before: number): number | undefined {
  const local = before + zone.offsetAt(before);
  const found = previousLocal(cron, local);
  if (found === undefined) return undefined;
  return cron.coversEveryHour ? before - (local - found) : zone.toInstant(found);
}

/** Fire times in `[from, to)`, at most `limit` of them, each found from the one before as Airflow does. */
export function fireTimes(cron: Cron, zone: Zone, window: { from: number; to: number; limit: number }): number[] {
  const times: number[] = [];
  let current = nextFire(cron, zone, window.from - 1);
  while (current !== undefined && current < window.to && times.length < window.limit) {
    times.push(current);
    const next = nextFire(cron, zone, current);
    // A skipped time that was moved forward can be found again from an earlier wall clock.
    if (next === undefined || next <= current) break;
    current = next;
  }
  return times;
}

function nextLocal(cron: Cron, local: number): number | undefined {
  const start = Math.floor(local / minuteMilliseconds) + 1;
  const firstDay = Math.floor((start * minuteMilliseconds) / dayMilliseconds);
  for (let day = firstDay; day <= firstDay + horizonDays; day += 1) {
    if (!matchesDay(cron, day)) continue;
    const minute = firstMinute(cron, day === firstDay ? start - day * 1440 : 0);
    if (minute !== undefined) return (day * 1440 + minute) * minuteMilliseconds;
  }
  return undefined;
}

function previousLocal(cron: Cron, local: number): number | undefined {
  const start = Math.ceil(local / minuteMilliseconds) - 1;
  const firstDay = Math.floor((start * minuteMilliseconds) / dayMilliseconds);
  for (let day = firstDay; day >= firstDay - horizonDays; day -= 1) {
    if (!matchesDay(cron, day)) continue;
    const minute = lastMinute(cron, day === firstDay ? start - day * 1440 : 1439);
    if (minute !== undefined) return (day * 1440 + minute) * minuteMilliseconds;
  }
  return undefined;
}

function firstMinute(cron: Cron, from: number): number | undefined {
  for (const hour of cron.hours) {
    if (hour * 60 + 59 < from) continue;
    const minute = cron.minutes.find((each) => hour * 60 + each >= from);
    if (minute !== undefined) return hour * 60 + minute;
  }
  return undefined;
}

function lastMinute(cron: Cron, to: number): number | undefined {
  for (const hour of cron.hours.toReversed()) {
    if (hour * 60 > to) continue;
    const minute = cron.minutes.findLast((each) => hour * 60 + each <= to);
    if (minute !== undefined) return hour * 60 + minute;
  }
  return undefined;
}

/** Whether the cron fires on a day, counted from 1970-01-01. */
function matchesDay(cron: Cron, epochDay: number): boolean {
  const date = new Date(epochDay * dayMilliseconds);
  if (cron.months && !cron.months.has(date.getUTCMonth() + 1)) return false;
  const isDay = !cron.days || cron.days.has(date.getUTCDate()) || (cron.onLastDay && date.getUTCDate() === lastDay(date));
  const isWeekday = cron.nthWeekdays.size > 0 ? isNth(cron, date) : !cron.weekdays || cron.weekdays.has(date.getUTCDay());
  // Two restricted day fields are joined by OR, as in cron; an nth weekday in one of them then decides alone.
  if (cron.days && cron.weekdays) return cron.nthWeekdays.size > 0 ? isWeekday : isDay || isWeekday;
  return isDay && isWeekday;
}

function lastDay(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

function isNth(cron: Cron, date: Date): boolean {
  return [...(cron.nthWeekdays.get(date.getUTCDay()) ?? [])].some((nth) => isOccurrence(date, nth));
}

function isOccurrence(date: Date, nth: Nth): boolean {
  const day = date.getUTCDate();
  return nth === 'last' ? day + 7 > lastDay(date) : Math.ceil(day / 7) === nth;
}
