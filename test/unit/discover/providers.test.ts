import { expect, test } from 'vitest';
import { openRepository } from '../../../src/discover/open.js';
import { makeRepository } from './temporary-repository.js';

function clues(files: Record<string, string>): string[] {
  const repository = openRepository({ path: makeRepository({ 'dags/a.py': 'airflow dag', ...files }), environment: new Map() });
  const { pins, release } = repository.providers ?? { pins: new Map<string, never>() };
  const pinned = [...pins].flatMap(([name, found]) => found.map((clue) => `${name}${clue.specifier} ${clue.file}:${clue.line.toString()}`));
  return release === undefined ? pinned : [...pinned, `${release.kind} ${release.airflow} ${release.file}:${release.line.toString()}`];
}

test('a list that the user gives counts instead of the files of the repository', () => {
  const path = makeRepository({ 'dags/a.py': 'airflow dag', 'requirements.txt': 'apache-airflow==2.9.0\napache-airflow-providers-http==4.0.0\nvirtualenv' });
  const list = makeRepository({ 'freeze.txt': 'apache-airflow==2.10.5\napache-airflow-providers-http==5.0.0\n' });
  const { providers, airflowVersion, asksForVirtualenv } = openRepository({ path, requirementsFile: `${list}/freeze.txt`, environment: new Map() });
  expect([...(providers?.pins ?? [])]).toEqual([['http', [{ specifier: '==5.0.0', file: 'freeze.txt', line: 2 }]]]);
  expect(airflowVersion).toEqual({ version: '2.10.5', source: 'requirements', detail: 'freeze.txt: apache-airflow==2.10.5' });
  expect(asksForVirtualenv).toBe(false);
});

test.each<[string, string, string[]]>([
  ['requirements.txt', 'pandas\napache-airflow-providers-http==4.13.1  # keep\n# apache-airflow-providers-ftp==1.0\n', ['http==4.13.1 requirements.txt:2']],
  ['requirements.txt', 'apache_airflow_providers_cncf_kubernetes [extra] >= 7, < 8\n', ['cncf-kubernetes>=7,<8 requirements.txt:1']],
  ['requirements.txt', 'apache-airflow-providers-amazon\n', []],
  ['dags/requirements.txt', 'apache-airflow-providers-docker==3.2.0', ['docker==3.2.0 dags/requirements.txt:1']],
  ['requirements.txt', '-c https://host/constraints-2.8.3/constraints-3.10.txt', ['constraints 2.8.3 requirements.txt:1']],
  ['pyproject.toml', '[tool.poetry.dependencies]\napache-airflow-providers-http = "^4.1"\n', ['http^4.1 pyproject.toml:2']],
  ['pyproject.toml', 'dependencies = [\n  "apache-airflow-providers-dbt-cloud>=4.9.2",\n]', ['dbt-cloud>=4.9.2 pyproject.toml:2']],
  ['Pipfile', '[packages]\napache-airflow-providers-slack = {version = "==8.1", extras = ["x"]}\n', ['slack==8.1 Pipfile:2']],
  ['Pipfile.lock', '{"default": {\n "apache-airflow-providers-http": {"hashes": ["a"],\n "version": "==4.1.0"}}}', ['http==4.1.0 Pipfile.lock:2']],
  ['uv.lock', '[[package]]\nname = "apache-airflow-providers-http"\nversion = "5.0.1"\ndependencies = [{ name = "apache-airflow-providers-ftp" }]\n', ['http==5.0.1 uv.lock:2']],
  ['Dockerfile', 'FROM apache/airflow:2.9.1-python3.11\nRUN pip install "apache-airflow-providers-http==4.1.0"\n', ['http==4.1.0 Dockerfile:2', 'image 2.9.1 Dockerfile:1']],
  ['Dockerfile', 'FROM apache/airflow:slim-2.9.1\n', []],
])('%s: %j', (file, text, expected) => {
  expect(clues({ [file]: text })).toEqual(expected);
});
