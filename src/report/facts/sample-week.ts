import type { Dag, Schedule } from '../../model/graph.js';
import { fireTimes } from '../../util/cron/fire.js';
import { parseCron } from '../../util/cron/parse.js';
import { openZone } from '../../util/cron/zone.js';

/**
 * A report reads no clock, so that it is the same whenever it is made: runs are told for a sample week of the year in
 * which all clock arithmetic of the analysis is done. It begins on a Monday, without a change of daylight saving time.
 */
const weekStart = Date.UTC(2026, 0, 5);
export const sampleWeekText = 'Monday, 5 January 2026';

const minute = 60_000;
const day = 1_440 * minute;
/** A cron can't start more often than every minute. */
const mostRuns = 7 * 1_440;
/** A clock that doesn't run in the week is looked for this far. */
const horizon = 5 * 366 * day;
const RUNS_TOLD = 4;

/** When a clock starts a DAG in the sample week, in the minutes of its own zone's week. */
export interface WeekOfRuns {
  readonly zone: string;
  /** Local time minus UTC when the week begins, minutes. */
  readonly offset: number;
  /** Minutes since Monday 00:00, local. Empty when it doesn't run in this week. */
  readonly minutes: readonly number[];
  /** The first runs from the week's beginning on, as local dates. */
  readonly next: readonly string[];
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (value: number): string => String(value).padStart(2, '0');

/** A local time (as milliseconds) in words: `Mon 5 Jan 2026 05:00`. */
function dateText(local: number): string {
  const date = new Date(local);
  return `${weekdays[date.getUTCDay()] ?? ''} ${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

/** A minute of the day as `05:00`. */
export function timeText(minuteOfDay: number): string {
  return `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
}

function cronOf(schedule: Schedule): { expression: string; timezone: string } | undefined {
  const time = schedule.kind === 'assets_or_time' ? schedule.time : schedule;
  return time.kind === 'cron' ? time : undefined;
}

function weekOf(expression: string, timezone: string): WeekOfRuns | undefined {
  const parsed = parseCron(expression);
  const zone = openZone(timezone);
  if (parsed.kind === 'invalid' || !zone) return undefined;
  const from = zone.toInstant(weekStart);
  const local = (instant: number): number => instant + zone.offsetAt(instant);
  const runs = fireTimes(parsed.cron, zone, { from, to: zone.toInstant(weekStart + 7 * day), limit: mostRuns });
  const next = runs.length >= RUNS_TOLD ? runs.slice(0, RUNS_TOLD) : fireTimes(parsed.cron, zone, { from, to: from + horizon, limit: RUNS_TOLD });
  return {
    zone: timezone,
    offset: zone.offsetAt(from) / minute,
    minutes: runs.map((run) => Math.round((local(run) - weekStart) / minute)),
    next: next.map((run) => dateText(local(run))),
  };
}

/** Tells when the clock of a DAG starts it; undefined where no cron does, or none that can be computed. */
export type Weeks = (dag: Dag) => WeekOfRuns | undefined;

/** Keeps what was computed for as long as the returned function lives: schedules repeat across a repository. */
export function createWeeks(): Weeks {
  const known = new Map<string, WeekOfRuns | undefined>();
  return ({ schedule }) => {
    const cron = cronOf(schedule);
    if (cron === undefined) return undefined;
    const key = JSON.stringify([cron.expression, cron.timezone]);
    if (!known.has(key)) known.set(key, weekOf(cron.expression, cron.timezone));
    return known.get(key);
  };
}
