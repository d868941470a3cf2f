import type { Severity } from '../../model/analysis.js';
import type { Dag } from '../../model/graph.js';
import { parseCron } from '../../util/cron/parse.js';
import { dagCitation, taskCitation } from '../evidence.js';
import { isOnClock, type HazardMatch, type HazardRule, type HazardScope } from './rule.js';

/** H18: a calendar rule is no data rule. `high` is: nothing but the calendar starts this DAG. */
export const calendarHazard: HazardRule = {
  doc: {
    id: 'H18',
    kind: 'hazard',
    title: 'Follows a calendar',
    level: 'high',
    versions: '2.4 and later',
    why:
      'A day of the month, a weekday, a timetable of its own or a sensor for a time of day is a rule about the calendar. No ' +
      'event says that it is the last working day of the month.',
    cure: 'Keep the clock, alone or beside the event (AssetOrTimeSchedule from 3.0, DatasetOrTimeSchedule from 2.9).',
    bad: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG
from airflow.providers.standard.operators.bash import BashOperator

with DAG("close_books", schedule="0 6 1 * *", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    BashOperator(task_id="close", bash_command="close-books")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG
from airflow.providers.standard.operators.bash import BashOperator

with DAG("close_books", schedule="0 6 * * *", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    BashOperator(task_id="close", bash_command="close-books")
`,
    },
  },
  find: (scope) => (isOnClock(scope.facts.dag) ? [...scheduleMatch(scope), ...timeSensorMatches(scope)] : []),
};

function scheduleMatch(scope: HazardScope): HazardMatch[] {
  const { dag } = scope.facts;
  const rule = calendarRule(dag);
  if (rule === undefined) return [];
  const message = `${dag.dag_id} follows the calendar: ${rule}`;
  return [{ task: null, severity: severityOf(scope), message, evidence: [dagCitation(dag, message, 'schedule')] }];
}

/** With an event that is believable the calendar is a condition beside it; without one it is all there is. */
function severityOf({ candidates }: HazardScope): Severity {
  const hasEvent = candidates.some((candidate) => candidate.source_kind !== 'clock' && candidate.confidence !== 'low');
  return hasEvent ? 'medium' : 'high';
}

function calendarRule({ schedule }: Dag): string | undefined {
  const time = schedule.kind === 'assets_or_time' ? schedule.time : schedule;
  if (time.kind === 'timetable') return airflowTimetables.has(time.timetable) ? undefined : `the timetable ${time.timetable} decides`;
  if (time.kind !== 'cron') return undefined;
  const parsed = parseCron(time.expression);
  if (parsed.kind === 'invalid') return undefined;
  const { days, onLastDay, weekdays, nthWeekdays, months } = parsed.cron;
  if (nthWeekdays.size > 0) return `only on certain weekdays of the month (${time.expression})`;
  if (days !== null || onLastDay) return `only on certain days of the month (${time.expression})`;
  if (weekdays !== null) return `only on certain weekdays (${time.expression})`;
  return months === null ? undefined : `only in certain months (${time.expression})`;
}

/** Timetables of Airflow itself that say when in the day, not on which days. */
const airflowTimetables: ReadonlySet<string> = new Set([
  'CronDataIntervalTimetable',
  'CronTriggerTimetable',
  'DeltaDataIntervalTimetable',
  'DeltaTriggerTimetable',
  'MultipleCronTriggerTimetable',
]);

function timeSensorMatches({ facts: { dag, waiting } }: HazardScope): HazardMatch[] {
  return waiting
    .filter(({ sensor }) => sensor.category === 'time')
    .map(({ task }) => ({
      task,
      severity: 'medium',
      message: `${task.task_id} (${task.operator}) waits for a time: it stays a rule about the clock`,
      evidence: [taskCitation(dag, task, `${task.task_id} waits for a time`, 'time-sensor')],
    }));
}
