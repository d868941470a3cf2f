import { describe, expect, it, test } from 'vitest';
import { asksForVirtualenv } from '../../../src/discover/requirements.js';
import { buildGraph } from '../../../src/graph/build.js';
import type { AirflowVersion } from '../../../src/model/graph.js';
import type { RepositoryFiles } from '../../../src/model/repository.js';
import { memoryRepository } from '../../support/repository.js';

const text = `from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import is_venv_installed
with DAG('one', schedule=None):
    EmptyOperator(task_id='venv' if is_venv_installed() else 'plain')
`;

async function dagOf(asked: boolean, source: AirflowVersion['source'] = 'option') {
  const repository = memoryRepository({ 'a.py': text }, { airflowVersion: '2.11.2' });
  repository.asksForVirtualenv = asked;
  repository.airflowVersion = { ...repository.airflowVersion, source };
  const document = await buildGraph(repository, { parser: 'auto', jobs: 1 });
  const [dag] = document.dags;
  return { status: dag?.status, tasks: dag?.tasks.map((task) => task.task_id), assumptions: dag?.assumptions };
}

describe('is_venv_installed()', () => {
  it('takes what the requirements name for installed, and says so', async () => {
    const place = { kind: 'package', file: 'a.py', line: 5 };
    expect(await dagOf(false)).toMatchObject({ status: 'exact', tasks: ['plain'], assumptions: [{ ...place, text: 'virtualenv is not installed: no requirements file of the repository names it' }] });
    expect(await dagOf(true)).toMatchObject({ status: 'exact', tasks: ['venv'], assumptions: [{ ...place, text: 'virtualenv is installed: the requirements of the repository name it' }] });
  });

  it('is not known of an image', async () => {
    expect((await dagOf(false, 'dockerfile')).status).toBe('partial');
  });
});

test.each([
  ['requirements.txt', 'virtualenv==20.1\n', true],
  ['requirements.txt', 'apache-airflow[celery,virtualenv]==2.11.2\n', true],
  ['requirements.txt', 'virtualenvwrapper\n# virtualenv\npandas  # in a virtualenv\n', false],
  ['requirements.txt', 'python-virtualenv-tools\n', false],
  ['pyproject.toml', 'dependencies = ["pandas", "virtualenv>=20"]\n', true],
  ['notes.txt', 'virtualenv\n', false],
])('%s with %j asks for virtualenv: %s', (name, content, asks) => {
  const { files }: { files: RepositoryFiles } = memoryRepository({ [name]: content }, {});
  expect(asksForVirtualenv({ ...files, list: (folder) => files.list(folder === '.' ? '' : folder) })).toBe(asks);
});
