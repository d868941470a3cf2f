import { expect, test } from 'vitest';
import { graphOfSource } from '../../support/graph.js';

const file = (hour: number) => `
import datetime
from airflow import DAG
with DAG("nightly", schedule="0 ${hour.toString()} * * *", start_date=datetime.datetime(2024, 1, 1)):
    pass
`;

test('which of two files keeps a dag_id depends on the disk: the one that is shown is not exact', async () => {
  const { dags, files, import_errors } = await graphOfSource({ 'a.py': file(1), 'b.py': file(2) }, { airflowVersion: '2.11.2' });
  expect(dags).toMatchObject([{ file: 'a.py', status: 'partial', unknowns: [{ kind: 'condition', file: 'a.py' }] }]);
  expect(files.map((each) => each.dag_ids)).toEqual([['nightly'], []]);
  expect(import_errors).toMatchObject([{ kind: 'duplicate_dag_id', file: 'b.py' }]);
});
