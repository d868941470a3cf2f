import type { Dag } from '../../model/graph.js';
import type { Dates } from '../../util/cron/delta-meet.js';

/**
 * What is known of the logical dates of a DAG's runs; undefined where no arithmetic tells them. With catchup the steps of a
 * timedelta go from the start date. Without it a data interval timetable counts from the epoch and a trigger timetable from
 * the moment at which the scheduler first looks, unless the start date still lay ahead then (tried on 2.11.2 and 3.2.2).
 */
export function logicalDates({ schedule, start_date: startDate, catchup }: Dag): Dates | undefined {
  if (schedule.kind === 'cron') return { kind: 'cron', clock: schedule };
  const step = schedule.kind === 'delta' ? Math.round(schedule.seconds * 1000) : 0;
  const start = startDate === null ? NaN : Date.parse(hasZone(startDate) ? startDate : `${startDate}Z`);
  if (schedule.kind !== 'delta' || step <= 0 || Number.isNaN(start) || catchup === null) return undefined;
  if (catchup) return { kind: 'steps', steps: { step, starts: [start], hasChance: false } };
  const isTrigger = schedule.timetable === 'DeltaTriggerTimetable';
  return { kind: 'steps', steps: { step, starts: [start, 0], hasChance: isTrigger } };
}

function hasZone(iso: string): boolean {
  return /(?:Z|[+-]\d{2}:?\d{2})$/.test(iso);
}
