import { fromHazards } from './from-hazard.js';
import type { CheckRule } from './rule.js';

/** D2E011: several events must meet, and nothing says what happens when one doesn't come. */
export const fanInWithoutPolicy: CheckRule = {
  doc: {
    id: 'D2E011',
    kind: 'check',
    title: 'Waits for several assets, and nothing says for how long',
    level: 'note',
    versions: '2.4 and later',
    why:
      'A schedule over several assets fires when each was updated since the last run. Updates never expire and nothing times ' +
      'out: a producer that stopped blocks the DAG without a word, and an old update counts together with new ones.',
    cure: 'Add a clock (AssetOrTimeSchedule) or an alert on the age of the last run, and check in the first task how old each event is.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset

with DAG("reconcile", schedule=[Asset("s3://lake/orders"), Asset("s3://lake/payments")]):
    BashOperator(task_id="reconcile", bash_command="reconcile")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset
from airflow.timetables.assets import AssetOrTimeSchedule
from airflow.timetables.trigger import CronTriggerTimetable

with DAG(
    "reconcile",
    schedule=AssetOrTimeSchedule(
        timetable=CronTriggerTimetable("0 6 * * *", timezone="UTC"),
        assets=[Asset("s3://lake/orders"), Asset("s3://lake/payments")],
    ),
):
    BashOperator(task_id="reconcile", bash_command="reconcile")
`,
    },
  },
  find: (estate) => fromHazards(estate, 'H3', () => 'note'),
};
