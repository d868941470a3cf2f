import type { TriggerCandidate } from '../../model/analysis.js';
import { placeOf, type CheckRule, type Estate, type FindingDraft } from './rule.js';

/** A sensor that gives up within the hour holds its worker slot for no longer than an ordinary task. */
const longestPokeSeconds = 3600;

/** D2E003: a sensor in poke mode holds a worker slot all the time it waits. */
export const longPoke: CheckRule = {
  doc: {
    id: 'D2E003',
    kind: 'check',
    title: 'Sensor in poke mode with a long timeout',
    level: 'warning',
    versions: '2.4 and later',
    why:
      'In poke mode, the default, a sensor holds a worker slot from its first look to its timeout, by default seven days. ' +
      'A few of them, waiting for one late file, stop everything else.',
    cure: 'Use deferrable=True or mode="reschedule", or a timeout within the hour; best of all, let an event start the DAG.',
    bad: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.providers.standard.sensors.filesystem import FileSensor
from airflow.sdk import DAG

with DAG("load", schedule="@daily", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    FileSensor(task_id="wait", filepath="/inbox/orders.csv")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.providers.standard.sensors.filesystem import FileSensor
from airflow.sdk import DAG

with DAG("load", schedule="@daily", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    FileSensor(task_id="wait", filepath="/inbox/orders.csv", mode="reschedule")
`,
    },
  },
  find: (estate) => oncePerTask(estate.analysis.candidates).flatMap((candidate) => findAt(candidate, estate)),
};

function findAt(candidate: TriggerCandidate, estate: Estate): FindingDraft[] {
  const task = candidate.task_id === null ? undefined : estate.task(candidate.dag_id, candidate.task_id);
  const timeout = candidate.replaces?.timeout_seconds;
  if (!task || candidate.replaces?.mode !== 'poke' || timeout === null || timeout === undefined) return [];
  if (timeout <= longestPokeSeconds) return [];
  const isDefault = task.arguments['timeout'] === undefined;
  return [
    {
      level: 'warning',
      dag_id: candidate.dag_id,
      task_id: task.task_id,
      subject: 'poke',
      message: `${task.task_id} (${task.operator}) can hold a worker slot for ${durationText(timeout)}${isDefault ? ', the default timeout' : ''}`,
      place: placeOf(task),
      related: [],
    },
  ];
}

/** A sensor with several keys gives several candidates; it holds one slot. */
function oncePerTask(candidates: readonly TriggerCandidate[]): TriggerCandidate[] {
  const byTask = new Map(candidates.map((candidate) => [`${candidate.dag_id}/${candidate.task_id ?? ''}`, candidate]));
  return [...byTask.values()];
}

function durationText(seconds: number): string {
  const hours = Math.round(seconds / 360) / 10;
  return hours >= 48 ? `${Math.round(hours / 2.4) / 10} days` : `${hours} hours`;
}
