// Damages real Python files and compares who refuses them: CPython's `compile` or us. Nothing is run.
//
//   npm run mutations -- --count N --seed S [--dir DIR]... [--python COMMAND] [--no-analysis]
//
// --dir          more files to damage, besides the fixtures
// --python       the judge (3.9 to 3.12); default: the first one found
// --no-analysis  acceptance only; else every mutant is also analysed, and a crash or a hang is a failure

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { findCompileProblem } from '../../dist/parse/acceptance/accept.js';
import { startAnalysis } from './analysis.mjs';
import { findPython, startPython } from './cpython.mjs';
import { mutate, mutation } from './mutate.mjs';

/** Mutants that are judged together; a failure can be repeated with the seed of its batch. */
const BATCH = 200;

/** Longer files cost time and hide the damage. */
const MAX_BYTES = 40_000;

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    dir: { type: 'string', multiple: true, default: [] },
    python: { type: 'string' },
    'no-analysis': { type: 'boolean', default: false },
  },
});

const command = options.python ?? findPython();
if (command === undefined) throw new Error('no Python from 3.9 to 3.12 found; name one with --python');
const python = await startPython(command);
const version = { major: python.version[0], minor: python.version[1] };
const analysis = options['no-analysis'] ? undefined : startAnalysis();
const files = ['fixtures', ...options.dir].flatMap(pythonFiles);
const arbitrary = mutation(files.length);
const totals = { mutants: 0, refused: 0, disagreements: 0, otherLine: 0, crashes: 0, hangs: 0 };

console.log(`${files.length} files, Python ${python.version.join('.')}, seed ${options.seed}`);
for (let done = 0; done < Number(options.count); done += BATCH) {
  const seed = Number(options.seed) + done;
  const size = Math.min(BATCH, Number(options.count) - done);
  const mutants = fc.sample(arbitrary, { seed, numRuns: size }).map(sourceOf);
  await judgeBatch(mutants, seed, size);
  if ((done / BATCH) % 50 === 49) console.log(JSON.stringify(totals));
}
console.log(JSON.stringify(totals));
python.stop();
await analysis?.stop();
process.exitCode = totals.disagreements + totals.crashes + totals.hangs === 0 ? 0 : 1;

function pythonFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.py'))
    .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name)))
    .filter((bytes) => bytes.length > 0 && bytes.length < MAX_BYTES)
    .map((bytes) => bytes.toString('utf8').toWellFormed());
}

function sourceOf({ file, edits }) {
  return mutate(files[file], edits);
}

async function judgeBatch(mutants, seed, size) {
  const verdicts = await python.judge(mutants);
  totals.mutants += mutants.length;
  let differs = false;
  mutants.forEach((mutant, index) => {
    const problem = ours(mutant);
    const verdict = verdicts[index];
    if (verdict !== null) totals.refused += 1;
    if ((problem === undefined) === (verdict === null)) {
      if (verdict !== null && verdict[1] !== problem.line) totals.otherLine += 1;
      return;
    }
    totals.disagreements += 1;
    differs = true;
  });
  if (differs && totals.disagreements <= 40) await shrink(seed, size);
  for (const failure of (await analysis?.run(mutants)) ?? []) report(failure, mutants, seed);
}

function ours(source) {
  try {
    return findCompileProblem(source, version);
  } catch (error) {
    totals.crashes += 1;
    console.log(`crash of the acceptance check: ${error.stack}`);
    return undefined;
  }
}

/** Repeats a batch one by one: the first difference is made as small as it gets, and printed with its seed. */
async function shrink(seed, size) {
  const agrees = async (each) => {
    const source = sourceOf(each);
    const [verdict] = await python.judge([source]);
    return (ours(source) === undefined) === (verdict === null);
  };
  const result = await fc.check(fc.asyncProperty(arbitrary, agrees), { seed, numRuns: size });
  if (result.counterexample === null) return;
  const source = sourceOf(result.counterexample[0]);
  const [verdict] = await python.judge([source]);
  const problem = ours(source);
  const line = verdict?.[1] || problem?.line || 1;
  console.log(`--seed ${seed} --count ${size}: CPython ${verdict === null ? 'accepts' : `refuses (${verdict[0]})`}, we ${problem === undefined ? 'accept' : `refuse (${problem.message}, line ${problem.line})`}`);
  console.log(`  ${JSON.stringify(result.counterexample[0].edits)}`);
  console.log(source.split(/\r\n|\r|\n/).slice(Math.max(0, line - 3), line + 1).map((each) => `  | ${each.slice(0, 160)}`).join('\n'));
}

function report({ index, error, isHang }, mutants, seed) {
  totals[isHang ? 'hangs' : 'crashes'] += 1;
  console.log(`--seed ${seed}: mutant ${index}: ${error}`);
  if (index >= 0) console.log((mutants[index] ?? '').slice(0, 400));
}
