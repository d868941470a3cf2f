import { expect, test } from 'vitest';
import { openRepository } from '../../../src/discover/open.js';
import { buildGraph } from '../../../src/graph/build.js';
import { graphOfSource } from '../../support/graph.js';
import { makeRepository } from '../discover/temporary-repository.js';

const header = 'import os\nfrom airflow import DAG\nfrom airflow.models import Variable\nfrom airflow.operators.bash import BashOperator\n';

async function graphOf(files: Record<string, string>) {
  const repository = openRepository({ path: makeRepository(files), environment: new Map(), airflowVersion: '2.11.2' });
  return await buildGraph(repository, { parser: 'auto', jobs: 1 });
}

test('a Variable in the environment wins over the export, in upper case', async () => {
  const graph = await graphOf({
    'a.py': `${header}DAG_ID = Variable.get("name") + Variable.get("count")\nwith DAG(DAG_ID, schedule=None):\n    pass\n`,
    'variables.json': '{"name": "export", "count": 3}',
    '.env': 'AIRFLOW_VAR_NAME=environment\n',
  });
  expect(graph.dags.map(({ dag_id, status }) => [dag_id, status])).toEqual([['environment3', 'exact']]);
  expect(graph.dags[0]?.assumptions.map(({ text }) => text)).toEqual([
    'Variable name has the value in .env',
    'Variable count has the value in variables.json',
  ]);
});

test('a secret of a file is in no document, and spoils only the structure that depends on it', async () => {
  const graph = await graphOf({
    'a.py': `${header}
conf = Variable.get("conf", deserialize_json=True)
with DAG("used", schedule=None):
    BashOperator(task_id="a", bash_command="psql " + os.environ["DB_PASSWORD"], env={"T": Variable.get("api_token"), "P": conf["password"], "H": conf["host"]})
if "DB_PASSWORD" in os.environ:
    with DAG("there", schedule=None):
        pass
with DAG("shaped_" + os.environ["DB_PASSWORD"], schedule=None):
    pass
`,
    'variables.json': '{"api_token": "hunter2", "conf": {"password": "hunter2", "host": "h"}}',
    '.env': 'DB_PASSWORD=hunter2\n',
  });
  expect(JSON.stringify(graph)).not.toContain('hunter2');
  const statuses = Object.fromEntries(graph.dags.map(({ dag_id, status }) => [dag_id, status]));
  expect(statuses).toMatchObject({ used: 'exact', there: 'exact' });
  expect(graph.dags.flatMap(({ unknowns }) => unknowns.map(({ kind }) => kind))).toEqual(['secret']);
  expect(graph.dags.find(({ dag_id }) => dag_id === 'used')?.tasks[0]?.arguments['env']).toMatchObject({ H: 'h' });
});

test('connections that are asked for while parsing are listed, with their places', async () => {
  const source = `from airflow import DAG
from airflow.hooks.base import BaseHook
known = BaseHook.get_connection("known")
class Hook(BaseHook):
    pass
missing = Hook.get_connection("missing")
with DAG(known.conn_type, schedule=None):
    pass
with DAG(missing.host, schedule=None):
    pass
`;
  const graph = await graphOf({ 'a.py': source, 'connections.json': '{"known": {"conn_type": "mysql", "host": "h"}}' });
  expect(graph.inputs).toEqual([
    { kind: 'connection', name: 'known', state: 'given', places: [{ file: 'a.py', line: 3 }] },
    { kind: 'connection', name: 'missing', state: 'missing', places: [{ file: 'a.py', line: 6 }] },
  ]);
  expect(graph.dags.map(({ dag_id, status }) => [dag_id, status])).toEqual([['<unknown at a.py:9>', 'opaque'], ['mysql', 'exact']]);
  expect(graph.dags[0]?.unknowns).toEqual([{ kind: 'connection', reason: 'connection missing is read while the file is parsed', file: 'a.py', line: 6 }]);
});

test('a Variable without a value and a default is missing at each place', async () => {
  const source = `${header}Variable.get("x")\nVariable.get("y", default_var=1)\nwith DAG(Variable.get("x"), schedule=None):\n    pass\n`;
  const graph = await graphOfSource({ 'a.py': source }, { airflowVersion: '2.11.2' });
  expect(graph.inputs.map(({ name, state, places }) => [name, state, places.map(({ line }) => line)])).toEqual([
    ['x', 'missing', [5, 7]],
    ['y', 'default_used', [6]],
  ]);
});
