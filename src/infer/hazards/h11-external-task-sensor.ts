import type { Dag, Schedule, Task } from '../../model/graph.js';
import type { CronClock, Meeting, Meetings } from '../../util/cron/meet.js';
import { stepsMeet } from '../../util/cron/delta-meet.js';
import { isAtLeast } from '../../util/release.js';
import { dagCitation, taskCitation, type Citation } from '../evidence.js';
import { logicalDates } from './logical-dates.js';
import { isOnClock, type HazardMatch, type HazardRule, type HazardScope } from './rule.js';

/**
 * H11: ExternalTaskSensor finds its run by logical date. `high` is exactly: by the schedules as they stand it can never
 * find one.
 */
export const externalTaskSensorHazard: HazardRule = {
  doc: {
    id: 'H11',
    kind: 'hazard',
    title: 'ExternalTaskSensor that finds no run',
    level: 'high',
    versions: '2.4 and later',
    why:
      'ExternalTaskSensor waits for a run of the other DAG with its own logical date (minus execution_delta). When the two ' +
      'schedules share no such date, or the other DAG moves to events and has no logical date any more, nothing ever matches ' +
      'and the sensor holds on until its timeout, seven days by default.',
    cure: 'Replace the sensor by an asset that the awaited task updates, in the same step in which the awaited DAG moves.',
    bad: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor

start = pendulum.datetime(2026, 1, 1)

with DAG("load", schedule="0 2 * * *", start_date=start, catchup=False):
    EmptyOperator(task_id="done")

with DAG("report", schedule="0 4 * * *", start_date=start, catchup=False):
    ExternalTaskSensor(task_id="wait", external_dag_id="load", external_task_id="done")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from datetime import timedelta

import pendulum
from airflow.sdk import DAG
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor

start = pendulum.datetime(2026, 1, 1)

with DAG("load", schedule="0 2 * * *", start_date=start, catchup=False):
    EmptyOperator(task_id="done")

with DAG("report", schedule="0 4 * * *", start_date=start, catchup=False):
    ExternalTaskSensor(
        task_id="wait", external_dag_id="load", external_task_id="done", execution_delta=timedelta(hours=2)
    )
`,
    },
  },
  find: (scope) => scope.facts.dag.tasks.flatMap((task) => matchTask(task, scope)),
};

function matchTask(task: Task, scope: HazardScope): HazardMatch[] {
  if (task.link?.kind !== 'sensor' || task.link.external_dag_id === null) return [];
  const awaited = scope.context.dags.get(task.link.external_dag_id)?.dag;
  if (!awaited || awaited === scope.facts.dag) return [];
  const evidence = citations(scope.facts.dag, task, awaited);
  if (awaited.schedule.kind === 'assets') return [withoutDate(task, awaited, scope, evidence)];
  const meeting = scheduleMeeting(scope.facts.dag.schedule, awaited.schedule, task, scope.context.meetings);
  if (meeting?.verdict === 'never') {
    const message = `${task.task_id} never finds a run of ${awaited.dag_id}: ${schedulesText(scope.facts.dag, awaited, task)}`;
    return [{ task, subject: 'never', severity: 'high', message, evidence }];
  }
  if (meeting?.verdict === 'sometimes') {
    const message = `${task.task_id} finds no run of ${awaited.dag_id} for ${meeting.total - meeting.matched} of ${meeting.total} logical dates of 2026, first that of ${meeting.firstMissed}: ${schedulesText(scope.facts.dag, awaited, task)}`;
    return [{ task, subject: 'sometimes', severity: 'medium', message, evidence }];
  }
  const steps = meeting === undefined ? stepMeeting(scope.facts.dag, awaited, task) : undefined;
  if (steps !== undefined && steps !== 'meets') return [outOfStep(steps, task, awaited, scope, evidence)];
  return couldMove(awaited, scope) ? [whenMoved(task, awaited, evidence)] : [];
}

function withoutDate(task: Task, awaited: Dag, { context }: HazardScope, evidence: HazardMatch['evidence']): HazardMatch {
  const date = isAtLeast(context.release, '3.0.0') ? 'no logical date' : 'the time of the event, to the microsecond, as its date';
  const message = `${task.task_id} never finds a run of ${awaited.dag_id}: it is scheduled on assets, so that its runs have ${date}`;
  return { task, subject: 'never', severity: 'high', message, evidence };
}

function whenMoved(task: Task, awaited: Dag, evidence: HazardMatch['evidence']): HazardMatch {
  const message = `${task.task_id} stops matching as soon as ${awaited.dag_id} leaves its clock: runs that an event starts have no common logical date`;
  return { task, subject: 'moves', severity: 'medium', message, evidence };
}

/** How dates of equal steps meet others; undefined where nothing can be said against them. */
function stepMeeting(waiting: Dag, awaited: Dag, task: Task): 'never' | 'sometimes' | 'chance' | 'meets' | undefined {
  if (task.link?.kind !== 'sensor' || task.link.has_execution_date_fn || !isPlainDelta(task)) return undefined;
  if (waiting.schedule.kind !== 'delta' && awaited.schedule.kind !== 'delta') return undefined;
  const [ours, theirs] = [logicalDates(waiting), logicalDates(awaited)];
  const found = ours && theirs ? stepsMeet(ours, theirs, task.link.execution_delta ?? 0) : 'unknown';
  return found === 'unknown' ? undefined : found;
}

function outOfStep(how: 'never' | 'sometimes' | 'chance', task: Task, awaited: Dag, scope: HazardScope, evidence: HazardMatch['evidence']): HazardMatch {
  const texts = {
    never: `${task.task_id} never finds a run of ${awaited.dag_id}`,
    sometimes: `${task.task_id} finds a run of ${awaited.dag_id} for some of its logical dates only`,
    chance: `${task.task_id} finds a run of ${awaited.dag_id} only by chance: without catchup the dates of a timedelta begin at the moment at which Airflow first sees the DAG`,
  } as const;
  return { task, subject: how, severity: how === 'sometimes' ? 'medium' : 'high', message: `${texts[how]}: ${schedulesText(scope.facts.dag, awaited, task)}`, evidence };
}

/** Whether the awaited DAG has an event that could take it off its clock. */
function couldMove(awaited: Dag, scope: HazardScope): boolean {
  return isOnClock(awaited) && scope.candidatesOf(awaited.dag_id).some((candidate) => candidate.confidence !== 'low');
}

/** Undefined where the dates are not a matter of two crons: then there is nothing to decide. */
function scheduleMeeting(waiting: Schedule, awaited: Schedule, task: Task, meetings: Meetings): Meeting | undefined {
  if (task.link?.kind !== 'sensor' || task.link.has_execution_date_fn) return undefined;
  if (!isPlainDelta(task)) return undefined;
  const ours = cronOf(waiting);
  const theirs = cronOf(awaited);
  return ours && theirs ? meetings(ours, theirs, task.link.execution_delta ?? 0) : undefined;
}

/** An execution_delta that is given and not known must not count as none. */
function isPlainDelta(task: Task): boolean {
  const given = task.arguments['execution_delta'];
  const isGiven = given !== undefined && given !== null;
  return !isGiven || (task.link?.kind === 'sensor' && task.link.execution_delta !== null);
}

function cronOf(schedule: Schedule): CronClock | undefined {
  return schedule.kind === 'cron' ? schedule : undefined;
}

function schedulesText(waiting: Dag, awaited: Dag, task: Task): string {
  const delta = task.link?.kind === 'sensor' ? (task.link.execution_delta ?? 0) : 0;
  return `${waiting.dag_id} runs at ${cronText(waiting)}, ${awaited.dag_id} at ${cronText(awaited)}, execution_delta is ${deltaText(delta)}`;
}

function deltaText(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (seconds < 0 || seconds % 60 !== 0 || seconds === 0) return `${seconds} s`;
  return [...(hours > 0 ? [`${hours} h`] : []), ...(minutes > 0 ? [`${minutes} min`] : [])].join(' ');
}

function cronText({ schedule, start_date: start, catchup }: Dag): string {
  if (schedule.kind === 'delta') return `steps of ${deltaText(schedule.seconds)} (start_date ${start ?? 'not known'}, catchup ${String(catchup)})`;
  return schedule.kind === 'cron' ? `${schedule.expression} ${schedule.timezone}` : schedule.kind;
}

function citations(dag: Dag, task: Task, awaited: Dag): [Citation, Citation] {
  return [
    taskCitation(dag, task, `${task.task_id} waits for ${awaited.dag_id}`, 'sensor'),
    dagCitation(awaited, `${awaited.dag_id} is awaited by ${dag.dag_id}.${task.task_id}`, 'awaited'),
  ];
}
