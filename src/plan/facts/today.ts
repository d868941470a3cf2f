import type { Dag, Schedule } from '../../model/graph.js';
import type { Stage } from '../../model/plan.js';

type Today = Stage['today'];

const byScheduleKind: Record<Schedule['kind'], Today> = {
  none: 'manual',
  once: 'cron',
  continuous: 'cron',
  cron: 'cron',
  delta: 'cron',
  timetable: 'cron',
  assets: 'event',
  assets_or_time: 'hybrid',
  unknown: 'unknown',
};

/** What starts a DAG today. Without a schedule it is another DAG's TriggerDagRunOperator or a person. */
export function startsToday(dag: Dag, isTriggered: boolean): Today {
  const today = byScheduleKind[dag.schedule.kind];
  return today === 'manual' && isTriggered ? 'event' : today;
}

/** A schedule in words that fit a sentence. */
export function describeSchedule(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'cron':
      return `cron ${schedule.expression} (${schedule.timezone})`;
    case 'delta':
      return `every ${schedule.seconds} s`;
    case 'timetable':
      return `timetable ${schedule.timetable}`;
    case 'assets_or_time':
      return `assets or ${describeSchedule(schedule.time)}`;
    case 'unknown':
      return `not known: ${schedule.reason}`;
    case 'none':
      return 'no schedule';
    case 'assets':
    case 'once':
    case 'continuous':
      return schedule.kind;
  }
}

const HOUR = 1;
const DAY = 24;
const WEEK = 7 * DAY;
const MONTH = 31 * DAY;
const YEAR = 366 * DAY;

/** The longest usual gap between two clock runs in hours, rounded up to a coarse step: how long a comparison must last to see some. */
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

const presetHours: Record<string, number> = {
  '@hourly': HOUR,
  '@daily': DAY,
  '@midnight': DAY,
  '@weekly': WEEK,
  '@monthly': MONTH,
  '@quarterly': 3 * MONTH,
  '@yearly': YEAR,
  '@annually': YEAR,
};

function cronPeriodHours(expression: string): number {
  const preset = presetHours[expression.trim()];
  if (preset !== undefined) return preset;
  const [, hour = '*', dayOfMonth = '*', month = '*', dayOfWeek = '*'] = expression.trim().split(/\s+/);
  if (month !== '*') return YEAR;
  if (dayOfMonth !== '*') return MONTH;
  if (dayOfWeek !== '*') return WEEK;
  return hour.startsWith('*') ? HOUR : DAY;
}
