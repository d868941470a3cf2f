// Loads the examples of every rule in the real Airflow that they are written for: documentation must not show DAGs that
// Airflow refuses, unless that is what the rule is about.
//
//   npm run conformance:rules -- [--only VERSION]

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { environments } from '../corpora.mjs';
import { airflowEnvironment, prepareEnvironment, run } from '../environments.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const project = join(here, '..', '..', '..');
const cache = join(project, '.cache', 'conformance');

/** The example's files by name: the first is `example.py`, a line `# --- file: NAME` starts the next. */
function filesOf(source) {
  const [first, ...rest] = source.split(/^# --- file: (\S+)\n/m);
  const files = [['example.py', first]];
  for (let index = 0; index + 1 < rest.length; index += 2) files.push([rest[index], rest[index + 1]]);
  return files;
}

function examplesOf(rules) {
  return rules.flatMap((rule) => [
    { name: `${rule.id}-bad`, ...rule.bad },
    { name: `${rule.id}-good`, ...rule.good },
  ]);
}

function write(folder, examples) {
  rmSync(folder, { recursive: true, force: true });
  for (const { name, source } of examples) {
    for (const [file, text] of filesOf(source)) {
      const path = join(folder, name, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }
}

/** Checks whose subject is a file that Airflow refuses. */
const refused = new Set(JSON.parse(readFileSync(join(here, 'refused.json'), 'utf8')));

function problemsOf(version, result) {
  return Object.entries(result).flatMap(([name, { dags, errors }]) => {
    if (refused.has(name)) return errors.length > 0 ? [] : [`${name} on ${version}: Airflow does not refuse it`];
    if (errors.length > 0) return errors.map((error) => `${name} on ${version}: ${error}`);
    return dags.length > 0 ? [] : [`${name} on ${version}: no DAG`];
  });
}

function load(version, examples) {
  const { requirements, overrides = null, ...rest } = environments[version];
  const [pins, exceptions] = [requirements, overrides].map((file) => (file === null ? null : join(project, file)));
  const environment = prepareEnvironment({ ...rest, cache, version, requirements: pins, overrides: exceptions, say: console.log });
  const folder = join(cache, `rule-examples-${version}`);
  const out = join(cache, `rule-examples-${version}.json`);
  write(folder, examples);
  run(environment.python, [join(here, 'load.py'), '--folders', folder, '--out', out], { env: airflowEnvironment(environment.home, environment.variables) });
  return JSON.parse(readFileSync(out, 'utf8'));
}

function main() {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const rules = JSON.parse(run(process.execPath, [join(project, 'dist', 'cli.js'), 'rules', '--format', 'json']));
  const examples = examplesOf(rules);
  const versions = [...new Set(examples.map(({ airflow }) => airflow))].filter((version) => values.only === undefined || version === values.only).sort();
  let problems = [];
  for (const version of versions) {
    const own = examples.filter(({ airflow }) => airflow === version);
    problems = [...problems, ...problemsOf(version, load(version, own))];
    console.log(`Airflow ${version}: ${own.length} examples loaded`);
  }
  for (const problem of problems) console.log(problem);
  console.log(`${problems.length} problems`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

main();
