import { describe, expect, test } from 'vitest';
import { graphOfSource } from '../../support/graph.js';

const dagFile = 'from airflow import DAG\nfrom company.config import NAME\nfrom company import helpers\nwith DAG(NAME, schedule=None, tags=[helpers.TAG]):\n    pass\n';

async function dagOf(files: Record<string, string>) {
  return (await graphOfSource(files)).dags[0];
}

describe('a package that nothing in the repository is called', () => {
  test('is the repository itself where all that is imported from it is there', async () => {
    const dag = await dagOf({ 'a.py': dagFile, 'config.py': 'from company.helpers import TAG\nNAME = f"n-{TAG}"\n', 'helpers/__init__.py': 'TAG = "t"\n', '__init__.py': '' });
    expect(dag).toMatchObject({ dag_id: 'n-t', status: 'exact', tags: ['t'] });
    expect(dag?.assumptions).toContainEqual({ kind: 'import', text: 'package company is the repository itself: what is imported from it is there', file: 'a.py', line: 2 });
  });

  test('is not, where something that is imported from it is missing', async () => {
    const other = 'from airflow import DAG\nfrom company.other.place import x\n';
    expect((await dagOf({ 'a.py': dagFile, 'b.py': other, 'config.py': 'NAME = "n"\n', 'helpers/__init__.py': 'TAG = "t"\n' }))?.status).not.toBe('exact');
  });

  test('is no library that is known', async () => {
    const text = 'from airflow import DAG\nfrom pandas.config import NAME\nwith DAG(NAME, schedule=None):\n    pass\n';
    expect((await dagOf({ 'a.py': text, 'config.py': 'NAME = "n"\n' }))?.status).not.toBe('exact');
  });
});

test('a module of older provider releases is imported, and its names are judged', async () => {
  const text = `from airflow import DAG
from airflow.providers.cncf.kubernetes.operators import kubernetes_pod
with DAG("d", schedule=None):
    kubernetes_pod.KubernetesPodOperator(task_id="t", name="n", image="i")
`;
  const pins = new Map([['cncf-kubernetes', [{ specifier: '==7.0.0', file: 'requirements.txt', line: 1 }]]]);
  const pinned = await graphOfSource({ 'a.py': text }, { airflowVersion: '2.11.2', providers: { pins } });
  expect(pinned.dags[0]).toMatchObject({ status: 'exact', tasks: [{ operator: 'KubernetesPodOperator' }] });
  expect((await graphOfSource({ 'a.py': text }, { airflowVersion: '2.11.2' })).dags[0]?.status).toBe('partial');
});
