import { expect, test } from 'vitest';
import { buildGraph, packGraph, wholeGraph } from '../../../src/graph/build.js';
import { renderJson, renderJsonParts } from '../../../src/report/json.js';
import { memoryRepository } from '../../support/repository.js';

const files = {
  'maker.py': `
import datetime
from airflow import DAG, Dataset
from airflow.operators.bash import BashOperator
with DAG("maker", schedule="@daily", start_date=datetime.datetime(2024, 1, 1)):
    BashOperator(task_id="make", bash_command="echo 'ü <b> 🎉'", outlets=[Dataset("s3://bucket/made")])
`,
  'taker.py': `
import datetime
from airflow import DAG, Dataset
from airflow.operators.trigger_dagrun import TriggerDagRunOperator
with DAG("taker", schedule=[Dataset("s3://bucket/made")], start_date=datetime.datetime(2024, 1, 1)):
    TriggerDagRunOperator(task_id="call", trigger_dag_id="maker")
`,
  'twin.py': 'import datetime\nfrom airflow import DAG\nDAG("maker", schedule=None, start_date=datetime.datetime(2024, 1, 1))\n',
  'unknown.py': 'import company\nfrom airflow import DAG\nDAG("asks", schedule=company.when(), start_date=company.start())\n',
  'broken.py': 'from airflow import DAG\nDAG(\n',
};

test('a graph that is only written has the bytes of the one that is read: twins, links, assets and unknowns too', async () => {
  const options = { parser: 'auto', jobs: 1 } as const;
  const repository = memoryRepository(files, { airflowVersion: '2.11.2' });
  const read = await buildGraph(repository, options);
  const packed = await packGraph(repository, options);
  expect(read.dags.map(({ dag_id }) => dag_id)).toEqual(['asks', 'maker', 'taker']);
  expect([...renderJsonParts(packed.frame, { dags: packed.dags })].join('')).toBe(renderJson(read));
  expect(wholeGraph(packed)).toEqual(read);
});
