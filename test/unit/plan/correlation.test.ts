import { expect, test } from 'vitest';
import type { JoinRule } from '../../../src/model/controls.js';
import { analyzeGraph, planAnalysis } from '../../../src/pipeline.js';
import { graphOfSource } from '../../support/graph.js';

const waits = (tasks: string): string => `
import datetime
from airflow.sdk import DAG
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor
from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor
from airflow.providers.google.cloud.sensors.gcs import GCSObjectExistenceSensor

with DAG("meet", schedule="@daily", start_date=datetime.datetime(2024, 1, 1), catchup=False):
    load = BashOperator(task_id="load", bash_command="load")
    ${tasks}

for name in ("x", "y"):
    with DAG(name, schedule="@daily", start_date=datetime.datetime(2024, 1, 1), catchup=False):
        BashOperator(task_id="make", bash_command="make")
`;

async function joinOf(tasks: string, airflowVersion = '3.2.2'): Promise<JoinRule | null | undefined> {
  const graph = await graphOfSource({ 'meet.py': waits(tasks) }, { airflowVersion });
  const plan = await planAnalysis(await analyzeGraph(graph), {});
  return plan.stages.find(({ dag_id }) => dag_id === 'meet')?.controls?.fan_in;
}

const s3 = (name: string, key: string): string => `S3KeySensor(task_id="${name}", bucket_name="${name}", bucket_key="${key}") >> load`;

test('objects of one date belong together by their name, with the lines that say so', async () => {
  const rule = await joinOf(`${s3('a', 'in/{{ ds }}/a.csv')}; ${s3('b', 'in/{{ ds }}/b.csv')}`);
  expect(rule).toMatchObject({ join: 'all', correlation_key: ['key'] });
  expect(rule?.evidence.length).toBe(2);
});

test('where sources differ, the key says whose field it is', async () => {
  const gcs = 'GCSObjectExistenceSensor(task_id="c", bucket="c", object="in/{{ ds }}/c.csv") >> load';
  expect(await joinOf(`${s3('a', 'in/{{ ds }}/a.csv')}; ${gcs}`)).toMatchObject({ correlation_key: ['s3.key', 'gcs.name'] });
});

test('names without a date do not say what belongs together', async () => {
  expect(await joinOf(`${s3('a', 'in/a.csv')}; ${s3('b', 'in/b.csv')}`)).toMatchObject({ correlation_key: [] });
  expect(await joinOf(`${s3('a', 'in/{{ ds }}/a.csv')}; ${s3('b', 'in/b.csv')}`)).toMatchObject({ correlation_key: [] });
});

test('runs of DAGs belong together by the partition key that their events may carry, from the release that has it', async () => {
  const runs = ['x', 'y'].map((name) => `ExternalTaskSensor(task_id="${name}", external_dag_id="${name}") >> load`).join('; ');
  const rule = await joinOf(runs);
  expect(rule).toMatchObject({ join: 'all', correlation_key: ['partition_key'] });
  expect(rule?.correlation_reason).toContain('must fill it');
  const earlier = await joinOf(runs, '3.1.0');
  expect(earlier).toMatchObject({ correlation_key: [] });
  expect(earlier?.correlation_reason).toContain('no field that says it on Airflow 3.1.0');
});
