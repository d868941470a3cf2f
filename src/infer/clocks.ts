import type { Dag, Schedule, TimeSchedule } from '../model/graph.js';
import type { CronClock } from '../util/cron/meet.js';
import type { InferContext } from './context.js';

const daySeconds = 86_400;

/** The clock that starts a DAG, alone or beside assets. */
export function timeOf({ schedule }: Dag): TimeSchedule | undefined {
  if (schedule.kind === 'assets_or_time') return schedule.time;
  return schedule.kind === 'cron' || schedule.kind === 'delta' || schedule.kind === 'timetable' ? schedule : undefined;
}

/** The cron that starts a DAG. */
export function cronOf(dag: Dag): CronClock | undefined {
  const time = timeOf(dag);
  return time?.kind === 'cron' ? time : undefined;
}

/** Runs per day of a schedule's clock, on average; undefined where no arithmetic tells. */
export function runsPerDay(schedule: Schedule, context: InferContext): number | undefined {
  if (schedule.kind === 'assets_or_time') return runsPerDay(schedule.time, context);
  if (schedule.kind === 'delta') return schedule.seconds > 0 ? daySeconds / schedule.seconds : undefined;
  return schedule.kind === 'cron' ? context.paces(schedule.expression, schedule.timezone) : undefined;
}

/** Mean seconds between two runs of a DAG by its clock. */
export function periodOf(dag: Dag, context: InferContext): number | undefined {
  const perDay = runsPerDay(dag.schedule, context);
  return perDay === undefined || perDay === 0 ? undefined : daySeconds / perDay;
}

/** Seconds in the unit that reads best. */
export function durationText(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 2 * 3600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 2 * daySeconds) return `${oneDigit(seconds / 3600)} h`;
  return `${oneDigit(seconds / daySeconds)} days`;
}

/** A number with at most one digit behind the point. */
export function oneDigit(value: number): string {
  return String(Math.round(value * 10) / 10);
}
