// A DAG per sensor class of the table, loaded by real Airflow with today's providers: does inference find what the class
// waits for, with the fields that identify it? What is expected stands in sensors.json, and the arguments come from the
// signature of the real class.
//
//   npm run conformance:classes -- [--verbose]

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { environments } from '../corpora.mjs';
import { airflowEnvironment, prepareEnvironment, run } from '../environments.mjs';
import { dagFile, givenTo, marksOf } from './generate.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const project = join(here, '..', '..', '..');
const cache = join(project, '.cache', 'conformance');
const name = '3.2.2-providers';
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

function python(environment, script, options) {
  run(environment.python, [join(here, script), ...options], { env: airflowEnvironment(environment.home, environment.variables) });
}

function writeDags(folder, rows, facts) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'dags'), { recursive: true });
  for (const row of rows) writeFileSync(join(folder, 'dags', `${row.class}.py`), dagFile(row, facts[row.class]));
}

function analyse(folder, out) {
  rmSync(out, { force: true });
  const args = [join(project, 'dist', 'cli.js'), 'analyze', folder, '--format', 'json', '--airflow-version', '3.2.2', '--output', out, '--quiet'];
  const result = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`dag2event ended with ${result.status}\n${result.stderr}`);
  return readJson(out);
}

/** What is wrong with the candidates of one class; empty when they are right. */
function problemsOf(row, facts, candidates) {
  if (row.kind === null) return candidates.length === 0 ? [] : [`expected none, got ${candidates.map((each) => each.source_kind).join(', ')}`];
  if (candidates.length !== 1) return [`expected one candidate, got ${candidates.length}`];
  const [{ source_kind: kind, fields, replaces, mechanism, evidence }] = candidates;
  const shown = Object.values(fields).join('\n');
  const marks = givenTo(row, facts).filter((each) => row.identifying.includes(each)).flatMap((each) => marksOf(row, each));
  return [
    ...(kind === row.kind ? [] : [`expected ${row.kind}, got ${kind}`]),
    ...marks.filter((mark) => !shown.includes(mark)).map((mark) => `${mark} is in no field`),
    ...(replaces === null || mechanism.kind === 'none' || evidence.length === 0 ? ['no wait, mechanism or evidence'] : []),
  ];
}

function main() {
  const { values } = parseArgs({ options: { verbose: { type: 'boolean', default: false } } });
  const { requirements, overrides, ...rest } = environments[name];
  mkdirSync(cache, { recursive: true });
  const environment = prepareEnvironment({ ...rest, cache, version: name, requirements: join(project, requirements), overrides: join(project, overrides), say: console.log });
  const rows = readJson(join(here, 'sensors.json'));
  const [probed, loadedFile, folder] = ['class-facts.json', 'class-loaded.json', 'class-dags'].map((each) => join(cache, each));
  python(environment, 'probe.py', ['--classes', join(here, 'sensors.json'), '--out', probed]);
  const facts = readJson(probed);
  const there = rows.filter((row) => facts[row.class].missing === undefined);
  writeDags(folder, there, facts);
  python(environment, 'load.py', ['--folder', join(folder, 'dags'), '--out', loadedFile]);
  const { dags, errors } = readJson(loadedFile);
  const { candidates } = analyse(folder, join(cache, 'class-analysis.json'));
  const loaded = there.filter((row) => dags[row.class] !== undefined);
  const judged = loaded.map((row) => ({ row, problems: problemsOf(row, facts[row.class], candidates.filter((each) => each.dag_id === row.class)) }));
  const wrong = judged.filter(({ problems }) => problems.length > 0);
  if (values.verbose) for (const row of rows.filter((each) => !there.includes(each))) console.log(`not there  ${row.class}: ${facts[row.class].missing}`);
  for (const row of there.filter((each) => !loaded.includes(each))) console.log(`not loaded  ${row.class}: ${errors[row.class]}`);
  for (const { row, problems } of wrong) console.log(`wrong  ${row.class}: ${problems.join('; ')}`);
  console.log(`${rows.length} sensor classes   in today's providers ${there.length}   loaded by Airflow ${loaded.length}   right ${loaded.length - wrong.length}`);
  process.exitCode = wrong.length > 0 || loaded.length < there.length ? 1 : 0;
}

main();
