// The kinds of DAG files that a generated estate is made of, as a data platform has them. Each takes what is special
// about one file and gives its text.

const head = (lines) => `from __future__ import annotations\n\n${lines.join('\n')}\n`;

const standardImports = ['from common.defaults import LAKE, START, default_args'];

/** A thin file: everything but the numbers lies in the shared factory. */
function factory({ id, hour, tables }) {
  const entries = tables.map((table, index) => `    "${table}": {"columns": ["id", "changed_at", "${table}_code"], "hours": ${index + 2}},`);
  return `"""Airflow DAGs of the deliveries of ${id}: one per table of the source."""
${head(['from common.feeds import build_feed'])}
DELIVERIES = {
${entries.join('\n')}
}

for name, settings in DELIVERIES.items():
    globals()[f"${id}_{name}"] = build_feed(f"${id}_{name}", schedule="15 ${hour} * * *", **settings)
`;
}

function taskflow({ id, hour, owner, tables }) {
  const choices = tables.map((table) => `"${table}"`).join(', ');
  return `"""Scores of ${id}: reads parts in parallel and publishes what passes the checks."""
${head(['import json', 'from datetime import timedelta', '', 'from airflow.sdk import dag, task, task_group', '', ...standardImports])}

@task(retries=2, retry_delay=timedelta(minutes=3))
def read(part: str, ds: str | None = None) -> list[dict]:
    """Rows of one part of the day."""
    from airflow.providers.amazon.aws.hooks.s3 import S3Hook

    text = S3Hook("aws_lake").read_key(f"${id}/{ds}/{part}.json", LAKE)
    rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    return [row for row in rows if row.get("state") != "deleted"]


@task
def score(rows: list[dict], weight: float = 0.5) -> dict:
    total = sum(float(row.get("amount", 0)) for row in rows)
    if not rows:
        return {"count": 0, "score": 0.0}
    return {"count": len(rows), "score": weight * total / len(rows)}


@task(trigger_rule="none_failed")
def publish(results: list[dict]) -> int:
    best = max(results, key=lambda result: result["score"])
    print(f"best of {len(results)}: {best}")
    return len(results)


@dag(
    dag_id="${id}",
    schedule="${(hour * 7) % 60} ${hour} * * 1-5",
    start_date=START,
    catchup=False,
    default_args=default_args("${owner}"),
    tags=["score", "${owner}"],
)
def build():
    @task_group(group_id="parts")
    def parts():
        return [score.override(task_id=f"score_{part}")(read.override(task_id=f"read_{part}")(part)) for part in (${choices})]

    publish(parts())


build()
`;
}

function classic({ id, hour, owner, tables }) {
  return `"""Build of ${id}: staging tables to the core layer, then its checks."""
${head([
  'from datetime import timedelta',
  '',
  'from airflow.providers.common.sql.operators.sql import SQLCheckOperator, SQLExecuteQueryOperator',
  'from airflow.providers.standard.operators.bash import BashOperator',
  'from airflow.providers.standard.operators.empty import EmptyOperator',
  'from airflow.sdk import DAG, TaskGroup, chain',
  '',
  ...standardImports,
])}
TABLES = [${tables.map((table) => `"${table}"`).join(', ')}]
SCHEMA = "${owner}"


def insert(table: str) -> str:
    """The statement that replaces one day of a table."""
    return f"""
        delete from core.{SCHEMA}_{table} where business_date = '{{{{ ds }}}}';
        insert into core.{SCHEMA}_{table}
        select id, changed_at, amount, '{{{{ ds }}}}' as business_date
        from staging.{SCHEMA}_{table}
        where changed_at >= '{{{{ data_interval_start }}}}' and changed_at < '{{{{ data_interval_end }}}}'
    """


with DAG(
    dag_id="${id}",
    schedule="${(hour * 11) % 60} ${hour} * * *",
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=default_args("${owner}", retries=3),
    dagrun_timeout=timedelta(hours=4),
    tags=["core", SCHEMA],
    doc_md=__doc__,
):
    start = EmptyOperator(task_id="start")
    refresh = BashOperator(
        task_id="refresh_statistics",
        bash_command="analyse --schema {{ params.schema }} --day {{ ds }} --quiet",
        params={"schema": SCHEMA},
        env={"PGDATABASE": "warehouse", "PGAPPNAME": "${id}"},
    )
    groups = []
    for table in TABLES:
        with TaskGroup(group_id=table, tooltip=f"staging to core: {table}") as group:
            load = SQLExecuteQueryOperator(task_id="load", conn_id="warehouse", sql=insert(table), split_statements=True)
            check = SQLCheckOperator(
                task_id="check",
                conn_id="warehouse",
                sql=f"select count(*) from core.{SCHEMA}_{table} where business_date = '{{{{ ds }}}}'",
                retries=0,
            )
            load >> check
        groups.append(group)
    chain(start, groups, refresh)
`;
}

