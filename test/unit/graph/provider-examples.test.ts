import { describe, expect, test } from 'vitest';
import { graphOfSource } from '../../support/graph.js';

async function dagOf(text: string, files: Record<string, string> = {}, airflowVersion = '3.2.2') {
  const { dags, import_errors } = await graphOfSource({ 'a.py': `from airflow import DAG\n${text}`, ...files }, { airflowVersion });
  return { dag: dags[0], error: import_errors[0]?.reason };
}

const edgesOf = (dag: { edges: { upstream: string; downstream: string }[] } | undefined) => dag?.edges.map((each) => `${each.upstream} -> ${each.downstream}`).sort();

test('a function that raises where it had not returned before, on something unknown, breaks no file', async () => {
  const text = `import os
def path():
    for each in ("/elsewhere/one", "/elsewhere/two"):
        if os.path.exists(each):
            return each
    raise ValueError("nothing")
with DAG("d", schedule=None):
    path()
`;
  const { dag, error } = await dagOf(text);
  expect(error).toBeUndefined();
  expect(dag?.status).not.toBe('exact');
});

test('a function that raises for sure does break it', async () => {
  expect((await dagOf('def f(x):\n    if x:\n        return 1\n    raise ValueError("no")\nf(0)\n')).error).toBe('ValueError: no');
});

test('a package knows its __path__', async () => {
  const files = { 'pack/__init__.py': '__path__ = __import__("pkgutil").extend_path(__path__, __name__)\nNAME = "n"\n' };
  expect((await dagOf('from pack import NAME\nwith DAG(NAME, schedule=None):\n    pass\n', files)).dag).toMatchObject({ dag_id: 'n', status: 'exact' });
});

test.each(['2.9.3', '3.2.2'])('Airflow %s says its own version, which packages are compared with', async (version) => {
  const text = `from airflow import __version__
from packaging.version import Version, parse
with DAG(f"v{__version__}", schedule=None, tags=["new" if parse(__version__) >= Version("2.10") else "old"]):
    pass
`;
  expect((await dagOf(text, {}, version)).dag).toMatchObject({ dag_id: `v${version}`, status: 'exact', tags: [version === '2.9.3' ? 'old' : 'new'] });
});

test.each(['airflow.providers.http', 'airflow.providers.amazon'])('%s says its release only where one is pinned', async (module) => {
  expect((await dagOf(`from ${module} import __version__\nwith DAG("v", schedule=None, description=__version__):\n    pass\n`)).dag?.status).not.toBe('exact');
});

describe('a Databricks workflow', () => {
  const group = (inside: string) => `from airflow.providers.databricks.operators.databricks import DatabricksNotebookOperator as N
from airflow.providers.databricks.operators.databricks_workflow import DatabricksWorkflowTaskGroup
from airflow.providers.standard.operators.empty import EmptyOperator
with DAG("d", schedule=None):
    before = EmptyOperator(task_id="before")
    group = DatabricksWorkflowTaskGroup(group_id="w", databricks_conn_id="c")
    with group:
${inside}    before >> group
`;
  const notebook = (name: string) => `        ${name} = N(task_id="${name}", notebook_path="/p", source="WORKSPACE")\n`;

  test('is launched before each of its tasks', async () => {
    const { dag } = await dagOf(group(`${notebook('one')}${notebook('two')}        one >> two\n`));
    expect(dag?.status).toBe('exact');
    expect(edgesOf(dag)).toEqual(['before -> w.launch', 'w.launch -> w.one', 'w.launch -> w.two', 'w.one -> w.two']);
  });

  test("takes only Databricks' own tasks", async () => {
    expect((await dagOf(group('        EmptyOperator(task_id="e")\n'))).error).toContain('Task w.e does not support conversion');
  });
});

test('a property that gives what a task returns makes an edge', async () => {
  const text = `from airflow.providers.yandex.operators.dataproc import DataprocCreateClusterOperator, DataprocDeleteClusterOperator
with DAG("d", schedule=None):
    made = DataprocCreateClusterOperator(task_id="made", zone="z", connection_id="c", s3_bucket="b")
    DataprocDeleteClusterOperator(task_id="gone", cluster_id=made.cluster_id)
`;
  const { dag, error } = await dagOf(text);
  expect(error).toBeUndefined();
  expect(edgesOf(dag)).toEqual(['made -> gone']);
});

test('tasks of a group whose id is not known break no file', async () => {
  const text = `import random
from airflow.sdk import TaskGroup
from airflow.providers.standard.operators.empty import EmptyOperator
with DAG("d", schedule=None):
    with TaskGroup(group_id=f"g{random.random()}"):
        EmptyOperator(task_id="e")
`;
  const { dag, error } = await dagOf(text);
  expect(error).toBeUndefined();
  expect(dag?.status).toBe('partial');
});

test('a decorator fills parameters by itself', async () => {
  const text = `from airflow.sdk import task
with DAG("d", schedule=None):
    @task.pyspark
    def count(spark, table):
        pass
    @task.snowpark
    def read(session):
        pass
    count(table="t")
    read()
`;
  expect((await dagOf(text)).dag?.tasks.map((each) => each.task_id)).toEqual(['count', 'read']);
});
