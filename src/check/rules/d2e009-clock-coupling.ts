import { fromHazards } from './from-hazard.js';
import type { CheckRule } from './rule.js';

/** D2E009: one DAG reads what another writes, and only two start times keep them in order. */
export const clockCoupling: CheckRule = {
  doc: {
    id: 'D2E009',
    kind: 'check',
    title: 'Reads what another DAG writes, linked by nothing but the clock',
    level: 'warning',
    versions: '2.4 and later',
    why:
      'The reading DAG starts at a time at which the writing one used to be done. When that is late, or its schedule moves, ' +
      'the reader works on old data and nobody is told.',
    cure: 'Give the writing task an outlet asset and schedule the reading DAG on it.',
    bad: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator
from airflow.sdk import DAG

start = pendulum.datetime(2026, 1, 1)

with DAG("load_stock", schedule="0 2 * * *", start_date=start, catchup=False):
    SQLExecuteQueryOperator(task_id="load", conn_id="warehouse", sql="CREATE OR REPLACE TABLE mart.stock AS SELECT * FROM raw.stock")

with DAG("report_stock", schedule="0 4 * * *", start_date=start, catchup=False):
    SQLExecuteQueryOperator(task_id="report", conn_id="warehouse", sql="SELECT count(*) FROM mart.stock")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator
from airflow.sdk import DAG, Asset

stock = Asset("stock", uri="x-warehouse://mart/stock")
start = pendulum.datetime(2026, 1, 1)

with DAG("load_stock", schedule="0 2 * * *", start_date=start, catchup=False):
    SQLExecuteQueryOperator(
        task_id="load",
        conn_id="warehouse",
        sql="CREATE OR REPLACE TABLE mart.stock AS SELECT * FROM raw.stock",
        outlets=[stock],
    )

with DAG("report_stock", schedule=[stock]):
    SQLExecuteQueryOperator(task_id="report", conn_id="warehouse", sql="SELECT count(*) FROM mart.stock")
`,
    },
  },
  find: (estate) => fromHazards(estate, 'H27', () => 'warning'),
};
