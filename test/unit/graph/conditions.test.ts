import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../src/model/graph.js';
import { describeConditions } from '../../../src/util/condition-text.js';
import { graphOfSource } from '../../support/graph.js';
import type { SourceOptions } from '../../support/graph.js';

const head = `import os
from datetime import datetime
from airflow.sdk import DAG, TaskGroup, Variable
from airflow.providers.standard.operators.empty import EmptyOperator
START = datetime(2026, 1, 1)
def task(name): return EmptyOperator(task_id=name)
`;
const line = head.split('\n').length - 1;

async function dagOf(body: string, options: SourceOptions = {}, files: Readonly<Record<string, string>> = {}) {
  const graph = await graphOfSource({ 'x.py': head + body, ...files }, options);
  const [dag] = graph.dags;
  if (dag === undefined) throw new Error(JSON.stringify([graph.import_errors, graph.unknowns]));
  return dag;
}

const inDag = (body: string): string => `with DAG("d", start_date=START, schedule=None):\n${body.replace(/^/gm, '    ')}\n`;
const words = (condition: readonly Condition[] | undefined): string => describeConditions(condition ?? []);

async function tasksOf(body: string): Promise<Record<string, string>> {
  const dag = await dagOf(inDag(body));
  expect(dag.status).toBe('partial');
  return Object.fromEntries(dag.tasks.map((each) => [each.task_id, words(each.condition)]));
}

describe('a task keeps the conditions under which it is made', () => {
  it.each([
    ['both arms', 'task("z")\nif os.environ["X"] == "1":\n    task("a")\nelse:\n    task("b")', { z: '', a: 'os.environ["X"] == "1"', b: 'not (os.environ["X"] == "1")' }],
    [
      'elif',
      'x = os.environ["X"]\nif x == 1:\n    task("a")\nelif x == 2:\n    task("b")\nelse:\n    task("c")',
      { a: 'x == 1', b: 'not (x == 1), and x == 2', c: 'not (x == 1), and not (x == 2)' },
    ],
    ['nested', 'if os.environ["X"]:\n    if Variable.get("v"):\n        task("a")\n    task("b")', { a: 'os.environ["X"], and Variable.get("v")', b: 'os.environ["X"]' }],
    ['a loop', 'for x in Variable.get("v"):\n    task("a")\ntask("b")', { a: 'each for x in Variable.get("v")', b: '' }],
    ['while', 'while os.environ["X"]:\n    task("a")\ntask("b")', { a: 'each while os.environ["X"]', b: '' }],
    ['a comprehension', 'x = os.getenv("X")\n[task(n) for n in ["a"] if x]\n[task("b") for n in x]', { a: 'x', b: 'each for n in x' }],
    ['a conditional expression', 'x = os.getenv("X")\ntask("a") if x else task("b")\nx and task("c")\nx or task("e")', { a: 'x', b: 'not x', c: 'x', e: 'not x' }],
    ['match', 'match os.environ["X"]:\n    case "a" | "b" if Variable.get("v"):\n        task("a")\n    case _:\n        task("b")', {
      a: 'match os.environ["X"]: case "a" | "b" if Variable.get("v")',
      b: 'not (match os.environ["X"]: case "a" | "b" if Variable.get("v"))',
    }],
    ['a handler', 'try:\n    int(os.getenv("X"))\n    task("a")\nexcept ValueError:\n    task("b")\nelse:\n    task("c")\ntask("z")', { a: 'nothing raised in try', b: 'except ValueError', c: 'nothing raised in try', z: '' }],
    ['a check that raises inside try', 'try:\n    if os.environ["X"]:\n        raise ValueError\n    task("a")\nexcept ValueError:\n    pass', { a: 'nothing raised in try' }],
    ['an early return', 'def build():\n    if os.environ["X"]:\n        return\n    task("a")\n    if os.environ["Y"]:\n        return\n    task("b")\nbuild()\ntask("z")', { a: 'not (os.environ["X"])', b: 'not (os.environ["X"]), and not (os.environ["Y"])', z: '' }],
    ['a return below two conditions', 'def build():\n    if os.environ["X"]:\n        if os.environ["Y"]:\n            return\n        task("a")\n    task("b")\nbuild()', { a: 'os.environ["X"], and not (os.environ["Y"])', b: 'going on after os.environ["Y"]' }],
    ['continue', 'for x in ["a", "b"]:\n    if os.environ["X"] == x:\n        continue\n    task(x)\ntask("z")', { a: 'not (os.environ["X"] == x)', b: 'not (os.environ["X"] == x)', z: '' }],
    ['the same task in both arms', 'if os.environ["X"]:\n    task("a")\nelif os.environ["Y"]:\n    task("a")\nelse:\n    task("a")', { a: '' }],
    ['the same task in two of three arms', 'if os.environ["X"]:\n    task("a")\nelif os.environ["Y"]:\n    task("a")\nelse:\n    task("b")', {
      a: 'os.environ["X"]; or not (os.environ["X"]), and os.environ["Y"]',
      b: 'not (os.environ["X"]), and not (os.environ["Y"])',
    }],
  ])('%s', async (_name, body, expected) => {
    expect(await tasksOf(body)).toEqual(expected);
  });

  it('with its place', async () => {
    const dag = await dagOf(inDag('if os.environ["X"]:\n    task("a")'));
    expect(dag.tasks[0]?.condition).toEqual([{ text: 'os.environ["X"]', file: 'x.py', line: line + 2, arm: 'then' }]);
  });

  it('in a helper of another file', async () => {
    const helper = 'import os\nfrom airflow.providers.standard.operators.empty import EmptyOperator\ndef more():\n    if os.environ["X"]:\n        EmptyOperator(task_id="a")\n';
    const dag = await dagOf('from helper import more\n' + inDag('more()'), {}, { 'helper.py': helper });
    expect(dag.tasks[0]?.condition).toEqual([{ text: 'os.environ["X"]', file: 'helper.py', line: 4, arm: 'then' }]);
  });

  it('without what looks like a secret', async () => {
    const dag = await dagOf(inDag('if os.environ["API_TOKEN"] == "hunter2hunter2":\n    task("a")'));
    expect(JSON.stringify(dag)).not.toContain('hunter2');
  });
});

