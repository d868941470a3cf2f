import { execFileSync } from 'node:child_process';
import { afterAll, expect, it } from 'vitest';
import { PythonWorker, pythonCommand } from './python.js';
import { runSession } from './session.js';

const worker = new PythonWorker();
afterAll(() => worker.stop());

/** The long run is `npm run differential`; these programs guard what was mended. */
const seed = 1;
const count = 1500;

/** Programs in which CPython and we still disagree, in a thousand; see `npm run differential` for which. */
const tolerated = 25;

/** The bar is 2 % of the observed values; what is above it is named by `npm run differential -- --unknowns 1`. */
const maximumUnknown = 0.03;

/** Messages and a few rules change from release to release; ours are those of 3.12, which Airflow's images have. */
const version = Number(execFileSync(pythonCommand, ['-c', 'import sys; print(sys.version_info[1])']).toString());

it.skipIf(version !== 12)(`what ${count} generated programs leave behind is what ${pythonCommand} says (seed ${seed})`, { timeout: 300_000 }, async () => {
  const summary = await runSession(worker, { count, seed, maximumFailures: count });
  expect(summary.failures.length).toBeLessThanOrEqual((tolerated * count) / 1000);
  expect(summary.unknown / summary.observed).toBeLessThanOrEqual(maximumUnknown);
  expect(summary.refused + summary.tooSlow).toBeLessThan(count / 5);
});
