import { fromHazards } from './from-hazard.js';
import type { CheckRule } from './rule.js';

/** D2E015: two spellings of what is meant to be one asset. */
export const assetIdentity: CheckRule = {
  doc: {
    id: 'D2E015',
    kind: 'check',
    title: 'One asset under two names or URIs',
    level: 'error',
    versions: '2.4 to 2.11 for spellings; names since 3.0',
    why:
      'Airflow links producer and consumer by name and URI, to the letter. Two spellings are two assets: the consumer never ' +
      'starts. Since 3.0 a name or URI that is used twice makes one of the two inactive.',
    cure: 'Define the asset once and import it where it is used.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset

with DAG("load", schedule="@daily"):
    BashOperator(task_id="load", bash_command="load", outlets=[Asset("orders", uri="s3://lake/orders")])

with DAG("export", schedule=[Asset("orders", uri="s3://lake/orders/v2")]):
    BashOperator(task_id="export", bash_command="export")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset

orders = Asset("orders", uri="s3://lake/orders")

with DAG("load", schedule="@daily"):
    BashOperator(task_id="load", bash_command="load", outlets=[orders])

with DAG("export", schedule=[orders]):
    BashOperator(task_id="export", bash_command="export")
`,
    },
  },
  find: (estate) => fromHazards(estate, 'H24', (hazard) => (hazard.severity === 'high' ? 'error' : 'warning')),
};
