import { accessCitation } from '../lineage/citation.js';
import type { Dag } from '../../model/graph.js';
import type { HazardRule } from './rule.js';

/** H27: two DAGs that only their clocks keep in order. */
export const clockCouplingHazard: HazardRule = {
  doc: {
    id: 'H27',
    kind: 'hazard',
    title: 'Comes after another DAG only by the clock',
    level: 'medium',
    versions: '2.4 and later',
    why:
      'One DAG writes what the other reads, and nothing but two start times keeps them in order. A late run of the first ' +
      'is missed without a word already today; when either of them leaves its clock, the order is gone for good.',
    cure: 'Give the writing task an outlet asset and schedule the reading DAG on it.',
    bad: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG
from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator

start = pendulum.datetime(2026, 1, 1)

with DAG("load_orders", schedule="0 2 * * *", start_date=start, catchup=False):
    SQLExecuteQueryOperator(
        task_id="load", conn_id="warehouse", sql="CREATE OR REPLACE TABLE mart.orders AS SELECT * FROM raw.orders"
    )

with DAG("report_orders", schedule="0 4 * * *", start_date=start, catchup=False):
    SQLExecuteQueryOperator(task_id="report", conn_id="warehouse", sql="SELECT count(*) FROM mart.orders")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG, Asset
from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator

orders = Asset("orders", uri="x-warehouse://mart/orders")
start = pendulum.datetime(2026, 1, 1)

with DAG("load_orders", schedule="0 2 * * *", start_date=start, catchup=False):
    SQLExecuteQueryOperator(
        task_id="load",
        conn_id="warehouse",
        sql="CREATE OR REPLACE TABLE mart.orders AS SELECT * FROM raw.orders",
        outlets=[orders],
    )

with DAG("report_orders", schedule=[orders]):
    SQLExecuteQueryOperator(task_id="report", conn_id="warehouse", sql="SELECT count(*) FROM mart.orders")
`,
    },
  },
  find({ couplings }) {
    return couplings.map(({ reader, writer, resource, read, written }) => {
      const message =
        `${reader.dag.dag_id} (${clockText(reader.dag)}) reads ${resource.text}, which ${writer.dag.dag_id} ` +
        `(${clockText(writer.dag)}) writes; ${orderText(writer.dag, reader.dag)}`;
      return {
        task: reader.task,
        subject: `${writer.dag.dag_id}:${resource.key}`,
        severity: 'medium',
        message,
        evidence: [
          accessCitation(read),
          accessCitation(written),
        ],
      };
    });
  },
};

/** Two DAGs that start at the same time are in no order at all. */
function orderText(writer: Dag, reader: Dag): string {
  return clockText(writer) === clockText(reader) ? 'they start at the same time, so that nothing keeps them in order' : 'only the clock keeps them in order';
}

function clockText({ schedule }: Dag): string {
  if (schedule.kind === 'cron') return `${schedule.expression} ${schedule.timezone}`;
  return schedule.kind === 'delta' ? `every ${schedule.seconds} s` : schedule.kind;
}
