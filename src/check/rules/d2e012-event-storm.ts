import { fromHazards } from './from-hazard.js';
import type { CheckRule } from './rule.js';

/** D2E012: runs that start each other without end, or many more than the workers can take. */
export const eventStorm: CheckRule = {
  doc: {
    id: 'D2E012',
    kind: 'check',
    title: 'DAGs that start each other in a circle, or by the thousands',
    level: 'error',
    versions: '2.4 and later',
    why:
      'An asset that leads back to its own producer starts a run at the end of every run, for ever. A DAG that runs often and ' +
      'starts many others multiplies: the scheduler is busy with runs that say nothing new.',
    cure: 'Break the circle at the link that carries the least; gather events before a wide fan-out, and give the consumers max_active_runs.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset

clean = Asset("s3://lake/clean")
index = Asset("s3://lake/index")

with DAG("clean", schedule=[index]):
    BashOperator(task_id="clean", bash_command="clean", outlets=[clean])

with DAG("index", schedule=[clean]):
    BashOperator(task_id="index", bash_command="index", outlets=[index])
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset

clean = Asset("s3://lake/clean")

with DAG("clean", schedule="@daily"):
    BashOperator(task_id="clean", bash_command="clean", outlets=[clean])

with DAG("index", schedule=[clean]):
    BashOperator(task_id="index", bash_command="index")
`,
    },
  },
  // A circle that a trigger closes may end behind a branch; one of events doesn't.
  find: (estate) => fromHazards(estate, 'H8', (hazard) => (hazard.severity === 'high' ? 'error' : 'warning')),
};
