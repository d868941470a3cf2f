import { describe, expect, it } from 'vitest';
import { graphOfSource } from '../../support/graph.js';

const head = `import glob
import os
from datetime import datetime
from pathlib import Path
from airflow.sdk import DAG, chain
from airflow.providers.standard.operators.empty import EmptyOperator
FOLDER = Path(__file__).parent / "conf"
def make(name, *tasks):
    with DAG(name, start_date=datetime(2026, 1, 1), schedule=None) as dag:
        chain(*[EmptyOperator(task_id=each) for each in tasks])
    return dag
`;

async function statuses(source: string, more: Record<string, string> = {}) {
  const files = { 'conf/a.yaml': 'a: 1', 'conf/b.yaml': 'a: 2', 'conf/c.yaml': 'a: 3', ...more };
  const graph = await graphOfSource({ ...files, 'x.py': head + source });
  return graph.dags.map((dag) => [dag.dag_id, dag.status, ...new Set(dag.unknowns.map(({ kind, line }) => `${kind}:${line.toString()}`))]);
}

describe('what shapes a DAG in an order that Python does not promise', () => {
  it.each([
    ['Path.glob', 'dag = make("d", *[p.stem for p in FOLDER.glob("*.yaml")])'],
    ['Path.iterdir', 'dag = make("d", *[p.stem for p in FOLDER.iterdir()])'],
    ['os.listdir', 'dag = make("d", *[n.split(".")[0] for n in os.listdir(FOLDER)])'],
    ['os.walk', 'dag = make("d", *[n.split(".")[0] for _, _, names in os.walk(FOLDER) for n in names])'],
    ['glob.glob', 'dag = make("d", *[n.split("/")[-1][0] for n in glob.glob(str(FOLDER / "*.yaml"))])'],
    ['the first of a listing', 'dag = make("d", next(FOLDER.glob("*.yaml")).stem)'],
    ['a set', 'dag = make("d", *{"a", "b"})'],
    ['equal keys of a set', 'dag = make("d", *sorted({"a", "b"}, key=lambda name: 1))'],
    ['the last one wins', 'for path in FOLDER.glob("*.yaml"):\n    found = path.stem\ndag = make("d", found)'],
  ])('%s', async (_name, source) => {
    expect((await statuses(source)).map((each) => each.slice(0, 2))).toEqual([['d', 'partial']]);
  });

  it('is named at its place', async () => {
    expect(await statuses('dag = make("d", *os.listdir(FOLDER))')).toEqual([['d', 'partial', 'random:12']]);
  });

  it('counts in a module that files share', async () => {
    const helper = 'import os\nNAMES = [n[0] for n in os.listdir(os.path.dirname(__file__) + "/conf")]\n';
    expect(await statuses('from helper import NAMES\ndag = make("d", *NAMES)', { 'helper.py': helper })).toEqual([['d', 'partial', 'random:2']]);
  });

  it('counts when the file fails in some orders only', async () => {
    expect((await statuses('dag = make("d", "a")\nassert os.listdir(FOLDER)[0] == "a.yaml"')).map((each) => each.slice(0, 2))).toEqual([['d', 'partial']]);
  });
});

describe('leaves those exact that are the same in every order', () => {
  it.each([
    ['a DAG for each file', 'for path in FOLDER.glob("*.yaml"):\n    globals()[path.stem] = make(path.stem, "x", "y")', ['a', 'b', 'c']],
    ['a sorted listing', 'dag = make("d", *sorted(p.stem for p in FOLDER.glob("*.yaml")))', ['d']],
    ['the number of entries', 'dag = make("d", str(len(os.listdir(FOLDER))))', ['d']],
    ['tasks without an order', 'with DAG("d", start_date=datetime(2026, 1, 1), schedule=None):\n    for name in {"a", "b"}:\n        EmptyOperator(task_id=name)', ['d']],
    ['equal keys of a list', 'dag = make("d", *sorted(["b", "a"], key=lambda name: 1))', ['d']],
  ])('%s', async (_name, source, ids) => {
    expect(await statuses(source)).toEqual(ids.map((id) => [id, 'exact']));
  });

  it('beside one that hangs on it', async () => {
    const found = await statuses('for path in FOLDER.glob("*.yaml"):\n    globals()[path.stem] = make(path.stem, "x")\ndag = make("all", *os.listdir(FOLDER))');
    expect(found.map((each) => each.slice(0, 2))).toEqual([['a', 'exact'], ['all', 'partial'], ['b', 'exact'], ['c', 'exact']]);
  });
});
