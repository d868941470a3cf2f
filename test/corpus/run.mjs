// Says how much of a repository is known, what costs most, and how it stands against real Airflow.
//
//   npm run corpus -- DIR [--dags-root D] [--truth FILE] [--variables F] [--airflow-version V] [--requirements F] [--env K=V]... [--all]
//          [--no-discovered-inputs]
//
// --truth  what Airflow built from DIR: a dump of test/conformance/dump.py, or one that holds stand-ins
// --all    every line of the rankings
// --no-discovered-inputs  no Variables, connections and environment of the repository's own: where the truth was made without
//
// Ends with 1 when something that is called exact isn't what Airflow built.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { analyse } from '../conformance/analyse.mjs';
import { compareDocuments } from '../conformance/compare.mjs';
import { comparisonLines, documentLines } from './print.mjs';
import { countStatuses, findUnexplained, rankModules, rankUnknowns } from './ranking.mjs';
import { readTruth } from './truth.mjs';

const project = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const passedOn = ['dags-root', 'variables', 'airflow-version', 'requirements'];

function readOptions() {
  const text = { type: 'string' };
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...Object.fromEntries(passedOn.map((name) => [name, text])),
      env: { type: 'string', multiple: true, default: [] },
      truth: text,
      all: { type: 'boolean', default: false },
      'no-discovered-inputs': { type: 'boolean', default: false },
    },
  });
  if (positionals.length !== 1) throw new Error('usage: npm run corpus -- DIR [--dags-root D] [--truth FILE] ...');
  return { ...values, root: positionals[0] };
}

function graphOf(options) {
  const folder = mkdtempSync(join(tmpdir(), 'corpus-'));
  const flags = passedOn.flatMap((name) => (options[name] === undefined ? [] : [`--${name}`, options[name]]));
  const environment = options.env.flatMap((pair) => ['--env', pair]);
  const given = options['no-discovered-inputs'] ? ['--no-discovered-inputs'] : [];
  try {
    return analyse({ project, root: options.root, options: [...flags, ...environment, ...given], out: join(folder, 'graph.json') });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Where the two agree on import errors, and the DAGs that we call exact in files that Airflow refused. */
function compareErrors(truth, document) {
  const ours = new Set(document.import_errors.map((error) => error.file));
  const texts = new Map(truth.import_errors.map((error) => [error.file, error.text ?? error.exception ?? error.kind]));
  const built = new Set(truth.dags.map((dag) => dag.dag_id));
  return {
    both: [...texts.keys()].filter((file) => ours.has(file)),
    theirs: [...texts].filter(([file]) => !ours.has(file)).map(([file, text]) => `${file}: ${text.slice(-200)}`),
    refused: document.files
      .filter(({ file }) => texts.has(file))
      .flatMap(({ file, dag_ids }) => dag_ids.map((id) => ({ id, file })))
      .filter(({ id }) => !built.has(id) && document.dags.some((dag) => dag.dag_id === id && dag.status === 'exact'))
      .map(({ id, file }) => `${id} in ${file}`),
  };
}

function main() {
  const options = readOptions();
  const document = graphOf(options);
  const result = {
    document,
    statuses: countStatuses(document),
    unknowns: rankUnknowns(document),
    modules: rankModules(document),
    unexplained: findUnexplained(document),
  };
  const truth = options.truth === undefined ? null : readTruth(options.truth, document);
  const comparison = truth === null ? null : compareDocuments(truth, document);
  const lines = [
    ...documentLines(result, options),
    ...(truth === null ? [] : comparisonLines(comparison, compareErrors(truth, document))),
  ];
  console.log(lines.join('\n'));
  const wrong = comparison === null ? 0 : comparison.wrong.length + comparison.invented.length + comparison.missedSilently.length;
  process.exitCode = wrong === 0 && result.unexplained.length === 0 ? 0 : 1;
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
