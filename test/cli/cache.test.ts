import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeRepository } from '../unit/discover/temporary-repository.js';
import { run } from './run.js';

// An unchanged repository is answered from the cache; whatever the answer followed from makes it be asked anew.

const dag = (id: string) => `from airflow import DAG
from airflow.models import Variable
from airflow.providers.standard.operators.bash import BashOperator
import os
from shared import COMMAND

with DAG("${id}", schedule=Variable.get("schedule", "@daily")):
    BashOperator(task_id="only", bash_command=COMMAND)
    for name in sorted(os.listdir(os.path.join(os.path.dirname(__file__), "sql"))):
        BashOperator(task_id=name, bash_command="x")
    if os.path.exists(os.path.join(os.path.dirname(__file__), "extra.txt")):
        BashOperator(task_id="extra", bash_command="x")
`;

interface Place {
  root: string;
  cache: string;
}

function makePlace(): Place {
  const root = makeRepository({
    'requirements.txt': 'apache-airflow==3.0.0\n',
    'variables.json': '{"schedule": "@hourly", "db_password": "hunter2-secret"}',
    'dags/one.py': dag('one'),
    'dags/shared.py': 'COMMAND = "first"\n',
    'dags/sql/a.sql': 'select 1',
  });
  return { root, cache: path.join(makeRepository({}), 'cache') };
}

function graph({ root, cache }: Place, words: readonly string[] = [], build = 'test-build') {
  return run(['graph', root, '--format', 'json', '--parser', 'wasm', '--cache-dir', cache, ...words], { workingDirectory: '/', build });
}

const resultsOf = ({ cache }: Place) => readdirSync(path.join(cache, 'results')).map((name) => path.join(cache, 'results', name));

/** The answer anew, without any cache. */
const fresh = (place: Place, words: readonly string[] = []) => graph(place, ['--no-cache', ...words]);

test('an unchanged repository gives the same from the cache: output and what is said', async () => {
  const place = makePlace();
  const first = await graph(place);
  const [file = ''] = resultsOf(place);
  const { ino } = statSync(file);
  const second = await graph(place);
  expect(second).toEqual(first);
  expect(second).toEqual(await fresh(place));
  expect(first.stderr).toContain('variables.json');
  // Not written again: it was the answer.
  expect(statSync(file).ino).toBe(ino);
  expect(readFileSync(file).includes('hunter2-secret')).toBe(false);
});

const edits: Record<string, (root: string) => void> = {
  'a DAG file changed': (root) => writeFileSync(path.join(root, 'dags/one.py'), dag('two')),
  'an imported file changed': (root) => writeFileSync(path.join(root, 'dags/shared.py'), 'COMMAND = "other"\n'),
  'a file was added to a listed folder': (root) => writeFileSync(path.join(root, 'dags/sql/b.sql'), ''),
  'a file of a listed folder went': (root) => rmSync(path.join(root, 'dags/sql/a.sql')),
  'a file appeared that was looked for': (root) => writeFileSync(path.join(root, 'dags/extra.txt'), ''),
  'a DAG file was added': (root) => writeFileSync(path.join(root, 'dags/three.py'), dag('three')),
  'an ignore file appeared': (root) => writeFileSync(path.join(root, 'dags/.airflowignore'), 'one.py'),
  'a package hides an imported file': (root) => {
    mkdirSync(path.join(root, 'dags/shared'));
    writeFileSync(path.join(root, 'dags/shared/__init__.py'), 'COMMAND = "package"\n');
  },
  'Variables changed': (root) => writeFileSync(path.join(root, 'variables.json'), '{"schedule": "@weekly"}'),
  'the Airflow version changed': (root) => writeFileSync(path.join(root, 'requirements.txt'), 'apache-airflow==2.9.3\n'),
};

describe.each(Object.entries(edits))('%s', (_name, edit) => {
  test('is seen', async () => {
    const place = makePlace();
    const before = await graph(place);
    edit(place.root);
    const after = await graph(place);
    expect(after.stdout === before.stdout).toBe(false);
    expect(after).toEqual(await fresh(place));
  });
});

test('bytes of the same length under the same modification time are seen', async () => {
  const place = makePlace();
  const file = path.join(place.root, 'dags/shared.py');
  const { atime, mtime } = statSync(file);
  await graph(place);
  writeFileSync(file, 'COMMAND = "FIRST"\n');
  utimesSync(file, atime, mtime);
  expect((await graph(place)).stdout).toContain('FIRST');
});

test('other options and another build are other questions', async () => {
  const place = makePlace();
  await graph(place);
  const other = await graph(place, ['--env', 'A=1', '--airflow-version', '2.9.3']);
  expect(other).toEqual(await fresh(place, ['--env', 'A=1', '--airflow-version', '2.9.3']));
  await graph(place, [], 'another-build');
  expect(resultsOf(place)).toHaveLength(3);
});

test.each([
  ['cut', (file: string) => truncateSync(file, statSync(file).size - 7)],
  ['empty', (file: string) => truncateSync(file, 0)],
  ['damaged', (file: string) => writeFileSync(file, readFileSync(file).fill(0x20, 40, 60))],
])('an entry that is %s is ignored and written again', async (_name, damage) => {
  const place = makePlace();
  const first = await graph(place);
  const [file = ''] = resultsOf(place);
  const whole = statSync(file).size;
  damage(file);
  expect(await graph(place)).toEqual(first);
  expect(Math.abs(statSync(file).size - whole)).toBeLessThan(20);
  expect(await graph(place)).toEqual(first);
});

test('several runs at once give the same and leave whole entries', async () => {
  const place = makePlace();
  const all = await Promise.all([graph(place), graph(place), graph(place)]);
  expect(all[1]).toEqual(all[0]);
  expect(all[2]).toEqual(all[0]);
  expect(resultsOf(place)).toHaveLength(1);
  expect(await graph(place)).toEqual(all[0]);
});

test('every command answers from it as without it', async () => {
  const place = makePlace();
  await graph(place);
  for (const words of [['graph'], ['graph', '--unknowns'], ['analyze', '--format', 'json'], ['check'], ['plan', '--offline', '--format', 'json']]) {
    const [verb = '', ...rest] = words;
    const flags = [place.root, '--parser', 'wasm', '--cache-dir', place.cache, ...rest];
    const known = await run([verb, ...flags], { workingDirectory: '/', build: 'test-build' });
    expect(known).toEqual(await run([verb, ...flags, '--no-cache'], { workingDirectory: '/', build: 'test-build' }));
  }
});

test('without a build, or with --no-cache, nothing is kept', async () => {
  const place = makePlace();
  await graph(place, ['--no-cache']);
  await run(['graph', place.root, '--cache-dir', place.cache, '--parser', 'wasm'], { workingDirectory: '/' });
  expect(() => readdirSync(place.cache)).toThrow('ENOENT');
});
