import { describe, expect, test } from 'vitest';
import { readVersionOption } from '../../../src/discover/airflow-version.js';
import { openRepository } from '../../../src/discover/open.js';
import { makeRepository } from './temporary-repository.js';

function detect(files: Record<string, string>): string {
  const { version, source } = openRepository({ path: makeRepository(files), environment: new Map() }).airflowVersion;
  return `${version} ${source}`;
}

describe('a version is read from', () => {
  test.each<[string, string, string]>([
    ['requirements.txt', 'apache-airflow==2.9.3', '2.9.3 requirements'],
    ['requirements.txt', 'apache-airflow[celery,amazon]==2.9.3 ; python_version > "3.8"', '2.9.3 requirements'],
    ['requirements.txt', 'apache-airflow>=2.7,<3', '2.7.0 requirements'],
    ['requirements.txt', 'apache-airflow-core==3.1.0', '3.1.0 requirements'],
    ['requirements.txt', 'apache-airflow<3', '2.11.2 requirements'],
    ['requirements.txt', '--constraint https://host/constraints-2.8.1/constraints-3.11.txt\napache-airflow', '2.8.1 requirements'],
    ['requirements.txt', '# apache-airflow==1.10.1\napache-airflow-providers-amazon==9.0.0', '3.2.2 default'],
    ['requirements/base.in', 'apache-airflow ~= 2.10.0', '2.10.0 requirements'],
    ['constraints-dev.txt', 'apache-airflow==2.6.2', '2.6.2 requirements'],
    ['pyproject.toml', 'dependencies = ["apache-airflow==3.0.2"]', '3.0.2 requirements'],
    ['pyproject.toml', 'apache-airflow = "^2.5.1"', '2.5.1 requirements'],
    ['pyproject.toml', 'apache-airflow = {version = "2.4.3", extras = ["x"]}', '2.4.3 requirements'],
    ['setup.cfg', 'install_requires =\n  apache-airflow == 2.3.4', '2.3.4 requirements'],
    ['uv.lock', '[[package]]\nname = "apache-airflow"\nversion = "2.10.5"\n', '2.10.5 requirements'],
    ['Dockerfile', 'FROM apache/airflow:2.9.1-python3.11', '2.9.1 dockerfile'],
    ['Dockerfile', 'FROM apache/airflow:slim-3.1.0', '3.1.0 dockerfile'],
    ['Dockerfile', 'ARG AIRFLOW_VERSION=2.8.4\nFROM apache/airflow:${AIRFLOW_VERSION}', '2.8.4 dockerfile'],
    ['Dockerfile', 'FROM quay.io/astronomer/astro-runtime:11.3.0', '2.9.0 dockerfile'],
    ['Dockerfile', 'FROM astrocrpublic.azurecr.io/runtime:3.0-4', '3.0.0 dockerfile'],
    ['docker-compose.yaml', 'image: ${NAME:-apache/airflow:2.7.1}', '2.7.1 dockerfile'],
  ])('%s: %s', (file, text, expected) => {
    expect(detect({ 'a.py': 'airflow dag', [file]: text })).toBe(expected);
  });

  test('a pin rather than a range in another file', () => {
    const files = { 'requirements.txt': 'apache-airflow>=2.2', Dockerfile: 'FROM apache/airflow:2.9.1' };
    expect(detect(files)).toBe('2.9.1 dockerfile');
  });

  test.each([
    ['from airflow.sdk import DAG', '3.2.2 imports'],
    ['from airflow import DAG\nDAG("a", schedule_interval="@daily")', '2.11.2 imports'],
    ['from airflow.operators.bash_operator import BashOperator # dag', '2.11.2 imports'],
    ['from airflow import DAG', '3.2.2 default'],
  ])('how files are written: %s', (text, expected) => {
    expect(detect({ 'a.py': text })).toBe(expected);
  });
});

describe('--airflow-version', () => {
  test.each([
    ['2.9.3', '2.9.3'],
    ['3.1', '3.1.0'],
    ['2', '2.11.2'],
    ['v3', '3.2.2'],
  ])('%s', (text, version) => {
    expect(readVersionOption(text).version).toBe(version);
  });

  test.each(['latest', '4.0.0', '', '2.x'])('refuses %j', (text) => {
    expect(() => readVersionOption(text)).toThrow(/no Airflow version/);
  });
});
