import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseEnvFile } from '../../../src/discover/inputs/env-file.js';
import type { OpenOptions } from '../../../src/discover/open.js';
import { openRepository } from '../../../src/discover/open.js';
import { makeRepository } from './temporary-repository.js';

const dag = 'from airflow import DAG\n';

function inputsOf(root: string, given: Partial<OpenOptions> = {}) {
  const repository = openRepository({ path: root, environment: new Map([['A', 'b']]), ...given });
  return { ...repository.inputs, notes: repository.notes };
}

test('an export beside the dags folder is used and said', () => {
  const root = makeRepository({ 'dags/a.py': dag, 'variables.json': '{"a": "1", "b": {"c": [1]}, "d": {"value": "v", "description": "why"}}' });
  const { variables, environment, notes } = inputsOf(root);
  expect(Object.fromEntries(variables)).toEqual({ a: '1', b: { c: [1] }, d: 'v' });
  expect(environment.get('A')).toBe('b');
  expect(notes).toContain('Airflow Variables from variables.json (--variables FILE to give others)');
});

test('a given file takes the place of what the repository ships', () => {
  const root = makeRepository({ 'a.py': dag, 'variables.json': '{"a": "1"}', 'prod.yaml': 'x: 2\n' });
  expect(Object.fromEntries(inputsOf(root, { variablesFile: path.join(root, 'prod.yaml') }).variables)).toEqual({ x: 2 });
});

test("the Astro CLI's settings give variables and names of connections", () => {
  const root = makeRepository({
    'a.py': dag,
    'airflow_settings.yaml': 'airflow:\n  connections:\n    - conn_id: warehouse\n  variables:\n    - variable_name: v\n      variable_value: 1\n',
  });
  const { variables, connections } = inputsOf(root);
  expect(Object.fromEntries(variables)).toEqual({ v: 1 });
  expect([...connections]).toEqual([['warehouse', '']]);
});

