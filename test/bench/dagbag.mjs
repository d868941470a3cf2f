// `dag2event graph` over a load by Airflow's own DagBag, as whole processes.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { airflowEnvironment } from '../conformance/environments.mjs';
import { project } from './corpora.mjs';
import { medianOf, readUsage, runGraph } from './processes.mjs';
import { printTable } from './table.mjs';

const script = fileURLToPath(new URL('./load_dagbag.py', import.meta.url));

/** Prints one row per corpus that has an Airflow. */
export function compareWithDagBag({ corpora, size, parser, say }) {
  const folder = mkdtempSync(join(tmpdir(), 'dag2event-bench-'));
  try {
    const rows = corpora.filter(({ environment }) => environment !== null).map((corpus) => rowOf(corpus, { folder, size, parser }));
    say(`dag2event graph : DagBag load, whole processes, files and bytecode in cache, median of ${size.runs}`);
    printTable(say, ['', 'our DAGs', 'its DAGs', 'our s', 'its s', 'ratio', 'our CPU s', 'its CPU s', 'ratio', 'our MB', 'its MB'], rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rowOf(corpus, { folder, size, parser }) {
  const output = join(folder, 'graph.json');
  const runOurs = () => runGraph({ ...corpus, output, parser });
  // The first run of each fills the caches that a second one finds.
  runOurs();
  loadDagBag(corpus);
  const ours = medianOf(size.runs, runOurs);
  const theirs = medianOf(size.runs, () => loadDagBag(corpus));
  const { dags } = JSON.parse(readFileSync(output, 'utf8'));
  return [
    corpus.title,
    dags.length,
    theirs.dags,
    (ours.milliseconds / 1000).toFixed(2),
    (theirs.milliseconds / 1000).toFixed(2),
    (ours.milliseconds / theirs.milliseconds).toFixed(2),
    ours.processor.toFixed(2),
    theirs.processor.toFixed(2),
    (ours.processor / theirs.processor).toFixed(2),
    ours.megabytes.toFixed(0),
    theirs.megabytes.toFixed(0),
  ];
}

function loadDagBag({ root, dagsRoot, variables, environment }) {
  const given = variables === null ? [] : ['--variables', variables];
  const start = performance.now();
  const result = spawnSync(environment.python, [script, '--folder', dagsRoot, '--root', root, '--out', '-', ...given], {
    encoding: 'utf8',
    env: pythonEnvironment(environment.home),
  });
  const milliseconds = performance.now() - start;
  if (result.status !== 0) throw new Error(`the DagBag of ${dagsRoot} could not be loaded\n${result.stderr}`);
  return { milliseconds, ...readUsage(result.stdout.trim().split('\n').at(-1)) };
}

/** With bytecode, as an installed Airflow has it, but kept out of the folders that are read. */
function pythonEnvironment(home) {
  const PYTHONPYCACHEPREFIX = join(project, '.cache', 'bench', 'pycache');
  return { ...airflowEnvironment(home), PYTHONDONTWRITEBYTECODE: '', PYTHONPYCACHEPREFIX };
}
