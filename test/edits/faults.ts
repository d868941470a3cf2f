/** A fault to put into an estate: `LINE` marks where it must be reported, `#` in it is a number of its own. */
export interface Fault {
  readonly rule: string;
  readonly source: string;
}

const header = `import pendulum
from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor
from airflow.providers.standard.sensors.filesystem import FileSensor
from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor
from airflow.sdk import DAG, Asset

start_of_fault = pendulum.datetime(2026, 1, 1)
`;
const clocked = (id: string, schedule = '@daily') => `with DAG("${id}", schedule="${schedule}", start_date=start_of_fault, catchup=False):\n`;

const bodies: readonly [string, string][] = [
  ['D2E001', `${clocked('poll_#')}    S3KeySensor(task_id="w", bucket_name="b#", bucket_key="k", deferrable=True)  # LINE\n`],
  ['D2E002', `${clocked('awaited_#', '30 2 * * *')}    EmptyOperator(task_id="d")\n${clocked('awaits_#', '@hourly')}    ExternalTaskSensor(task_id="w", external_dag_id="awaited_#", external_task_id="d", deferrable=True)  # LINE\n`],
  ['D2E003', `${clocked('slot_#')}    FileSensor(task_id="w", filepath="/x/#")  # LINE\n`],
  ['D2E004', `with DAG("dated_#", schedule=[Asset("x-fault://d/#")]):\n    BashOperator(task_id="w", bash_command="echo {{ ds }}")  # LINE\n`],
  ['D2E005', `raise ValueError("fault #")  # LINE\n`],
  ['D2E007', `${clocked('round_#')}    first = EmptyOperator(task_id="a")\n    first >> EmptyOperator(task_id="b") >> first\n`],
  ['D2E009', `${clocked('writes_#', '0 2 * * *')}    SQLExecuteQueryOperator(task_id="w", conn_id="c", sql="CREATE OR REPLACE TABLE fault.t# AS SELECT 1")\n${clocked('reads_#', '0 4 * * *')}    SQLExecuteQueryOperator(task_id="r", conn_id="c", sql="SELECT count(*) FROM fault.t#")  # LINE\n`],
  ['D2E010', `with DAG("sink_#", schedule=[Asset("x-fault://s/#")]):\n    SQLExecuteQueryOperator(task_id="w", conn_id="c", sql="INSERT INTO fault.s# SELECT 1")  # LINE\n`],
  ['D2E011', `with DAG("join_#", schedule=[Asset("x-fault://a/#"), Asset("x-fault://b/#")]):  # LINE\n    EmptyOperator(task_id="w")\n`],
  ['D2E013', `with DAG("never_#", schedule=[Asset("x-fault://n/#")]):  # LINE\n    EmptyOperator(task_id="w")\n`],
  ['D2E014', `${clocked('alone_#')}    EmptyOperator(task_id="w", outlets=[Asset("x-fault://o/#")])  # LINE\n`],
  ['D2E016', `${clocked('uri_#')}    EmptyOperator(task_id="w", outlets=[Asset("x-fault://u/#/")])  # LINE\n`],
  ['D2E017', `${clocked('there_#')}    EmptyOperator(task_id="d")\n${clocked('wants_#')}    ExternalTaskSensor(task_id="w", external_dag_id="there_#", external_task_id="gone", deferrable=True)  # LINE\n`],
];

export const faults: readonly Fault[] = bodies.map(([rule, source]) => ({ rule, source: `${header}\n${source}` }));
