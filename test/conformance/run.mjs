// Compares `dag2event graph` with what real Airflow builds.
//
//   npm run conformance -- [--only VERSION] [--corpus NAME] [--update] [--verbose] [--truth]
//
// --only     one Airflow version
// --corpus   one corpus (see corpora.mjs); those that take long only run when they are named
// --update   writes the truth of our own fixtures to the goldens instead of comparing with them
// --truth    dumps and checks the goldens, and stops there
// --verbose  every difference and every reason

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { analyse } from './analyse.mjs';
import { compareDocuments } from './compare.mjs';
import { collectExamples } from './collect.mjs';
import { corpora, environments, judge } from './corpora.mjs';
import { airflowEnvironment, prepareEnvironment, run } from './environments.mjs';
import { comparisonLines, summaryLines } from './print.mjs';
import { collectSources } from './sources.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const project = join(here, '..', '..');
const cache = join(project, '.cache', 'conformance');
const say = (line) => console.log(line);
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

function readOptions() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      corpus: { type: 'string' },
      update: { type: 'boolean', default: false },
      truth: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
    },
  });
  return values;
}

function chosenCorpora({ only, corpus }) {
  const chosen = corpora.filter(
    (item) => (only === undefined || item.airflow === only) && (corpus === undefined ? item.isLong !== true : item.name === corpus),
  );
  if (chosen.length > 0) return chosen;
  const names = [...new Set(corpora.map((item) => item.name))].join(', ');
  throw new Error(`no corpus has that name and version; there are ${names} on ${Object.keys(environments).join(', ')}`);
}

const environmentOf = (corpus) => corpus.environment ?? corpus.airflow;

/** The folder that is analysed: ours in the project, examples inside the installed package or gathered from several. */
function rootOf(corpus, environment) {
  if (corpus.hasSources) {
    const requirements = join(project, environments[environmentOf(corpus)].requirements);
    const to = join(cache, `sources-${corpus.name}-${corpus.airflow}`);
    return collectSources({ python: environment.python, folder: join(project, corpus.root), requirements, cache: join(cache, 'sources'), to, leftOut: corpus.leftOut });
  }
  if (corpus.leftOut !== undefined) {
    const requirements = environments[environmentOf(corpus)].requirements;
    const folder = join(cache, `examples-${corpus.name}-${corpus.airflow}`);
    return collectExamples({ from: environment.packagesFolder, below: corpus.root, to: folder, leftOut: corpus.leftOut, requirements: join(project, requirements) });
  }
  return corpus.golden === null ? join(environment.packagesFolder, corpus.root) : join(project, corpus.root);
}

function dumpTruth(corpus, environment, root) {
  const out = join(cache, `truth-${corpus.name}-${corpus.airflow}.json`);
  const variables = corpus.variables === null ? [] : ['--variables', join(root, corpus.variables)];
  const folder = join(root, corpus.dags);
  run(environment.python, [join(here, 'dump.py'), '--folder', folder, '--root', root, '--out', out, ...variables], {
    env: { ...airflowEnvironment(environment.home, environment.variables), ...corpus.given },
  });
  return out;
}

/** Keeps a golden current, or says that it isn't. */
function checkGolden(corpus, truth, update) {
  if (corpus.golden === null) return [];
  const golden = join(project, corpus.golden);
  const fresh = readFileSync(truth, 'utf8');
  if (update) {
    mkdirSync(dirname(golden), { recursive: true });
    writeFileSync(golden, fresh);
    return [];
  }
  if (existsSync(golden) && readFileSync(golden, 'utf8') === fresh) return [];
  return [`${corpus.golden} is not what Airflow ${corpus.airflow} builds: run npm run conformance -- --update`];
}

/** Our own document of a corpus. */
function documentOf(corpus, root) {
  const given = Object.entries(corpus.given ?? {}).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const options = ['--airflow-version', corpus.airflow, '--dags-root', join(root, corpus.dags), ...given];
  return analyse({ project, root, options, out: join(cache, `graph-${corpus.name}-${corpus.airflow}.json`) });
}

function runCorpus(corpus, environment, options) {
  const root = rootOf(corpus, environment);
  const truth = dumpTruth(corpus, environment, root);
  const golden = checkGolden(corpus, truth, options.update);
  if (options.truth) return { corpus, comparison: null, failures: golden };
  const document = documentOf(corpus, root);
  const comparison = compareDocuments(readJson(truth), document);
  for (const line of comparisonLines(corpus, comparison, options)) say(line);
  return { corpus, comparison, failures: [...golden, ...judge(corpus, comparison, document)] };
}

function main() {
  const options = readOptions();
  const chosen = chosenCorpora(options);
  mkdirSync(cache, { recursive: true });
  const prepared = new Map();
  for (const version of new Set(chosen.map(environmentOf))) {
    const { requirements, overrides = null, ...rest } = environments[version];
    const [pins, exceptions] = [requirements, overrides].map((file) => (file === null ? null : join(project, file)));
    prepared.set(version, prepareEnvironment({ ...rest, cache, version, requirements: pins, overrides: exceptions, say }));
  }
  const results = chosen.map((corpus) => runCorpus(corpus, prepared.get(environmentOf(corpus)), options));
  for (const line of summaryLines(results)) say(line);
  process.exitCode = results.some((result) => result.failures.length > 0) ? 1 : 0;
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
