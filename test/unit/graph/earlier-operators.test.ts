import { expect, test } from 'vitest';
import { graphOfSource } from '../../support/graph.js';

const head = `
import datetime
from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.providers.amazon.aws.operators.batch import BatchOperator
from airflow.providers.google.cloud.operators.automl import AutoMLDeleteModelOperator
with DAG("nightly", schedule=None, start_date=datetime.datetime(2024, 1, 1)):
    first = BashOperator(task_id="first", bash_command="true")
`;
const graphOf = (body: string) => graphOfSource({ 'nightly.py': head + body }, { airflowVersion: '2.11.2' });

test('an argument that earlier provider releases took makes a DAG partial, another one breaks the file', async () => {
  const batch = (extra: string) => graphOf(`    BatchOperator(task_id="b", job_name="j", job_definition="d", job_queue="q", ${extra})\n`);
  const { dags, import_errors } = await batch('overrides={}');
  expect(import_errors).toEqual([]);
  expect(dags[0]).toMatchObject({ status: 'partial', unknowns: [{ kind: 'version' }] });
  expect((await batch('overides={}')).import_errors[0]?.reason).toContain('overides');
});

test('an argument that only today\'s provider releases require makes a DAG partial, another one breaks the file', async () => {
  const jobs = 'from airflow.providers.google.cloud.operators.dataprep import DataprepGetJobsForJobGroupOperator\n';
  const of = (body: string) => graphOfSource({ 'nightly.py': jobs + head + body }, { airflowVersion: '2.11.2' });
  const earlier = await of('    DataprepGetJobsForJobGroupOperator(task_id="d", job_id=1)\n');
  expect(earlier.import_errors).toEqual([]);
  expect(earlier.dags[0]).toMatchObject({ status: 'partial', unknowns: [{ kind: 'version' }, { kind: 'version' }] });
  expect((await graphOf('    BatchOperator(task_id="b", job_definition="d", job_queue="q")\n')).import_errors[0]?.reason).toContain('job_name');
});

test('an operator that is gone joins by its last template fields, and by nothing else for sure', async () => {
  const model = (argument: string) => graphOf(`    AutoMLDeleteModelOperator(task_id="m", ${argument}=first.output)\n`);
  expect((await model('model_id')).dags[0]).toMatchObject({ status: 'exact', edges: [{ upstream: 'first', downstream: 'm' }] });
  expect((await model('metadata')).dags[0]).toMatchObject({ status: 'partial', edges: [] });
});
