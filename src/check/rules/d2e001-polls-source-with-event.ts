import type { TriggerCandidate } from '../../model/analysis.js';
import { otherPlaces, placeOf, type CheckRule, type Estate, type FindingDraft } from './rule.js';

const clockKinds: ReadonlySet<string> = new Set(['cron', 'delta', 'timetable']);

/** D2E001: a clock starts the DAG, which then asks again and again for something that would announce itself. */
export const pollsSourceWithEvent: CheckRule = {
  doc: {
    id: 'D2E001',
    kind: 'check',
    title: 'Polls a source that has an event',
    level: 'warning',
    versions: '2.4 and later',
    why:
      'The clock starts a run that then waits by asking again and again. The source announces the same thing by an event: ' +
      'the run could start at that moment, and no worker slot would be held while nothing has come.',
    cure: 'Schedule the DAG on an asset that the event updates, and drop the sensor.',
    bad: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("load_orders", schedule="@hourly", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    wait = S3KeySensor(task_id="wait", bucket_name="landing", bucket_key="orders/done.csv", deferrable=True)
    wait >> BashOperator(task_id="load", bash_command="load-orders")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset

with DAG("load_orders", schedule=[Asset("s3://landing/orders/done.csv")]):
    BashOperator(task_id="load", bash_command="load-orders")
`,
    },
  },
  find: (estate) => estate.analysis.candidates.flatMap((candidate) => findAt(candidate, estate)),
};

function findAt(candidate: TriggerCandidate, estate: Estate): FindingDraft[] {
  const dag = estate.dag(candidate.dag_id);
  const task = candidate.task_id === null ? undefined : estate.task(candidate.dag_id, candidate.task_id);
  if (!dag || !task || !clockKinds.has(dag.schedule.kind)) return [];
  // What is uncertain, needs a split first or has no mechanism on this release is for the report, not for a reviewer.
  if (candidate.confidence === 'low' || candidate.is_mid_dag || candidate.mechanism.kind === 'none') return [];
  const place = placeOf(task);
  return [
    {
      level: 'warning',
      dag_id: dag.dag_id,
      task_id: task.task_id,
      subject: `${candidate.source_kind} ${identity(candidate)}`,
      message: `${dag.dag_id} is started by the clock and polls ${identity(candidate) || 'a source'} (${candidate.source_kind}) with ${task.operator}`,
      cure: `Let the event start the DAG: ${candidate.mechanism.text}.`,
      place,
      related: otherPlaces(estate.places(candidate.evidence), place),
    },
  ];
}

function identity(candidate: TriggerCandidate): string {
  return Object.entries(candidate.fields)
    .map(([name, value]) => `${name}=${value.replaceAll(/\s+/g, ' ').trim()}`)
    .join(' ');
}