function sensors({ id, hour, owner, tables, before }) {
  const wait = before === null ? '' : `
    upstream = ExternalTaskSensor(
        task_id="wait_for_upstream",
        external_dag_id="${before}",
        execution_delta=timedelta(hours=1),
        mode="reschedule",
        timeout=2 * 3600,
    )`;
  return `"""Intake of ${id}: waits for files and for who is before it, then loads and tells who comes after."""
${head([
  'from datetime import timedelta',
  '',
  'from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor',
  'from airflow.providers.amazon.aws.transfers.s3_to_redshift import S3ToRedshiftOperator',
  'from airflow.providers.standard.operators.python import PythonOperator',
  'from airflow.providers.standard.sensors.external_task import ExternalTaskSensor',
  'from airflow.sdk import DAG',
  '',
  ...standardImports,
])}

def archive(name: str, ds: str, **context) -> str:
    """Moves a file that was loaded out of the landing area."""
    from airflow.providers.amazon.aws.hooks.s3 import S3Hook

    hook = S3Hook("aws_landing")
    source = f"${id}/{ds}/{name}.csv"
    target = f"archive/{source}"
    hook.copy_object(source_bucket_key=source, dest_bucket_key=target, source_bucket_name=LAKE, dest_bucket_name=LAKE)
    hook.delete_objects(bucket=LAKE, keys=[source])
    return target


with DAG(
    dag_id="${id}",
    schedule="${hour % 2 === 0 ? '@hourly' : `45 ${hour} * * *`}",
    start_date=START,
    catchup=False,
    default_args=default_args("${owner}"),
    tags=["intake"],
) as dag:${wait}
    for name in [${tables.map((table) => `"${table}"`).join(', ')}]:
        arrived = S3KeySensor(
            task_id=f"wait_{name}",
            bucket_name=LAKE,
            bucket_key=f"${id}/{{{{ ds }}}}/{name}.csv",
            aws_conn_id="aws_landing",
            mode="reschedule",
            poke_interval=120,
            timeout=timedelta(hours=3).total_seconds(),
        )
        load = S3ToRedshiftOperator(
            task_id=f"load_{name}",
            schema="staging",
            table=f"${owner}_{name}",
            s3_bucket=LAKE,
            s3_key=f"${id}/{{{{ ds }}}}/{name}.csv",
            copy_options=["csv", "ignoreheader 1"],
        )
        done = PythonOperator(task_id=f"archive_{name}", python_callable=archive, op_kwargs={"name": name})
        ${before === null ? 'arrived' : 'upstream >> arrived'} >> load >> done
`;
}

