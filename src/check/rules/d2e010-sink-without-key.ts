import { fromHazards, isOnEvents } from './from-hazard.js';
import type { CheckRule } from './rule.js';

/** D2E010: events start the DAG, and what it writes or sends is not recognised at a second delivery. */
export const sinkWithoutKey: CheckRule = {
  doc: {
    id: 'D2E010',
    kind: 'check',
    title: 'Event-triggered DAG that writes again at a second delivery',
    level: 'warning',
    versions: '2.4 and later',
    why: 'Events are delivered at least once, and a replay delivers them again. What has no key is written or sent twice.',
    cure: 'Write by a key that the event carries (MERGE, ON CONFLICT, overwrite the partition), or remember what has been sent.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator
from airflow.sdk import DAG, Asset

with DAG("load_payments", schedule=[Asset("s3://lake/payments")]):
    SQLExecuteQueryOperator(task_id="load", conn_id="warehouse", sql="INSERT INTO mart.payments SELECT * FROM staging.payments")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator
from airflow.sdk import DAG, Asset

with DAG("load_payments", schedule=[Asset("s3://lake/payments")]):
    SQLExecuteQueryOperator(
        task_id="load",
        conn_id="warehouse",
        sql="INSERT INTO mart.payments SELECT * FROM staging.payments ON CONFLICT (payment_id) DO NOTHING",
    )
`,
    },
  },
  find: (estate) => ['H26', 'H28'].flatMap((rule) => fromHazards(estate, rule, (_hazard, dag) => (isOnEvents(dag) ? 'warning' : undefined))),
};