test.each([
  ['{"a": ', /neither JSON nor YAML/],
  ['[1, 2]', /no mapping/],
])('a given file with %j is refused', (text, message) => {
  const root = makeRepository({ 'a.py': dag, 'given.json': text });
  expect(() => inputsOf(root, { variablesFile: path.join(root, 'given.json') })).toThrow(message);
  expect(() => inputsOf(root, { variablesFile: path.join(root, 'missing.json') })).toThrow(/can't be read/);
});

test('a shipped file that is no export is only noted', () => {
  const root = makeRepository({ 'a.py': dag, 'variables.json': '{' });
  const { variables, notes } = inputsOf(root);
  expect(variables.size).toBe(0);
  expect(notes.join('\n')).toContain('variables.json looks like an export');
});

describe('the environment that the repository ships', () => {
  const compose = `
x-airflow: &airflow
  image: apache/airflow:2.11.2
  environment: &env
    REGION: eu
    COUNT: 3
    FROM_DOTENV: "\${STAGE}-x"
    WITH_DEFAULT: \${NOBODY:-given}
    FROM_HOST: \${NOBODY}
    PASSED_ON:
    AIRFLOW_CONN_WAREHOUSE: postgresql://user:hunter2@host/db
    DB_PASSWORD: hunter2
services:
  scheduler:
    <<: *airflow
  worker:
    <<: *airflow
    environment:
      <<: *env
      REGION: us
  database:
    image: postgres:16
    environment: [COUNT=99, POSTGRES_DB=x]
`;

  test('comes from Dockerfile, .env and the Airflow services of a Compose file, the latter first', () => {
    const root = makeRepository({
      'a.py': dag,
      '.env': 'STAGE=dev\nCOUNT=1\n',
      Dockerfile: 'FROM apache/airflow:2.11.2\nENV STAGE=image \\\n  HOME_DIR="/a b"\nENV OLD form of it\n',
      'docker-compose.yaml': compose,
    });
    const { environment, connections, secretNames, origins, notes } = inputsOf(root);
    expect(Object.fromEntries(environment)).toEqual({
      A: 'b', STAGE: 'dev', HOME_DIR: '/a b', OLD: 'form of it', COUNT: '3', FROM_DOTENV: 'dev-x', WITH_DEFAULT: 'given',
    });
    expect(Object.fromEntries(connections)).toEqual({ warehouse: 'postgres' });
    expect([...(secretNames ?? [])].sort()).toEqual(['AIRFLOW_CONN_WAREHOUSE', 'DB_PASSWORD']);
    expect(origins?.get('environment COUNT')).toBe('docker-compose.yaml');
    expect(notes.join('\n')).toContain('from .env (--no-discovered-inputs to leave them out)');
    expect(JSON.stringify([[...environment], [...connections]])).not.toContain('hunter2');
  });

  test('is left aside when only given inputs count', () => {
    const root = makeRepository({ 'a.py': dag, '.env': 'STAGE=dev\n', 'variables.json': '{"a": "1"}', 'connections.json': '{"c": {}}' });
    const { variables, environment, connections } = inputsOf(root, { onlyGivenInputs: true });
    expect([variables.size, environment.size, connections.size]).toEqual([0, 1, 0]);
  });

  test('yields to a given file, and that to --env', () => {
    const root = makeRepository({ 'a.py': dag, '.env': 'A=x\nB=x\nAPI_TOKEN=x\n', 'prod.env': 'A=y\nB=y\n' });
    const { environment } = inputsOf(root, { environmentFile: path.join(root, 'prod.env') });
    expect(Object.fromEntries(environment)).toEqual({ A: 'b', B: 'y' });
  });

  test('of a broken file is nothing', () => {
    const root = makeRepository({ 'a.py': dag, '.env': 'A\0=x', 'docker-compose.yml': 'services: [', Dockerfile: '' });
    expect(Object.fromEntries(inputsOf(root).environment)).toEqual({ A: 'b' });
  });
});

test('NAME=VALUE lines are read as python-dotenv 1.2 reads them', () => {
  const text = '# c\nA=1\nexport B = two words # note\nC="q \\"x\\" \\n# no"\nD=\'s $A \\n\'\nE=${A}-${M:-f}\nF=\nG="multi\nline"\nH=a#b\nI=\'it\\\'s\'\n K = s\nL="a" # c\nM=a=b\n';
  expect(Object.fromEntries(parseEnvFile(text))).toEqual({
    A: '1', B: 'two words', C: 'q "x" \n# no', D: 's $A \\n', E: '1-f', F: '', G: 'multi\nline', H: 'a#b', I: "it's", K: 's', L: 'a', M: 'a=b',
  });
});

test.each([
  ['c.json', '{"db": {"conn_type": "mysql", "password": "hunter2"}, "api": "http://u:hunter2@h", "j": "{\\"conn_type\\": \\"aws\\"}"}'],
  ['c.yaml', 'db:\n  conn_type: mysql\n  password: hunter2\napi: http://u:hunter2@h\nj: \'{"conn_type": "aws"}\'\n'],
  ['c.env', 'db=mysql://u:hunter2@h\napi=http://u:hunter2@h\nj={"conn_type": "aws"}\n'],
])('an export of connections in %s gives ids and types, and nothing else', (name, text) => {
  const root = makeRepository({ 'a.py': dag, [name]: text });
  const { connections, ...rest } = inputsOf(root, { connectionsFile: path.join(root, name) });
  expect(Object.fromEntries(connections)).toEqual({ db: 'mysql', api: 'http', j: 'aws' });
  expect(JSON.stringify([[...connections], rest])).not.toContain('hunter2');
});

test('numbers of an export keep what Python would see, and secrets go', () => {
  const text = '{"whole": 1, "float": 1.0, "large": 12345678901234567890, "half": 0.5, "text": "1.0", "db_password": "x", "deep": [{"token": "x", "n": 1e3}]}';
  const yaml = 'whole: 1\nfloat: 1.0\nlarge: 12345678901234567890\nhalf: 0.5\ntext: "1.0"\ndb_password: x\ndeep: [{token: x, n: 1.0e+3}]\n';
  const expected = {
    whole: 1, float: { $float: '1' }, large: { $int: '12345678901234567890' }, half: 0.5, text: '1.0',
    db_password: { $redacted: true }, deep: [{ token: { $redacted: true }, n: { $float: '1000' } }],
  };
  const root = makeRepository({ 'a.py': dag, 'v.json': text, 'v.yaml': yaml });
  for (const name of ['v.json', 'v.yaml']) expect(Object.fromEntries(inputsOf(root, { variablesFile: path.join(root, name) }).variables)).toEqual(expected);
});
