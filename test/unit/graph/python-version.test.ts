import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../../src/graph/build.js';
import { memoryRepository } from '../../support/repository.js';

const head = 'from airflow.sdk import DAG\nimport sys\n';

/** What is refused of a DAG file that holds a piece of syntax, by the Python that runs it. */
async function refusals(syntax: string, version: string | undefined): Promise<string[]> {
  const repository = memoryRepository({ 'a.py': `${head}${syntax}\nmade = DAG("a", schedule=None)\n` }, {});
  const pythonVersion = version === undefined ? undefined : { version, source: 'option' as const, detail: '' };
  const graph = await buildGraph({ ...repository, pythonVersion }, { parser: 'wasm', jobs: 1 });
  expect(graph.python_version).toEqual(pythonVersion);
  return graph.import_errors.map((error) => `${error.line.toString()}: ${error.reason}`);
}

// Which release brought what: https://docs.python.org/3/whatsnew/.
describe('a file is refused by the Python that does not have its syntax yet', () => {
  test.each<[string, string, string]>([
    ['if (n := 1): pass', '3.7', '3.8'],
    ['def f(a, /): pass', '3.7', '3.8'],
    ['match 1:\n    case _: pass', '3.9', '3.10'],
    ['try: pass\nexcept* ValueError: pass', '3.10', '3.11'],
    ['type A = int', '3.11', '3.12'],
    ['a = {"k": 1}; b = f"{a["k"]}"', '3.11', '3.12'],
    ['class A[T = int]: pass', '3.12', '3.13'],
  ])('%s', async (syntax, without, having) => {
    expect(await refusals(syntax, without)).toHaveLength(1);
    expect(await refusals(syntax, having)).toEqual([]);
    expect(await refusals(syntax, '3.99')).toEqual([]);
  });

  test('without a version it is 3.12', async () => {
    expect(await refusals('type A = int', undefined)).toEqual([]);
    expect(await refusals('class A[T = int]: pass', undefined)).toHaveLength(1);
  });
});

test('sys.version_info is that of the deployment', async () => {
  const source = `${head}a = DAG("old" if sys.version_info < (3, 11) else "new", schedule=None)\nb = DAG(f"x{sys.version_info.minor}", schedule=None)\n`;
  const repository = memoryRepository({ 'a.py': source }, {});
  for (const [version, ids] of [['3.10', ['old', 'x10']], ['3.11', ['new', 'x11']]] as const) {
    const graph = await buildGraph({ ...repository, pythonVersion: { version, source: 'option', detail: '' } }, { parser: 'wasm', jobs: 1 });
    expect(graph.dags.map((dag) => dag.dag_id).sort()).toEqual([...ids].sort());
  }
});
