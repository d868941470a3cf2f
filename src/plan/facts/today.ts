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
