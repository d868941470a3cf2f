// Compares `dag2event graph` with real Airflow on random DAG files.
//
//   npm run conformance:random -- [--only VERSION] [--count N] [--seed S] [--verbose]
//
// Every file is kept in .cache/conformance/random until the next run; the seed is printed, and gives the same files.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareDocuments, countSilentlyWrong } from './compare.mjs';
import { environments } from './corpora.mjs';
import { airflowEnvironment, prepareEnvironment, run } from './environments.mjs';
import { randomDagFile } from './generate.mjs';
import { comparisonLines } from './print.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const project = join(here, '..', '..');
const cache = join(project, '.cache', 'conformance');
const say = (line) => console.log(line);
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

function readOptions() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      count: { type: 'string', default: '400' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      verbose: { type: 'boolean', default: false },
    },
  });
  return { ...values, count: Number(values.count), seed: Number(values.seed) };
}

function writeFiles(folder, { count, seed }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < count; index += 1) {
    const name = `random_${index}`;
    writeFileSync(join(folder, `${name}.py`), randomDagFile(seed * 100_003 + index, name));
  }
}

/** Seconds that Airflow gets for one file, and for all of them with its own start. */
const fileSeconds = 10;
const loadSeconds = 600;

/**
 * Parts from both documents the files that Airflow gave up on: an endless walk makes no graph to compare. What we call
 * exact in one of them is a wrong claim.
 */
function withoutTimeouts(truth, ours) {
  const slow = new Set(truth.import_errors.filter(({ reason }) => /Timeout|MemoryError/.test(reason)).map(({ file }) => file));
  const kept = ({ file }) => !slow.has(file);
  const claimed = ours.dags.filter((dag) => dag.status === 'exact' && slow.has(dag.file));
  const part = (document) => ({ ...document, dags: document.dags.filter(kept), import_errors: document.import_errors.filter(kept) });
  return { truth: part(truth), ours: part(ours), claimed, slow: [...slow] };
}

/** Files in which Airflow walks from a setup to its teardown without end: it would hang, and we don't call them exact. */
function endlessFiles(document) {
  return document.dags.filter((dag) => dag.unknowns.some((unknown) => unknown.kind === 'budget')).map((dag) => dag.file);
}

function compareVersion(version, folder, options) {
  const { requirements, packages } = environments[version];
  const environment = prepareEnvironment({ cache, version, requirements: join(project, requirements), packages, say });
  const truth = join(cache, `truth-random-${version}.json`);
  const ours = join(cache, `graph-random-${version}.json`);
  rmSync(ours, { force: true });
  const dump = [join(here, 'dump.py'), '--folder', folder, '--root', folder, '--out', truth];
  const graph = ['graph', folder, '--format', 'json', '--airflow-version', version, '--dags-root', folder, '--output', ours, '--quiet'];
  spawnSync(process.execPath, [join(project, 'dist', 'cli.js'), ...graph], { encoding: 'utf8' });
  for (const file of endlessFiles(readJson(ours))) rmSync(join(folder, file));
  const env = { ...airflowEnvironment(environment.home), AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT: String(fileSeconds) };
  run(environment.python, dump, { env, timeout: loadSeconds * 1000 });
  const parted = withoutTimeouts(readJson(truth), readJson(ours));
  const comparison = compareDocuments(parted.truth, parted.ours);
  for (const line of comparisonLines({ name: 'random', airflow: version }, comparison, options)) say(line);
  say(`  import errors of Airflow ${readJson(truth).import_errors.length}   of ours ${readJson(ours).import_errors.length}`);
  if (parted.slow.length > 0) say(`  Airflow gave up after ${fileSeconds} s on ${parted.slow.join(', ')}`);
  for (const dag of parted.claimed) say(`  ${dag.file}: ${dag.dag_id} is called exact, but Airflow gave up on the file`);
  return countSilentlyWrong(comparison) + comparison.missedImportErrors.length + parted.claimed.length;
}

const options = readOptions();
const folder = join(cache, 'random');
say(`${options.count} files, seed ${options.seed}`);
const versions = Object.keys(environments).filter((version) => options.only === undefined || version === options.only);
const wrong = versions.map((version) => {
  writeFiles(folder, options);
  return compareVersion(version, folder, options);
});
process.exitCode = wrong.some((count) => count > 0) ? 1 : 0;
