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
