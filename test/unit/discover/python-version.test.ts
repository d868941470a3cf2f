import { describe, expect, test } from 'vitest';
import { openRepository } from '../../../src/discover/open.js';
import { readPythonOption } from '../../../src/discover/python-version.js';
import { makeRepository } from './temporary-repository.js';

function detect(files: Record<string, string>): string {
  const { pythonVersion } = openRepository({ path: makeRepository({ 'a.py': 'airflow dag', ...files }), environment: new Map() });
  return `${pythonVersion?.version ?? ''} ${pythonVersion?.source ?? ''}`;
}

describe('the Python of a deployment is read from', () => {
  test.each<[string, string, string]>([
    ['Dockerfile', 'FROM apache/airflow:2.9.3-python3.11', '3.11 dockerfile'],
    ['Dockerfile', 'FROM apache/airflow:slim-latest-python3.10', '3.10 dockerfile'],
    ['Dockerfile', 'ARG AIRFLOW_PYTHON=3.9\nFROM apache/airflow:slim-2.8.1-python${AIRFLOW_PYTHON}', '3.9 dockerfile'],
    ['Dockerfile', 'FROM quay.io/astronomer/astro-runtime:12.7.1-python-3.11-base', '3.11 dockerfile'],
    ['Dockerfile', 'FROM astrocrpublic.azurecr.io/runtime:3.1-2-python-3.13', '3.13 dockerfile'],
    ['Dockerfile', 'FROM --platform=linux/amd64 public.ecr.aws/docker/library/python:3.9-slim AS base\nRUN pip install apache-airflow', '3.9 dockerfile'],
    ['Dockerfile', 'FROM python:3.8 AS build\nFROM python:3.10-slim\nRUN pip install apache-airflow', '3.10 dockerfile'],
    ['Dockerfile', 'FROM python:3.8\nCOPY job.py .', '3.12 default'],
    ['Dockerfile', 'FROM apache/airflow:2.9.3', '3.12 default'],
    ['docker-compose.yaml', 'image: ${NAME:-apache/airflow:2.7.1-python3.8}', '3.8 dockerfile'],
    ['requirements.txt', '-c https://host/constraints-2.8.1/constraints-3.11.txt', '3.11 requirements'],
    ['requirements.txt', '-c https://host/constraints-2.8.1/constraints-no-providers-3.10.txt', '3.10 requirements'],
    ['.python-version', '3.10.4\n', '3.10 project'],
    ['.python-version', 'my-environment\n', '3.12 default'],
    ['runtime.txt', 'python-3.9.18', '3.9 project'],
    ['Pipfile', '[requires]\npython_version = "3.14"', '3.14 project'],
    ['environment.yml', 'dependencies:\n  - python=3.10\n', '3.10 project'],
    ['pyproject.toml', 'requires-python = "==3.11.*"', '3.11 project'],
    ['pyproject.toml', 'requires-python = "~=3.10.2"', '3.10 project'],
    ['pyproject.toml', 'python = "^3.10, <3.11"', '3.10 project'],
    ['pyproject.toml', 'python = ">=3.8,<3.12"', '3.11 project'],
    ['pyproject.toml', 'python = "^3.8"', '3.12 project'],
    ['pyproject.toml', 'requires-python = ">=3.13"', '3.13 project'],
    ['pyproject.toml', 'python = ">=3.8 || 2.7"', '3.12 default'],
    ['pyproject.toml', 'requires-python = ">=3"', '3.12 default'],
    ['setup.cfg', '[options]\npython_requires = <3.10', '3.9 project'],
    ['setup.py', 'setup(\n    python_requires=">=3.6, <3.9.1",\n)', '3.9 project'],
  ])('%s: %s', (file, text, expected) => {
    expect(detect({ [file]: text })).toBe(expected);
  });

  test('an image of Airflow rather than what a developer takes, one version rather than a range', () => {
    expect(detect({ '.python-version': '3.13', 'docker/Dockerfile': 'FROM apache/airflow:2.9.3-python3.11' })).toBe('3.13 project');
    expect(detect({ '.python-version': '3.13', Dockerfile: 'FROM apache/airflow:2.9.3-python3.11' })).toBe('3.11 dockerfile');
    expect(detect({ 'setup.cfg': 'python_requires = >=3.9', Pipfile: 'python_version = "3.10"' })).toBe('3.10 project');
  });

  test('where it came from is said, and what of a range is assumed', () => {
    const { pythonVersion } = openRepository({
      path: makeRepository({ 'a.py': 'airflow dag', 'pyproject.toml': 'requires-python = ">=3.9,<3.11"' }),
      environment: new Map(),
    });
    expect(pythonVersion?.detail).toBe('pyproject.toml: requires-python = ">=3.9,<3.11", of which 3.10 is assumed');
  });
});

describe('--python-version', () => {
  test.each([
    ['3.11', '3.11'],
    ['3.9.18', '3.9'],
    ['v3.15', '3.15'],
  ])('%s', (text, version) => {
    expect(readPythonOption(text)).toMatchObject({ version, source: 'option' });
  });

  test.each(['3', '2.7', '3.5', 'latest', ''])('refuses %j', (text) => {
    expect(() => readPythonOption(text)).toThrow(/no Python version/);
  });

  test('goes before what the repository says', () => {
    const path = makeRepository({ 'a.py': 'airflow dag', '.python-version': '3.13' });
    expect(openRepository({ path, pythonVersion: '3.9', environment: new Map() }).pythonVersion?.version).toBe('3.9');
  });
});
