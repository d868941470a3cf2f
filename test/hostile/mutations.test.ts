import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findCompileProblem } from '../../src/parse/acceptance/accept.js';
import { findPython, startPython } from './cpython.mjs';
import { mutate, mutation } from './mutate.mjs';

const COUNT = 2_000;
const SEED = 20_261_123;

const command = findPython();
if (command === undefined) console.warn('SKIPPED: mutants against CPython need python3 (3.9 to 3.12); name one with DAG2EVENT_PYTHON');

it.skipIf(command === undefined)(
  'refuses a mutant when CPython refuses it, and accepts it when CPython does',
  async () => {
    const python = await startPython(command ?? '');
    const [major, minor] = python.version;
    const files = readdirSync('fixtures', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.py'))
      .sort()
      .map((name) => readFileSync(`fixtures/${name}`, 'utf8'))
      .filter((text) => text !== '' && text.length < 40_000);
    const mutants = fc.sample(mutation(files.length), { seed: SEED, numRuns: COUNT }).map(({ file, edits }) => mutate(files[file] ?? '', edits));
    const verdicts = await python.judge(mutants);
    python.stop();
    const differences = mutants.flatMap((mutant, index) => {
      const problem = findCompileProblem(mutant, { major, minor });
      const verdict = verdicts[index] ?? null;
      return (problem === undefined) === (verdict === null) ? [] : [{ cpython: verdict, ours: problem, mutant }];
    });
    expect(verdicts.filter((verdict) => verdict !== null).length).toBeGreaterThan(COUNT / 3);
    expect(differences).toEqual([]);
  },
  120_000,
);
