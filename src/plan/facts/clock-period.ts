import type { Schedule } from '../../model/graph.js';
import type { Cron } from '../../util/cron/cron.js';
import { parseCron } from '../../util/cron/parse.js';

const HOUR = 1;
const DAY = 24;
const MONTH = 31 * DAY;
const YEAR = 366 * DAY;

/**
 * The longest usual gap between two clock runs in hours, by the field that restricts most: how long a comparison must
 * last to see a run. What can't be computed counts as a day.
 */
export function clockPeriodHours(schedule: Schedule): number {
  switch (schedule.kind) {
    case 'cron':
      return cronPeriodHours(schedule.expression);
    case 'delta':
      return Math.max(HOUR, Math.ceil(schedule.seconds / 3600));
    case 'assets_or_time':
      return clockPeriodHours(schedule.time);
    default:
      return DAY;
  }
}

function cronPeriodHours(expression: string): number {
  const parsed = parseCron(expression);
  return parsed.kind === 'cron' ? periodOf(parsed.cron) : DAY;
}

function periodOf({ months, days, onLastDay, nthWeekdays, weekdays, hours }: Cron): number {
  if (months) return YEAR;
  if (days || onLastDay || nthWeekdays.size > 0) return MONTH;
  if (weekdays && weekdays.size > 0) return longestGap([...weekdays], 7) * DAY;
  return longestGap(hours, DAY);
}

/** The longest way from one of the values to the next, around the circle. */
function longestGap(values: readonly number[], circle: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const gaps = sorted.map((value, index) => (sorted[index + 1] ?? (sorted[0] ?? 0) + circle) - value);
  return Math.max(HOUR, ...gaps);
}

const WEEK_MINUTES = 7 * DAY * 60;
const WEEKS_PER_MONTH = 365.25 / 12 / 7;

/** How often a clock runs in a week, on average; undefined where no clock is known. */
export function runsPerWeek(schedule: Schedule): number | undefined {
  if (schedule.kind === 'delta') return schedule.seconds > 0 ? (WEEK_MINUTES * 60) / schedule.seconds : undefined;
  if (schedule.kind === 'assets_or_time') return runsPerWeek(schedule.time);
  if (schedule.kind !== 'cron') return undefined;
  const parsed = parseCron(schedule.expression);
  return parsed.kind === 'cron' ? parsed.cron.minutes.length * parsed.cron.hours.length * daysPerWeek(parsed.cron) : undefined;
}

/** Days of a week on which a cron runs. Where both are restricted, a day of the month or of the week is enough. */
function daysPerWeek({ months, days, onLastDay, nthWeekdays, weekdays }: Cron): number {
  const inMonth = ((days?.size ?? 0) + (onLastDay ? 1 : 0)) / WEEKS_PER_MONTH;
  const inWeek = weekdays?.size ?? 0;
  const nth = [...nthWeekdays.values()].reduce((sum, { size }) => sum + size, 0) / WEEKS_PER_MONTH;
  const restricted = inMonth + inWeek + nth;
  const share = months === null ? 1 : months.size / 12;
  return Math.min(7, restricted === 0 ? 7 : restricted) * share;
}

/** The mean time between two runs of a clock in minutes; undefined where no clock is known. */
export function meanPeriodMinutes(schedule: Schedule): number | undefined {
  const runs = runsPerWeek(schedule);
  return runs === undefined || runs === 0 ? undefined : WEEK_MINUTES / runs;
}
