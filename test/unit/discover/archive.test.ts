import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { openArchive } from '../../../src/discover/archive.js';
import { openRepository } from '../../../src/discover/open.js';
import { buildGraph } from '../../../src/graph/build.js';
import { makeRepository } from './temporary-repository.js';

const dag = `from airflow import DAG
from helper.names import NAME
import lone
with DAG(NAME + "_" + __name__ + lone.X, schedule=None):
    pass
`;

function packed(name: string, more: Record<string, string> = {}): Uint8Array {
  const files = { [`packed_${name}.py`]: dag, 'helper/__init__.py': '', 'helper/names.py': `NAME = "${name}"\n`, 'helper/inner.py': dag, 'lone.py': 'X = "_x"\n', ...more };
  return zipSync(Object.fromEntries(Object.entries(files).map(([file, text]) => [file, strToU8(text)])));
}

async function graphOf(archives: Record<string, Uint8Array>, files: Record<string, string> = {}) {
  const root = makeRepository({ 'plain.py': '# airflow dag\n', ...files });
  for (const [name, bytes] of Object.entries(archives)) writeFileSync(path.join(root, name), bytes);
  const repository = openRepository({ path: root, environment: new Map(), airflowVersion: '2.11.2' });
  return { repository, graph: await buildGraph(repository, { parser: 'auto', jobs: 1 }) };
}

test('the modules at the top of each archive give DAGs, with its own modules on the path', async () => {
  const { graph, repository } = await graphOf({ 'one.zip': packed('one'), 'two.zip': packed('two') });
  expect(graph.dags.map(({ dag_id, status, file, line }) => [dag_id, status, `${file}:${line}`])).toEqual([
    ['one_packed_one_x', 'exact', 'one.zip/packed_one.py:4'],
    ['two_packed_two_x', 'exact', 'two.zip/packed_two.py:4'],
  ]);
  expect(repository.skippedFiles).toEqual(['one.zip/lone.py', 'two.zip/lone.py']);
});

test('a module that fails is an import error, and takes the others out of exact', async () => {
  const { graph } = await graphOf({ 'one.zip': packed('one', { 'broken.py': '# airflow dag\nraise ValueError("x")\n' }) });
  expect(graph.import_errors).toMatchObject([{ file: 'one.zip/broken.py', kind: 'exception', line: 2 }]);
  expect(graph.dags.map(({ dag_id, status }) => [dag_id, status])).toEqual([['one_packed_one_x', 'partial']]);
});

test('an ignored archive is not opened, and one that is none is passed over', async () => {
  const { repository } = await graphOf({ 'one.zip': packed('one'), 'no.zip': strToU8('airflow dag') }, { '.airflowignore': 'one\n' });
  expect(repository.dagFiles).toEqual(['plain.py']);
  expect(repository.unreadable).toEqual([]);
});

test('names that lead out are refused, and bombs are not unpacked', () => {
  const names = openArchive(zipSync({ '../up.py': strToU8('x'), '/etc/x.py': strToU8('x'), 'a/../../b.py': strToU8('x'), 'good.py': strToU8('x') }));
  expect([...names.entries.keys()]).toEqual(['good.py']);
  expect(names.problems).toHaveLength(3);
  const bomb = openArchive(zipSync({ 'a.py': strToU8('x'), 'b.bin': new Uint8Array(65 * 1024 * 1024) }));
  expect(bomb.entries.size).toBe(0);
  expect(bomb.problems).toEqual(['the archive unpacks to more than 64 MB: not read']);
  const cut = packed('one');
  cut.fill(0xff, 30, 60);
  expect(openArchive(cut).entries.size).toBeLessThanOrEqual(5);
});
