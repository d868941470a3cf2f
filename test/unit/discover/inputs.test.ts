import path from 'node:path';
import { expect, test } from 'vitest';
import { openRepository } from '../../../src/discover/open.js';
import { makeRepository } from './temporary-repository.js';

const dag = 'from airflow import DAG\n';

function inputsOf(root: string, variablesFile?: string) {
  const repository = openRepository({ path: root, environment: new Map([['A', 'b']]), variablesFile });
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
  expect(Object.fromEntries(inputsOf(root, path.join(root, 'prod.yaml')).variables)).toEqual({ x: 2 });
});

test("the Astro CLI's settings give variables and names of connections", () => {
  const root = makeRepository({
    'a.py': dag,
    'airflow_settings.yaml': 'airflow:\n  connections:\n    - conn_id: warehouse\n  variables:\n    - variable_name: v\n      variable_value: 1\n',
  });
  const { variables, connections } = inputsOf(root);
  expect(Object.fromEntries(variables)).toEqual({ v: 1 });
  expect([...connections]).toEqual(['warehouse']);
});

test.each([
  ['{"a": ', /neither JSON nor YAML/],
  ['[1, 2]', /no mapping/],
])('a given file with %j is refused', (text, message) => {
  const root = makeRepository({ 'a.py': dag, 'given.json': text });
  expect(() => inputsOf(root, path.join(root, 'given.json'))).toThrow(message);
  expect(() => inputsOf(root, path.join(root, 'missing.json'))).toThrow(/can't be read/);
});

test('a shipped file that is no export is only noted', () => {
  const root = makeRepository({ 'a.py': dag, 'variables.json': '{' });
  const { variables, notes } = inputsOf(root);
  expect(variables.size).toBe(0);
  expect(notes.join('\n')).toContain('variables.json looks like an export');
});