describe('edges, groups and DAGs', () => {
  it('keep theirs', async () => {
    const dag = await dagOf(inDag('a, b = task("a"), task("b")\nif os.environ["X"]:\n    a >> b\n    with TaskGroup("g"):\n        task("c")\nb >> task("d")'));
    expect(dag.edges.map((each) => [each.upstream, words(each.condition)])).toEqual([['a', 'os.environ["X"]'], ['b', '']]);
    expect(dag.task_groups.map((each) => words(each.condition))).toEqual(['os.environ["X"]']);
    expect(dag).not.toHaveProperty('condition');
  });

  it('an edge that every arm makes has none', async () => {
    const dag = await dagOf(inDag('a, b = task("a"), task("b")\nif os.environ["X"]:\n    a >> b\nelse:\n    a >> b'));
    expect(dag.edges[0]).not.toHaveProperty('condition');
  });

  it('a DAG under a condition says it once', async () => {
    const dag = await dagOf('if Variable.get("on"):\n' + inDag('task("a")').replace(/^(?=.)/gm, '    '));
    expect(words(dag.condition)).toBe('Variable.get("on")');
    expect(dag.tasks[0]).not.toHaveProperty('condition');
    expect(dag.status).toBe('partial');
  });

  it.each([
    ['raise', 'if os.environ["X"]:\n    raise ValueError\n', 'not (os.environ["X"])'],
    ['assert', 'assert os.environ["X"], "no"\n', 'os.environ["X"]'],
  ])('%s under a condition stands at every DAG of the file', async (_name, check, expected) => {
    for (const source of [check + inDag('task("a")'), inDag('task("a")') + check]) {
      const dag = await dagOf(source);
      expect(words(dag.condition)).toBe(expected);
      expect(dag.status).toBe('partial');
    }
  });

  it('nothing is said where everything is known', async () => {
    const dag = await dagOf(inDag('if os.environ["X"] == "1":\n    task("a")\nelse:\n    task("b")'), { environment: { X: '1' } });
    expect(dag.status).toBe('exact');
    expect(JSON.stringify(dag)).not.toContain('"condition"');
  });
});