function assets({ id, number, owner, tables }) {
  const [first = 'rows', second = first] = tables;
  return `"""Mart of ${id}: built whenever what it is made of has changed."""
${head([
  'from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator',
  'from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator',
  'from airflow.sdk import DAG, Asset, Label, task',
  '',
  ...standardImports,
])}
FIRST = Asset("s3://lake/${owner}/${first}")
SECOND = Asset("s3://lake/${owner}/${second}")
MART = Asset("s3://marts/${id}")

with DAG(
    dag_id="${id}",
    schedule=${number % 2 === 0 ? '(FIRST | SECOND)' : '[FIRST, SECOND]'},
    start_date=START,
    catchup=False,
    default_args=default_args("${owner}"),
    tags=["mart"],
):
    @task.branch
    def is_complete(threshold: int = 100) -> str:
        """Which way a run goes depends on how many rows came in."""
        from airflow.providers.postgres.hooks.postgres import PostgresHook

        rows = PostgresHook("warehouse").get_first("select count(*) from staging.${owner}_${first}")
        return "build" if rows and rows[0] >= threshold else "ask_again"

    build = SQLExecuteQueryOperator(
        task_id="build",
        conn_id="warehouse",
        sql="insert into marts.${id} select * from core.${owner}_${first} join core.${owner}_${second} using (id)",
        outlets=[MART],
    )
    again = TriggerDagRunOperator(task_id="ask_again", trigger_dag_id="${id}", wait_for_completion=False)
    choice = is_complete()
    choice >> Label("complete") >> build
    choice >> Label("too few rows") >> again
`;
}

/** What stands in a Variable that the repository doesn't hold decides which tasks there are: it can't be known. */
function unknowable({ id, hour, owner }) {
  return `"""Exports of ${id}: the list of tables is kept in a Variable."""
${head([
  'from airflow.providers.amazon.aws.transfers.sql_to_s3 import SqlToS3Operator',
  'from airflow.providers.standard.operators.empty import EmptyOperator',
  'from airflow.sdk import DAG, Variable',
  '',
  ...standardImports,
])}
with DAG(
    dag_id="${id}",
    schedule="5 ${hour} * * 0",
    start_date=START,
    catchup=False,
    default_args=default_args("${owner}"),
):
    finished = EmptyOperator(task_id="finished")
    for table in Variable.get("${id}_tables", deserialize_json=True):
        export = SqlToS3Operator(
            task_id=f"export_{table}",
            sql_conn_id="erp",
            query=f"select * from erp.{table}",
            s3_bucket=LAKE,
            s3_key=f"exports/{table}/{{{{ ds }}}}.parquet",
        )
        export >> finished
`;
}

/** Of twenty files, how many are of which kind. */
export const mix = [
  { name: 'classic', share: 7, write: classic },
  { name: 'taskflow', share: 5, write: taskflow },
  { name: 'sensors', share: 3, write: sensors },
  { name: 'factory', share: 2, write: factory },
  { name: 'assets', share: 2, write: assets },
  { name: 'unknowable', share: 1, write: unknowable },
];

/** The package that every file imports from. */
export const sharedPackage = {
  '__init__.py': '',
  'defaults.py': `"""What all DAGs share."""
from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone

START = datetime(2024, 1, 1, tzinfo=timezone.utc)
LAKE = os.environ.get("LAKE_BUCKET", "company-lake")


def default_args(owner: str, **changes) -> dict:
    """Arguments of every task of an owner."""
    return {
        "owner": owner,
        "retries": 2,
        "retry_delay": timedelta(minutes=5),
        "email": [f"{owner}@example.com"],
        "email_on_failure": True,
        **changes,
    }
`,
  'feeds.py': `"""The factory of deliveries."""
from __future__ import annotations

from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor
from airflow.providers.amazon.aws.transfers.s3_to_redshift import S3ToRedshiftOperator
from airflow.sdk import DAG, task

from common.defaults import LAKE, START, default_args


@task
def validate(key: str, columns: list[str]) -> str:
    return key


def build_feed(name: str, schedule: str, columns: list[str], hours: int = 6) -> DAG:
    """Waits for a file, checks it and loads it."""
    with DAG(
        dag_id=f"feed_{name}",
        schedule=schedule,
        start_date=START,
        catchup=False,
        default_args=default_args("integration"),
        tags=["feed"],
    ) as dag:
        key = f"feeds/{name}/{{{{ ds }}}}.csv"
        arrived = S3KeySensor(task_id="wait", bucket_name=LAKE, bucket_key=key, mode="reschedule", timeout=hours * 3600)
        checked = validate(key, columns)
        load = S3ToRedshiftOperator(task_id="load", schema="staging", table=name, s3_bucket=LAKE, s3_key=key)
        arrived >> checked >> load
    return dag
`,
};
