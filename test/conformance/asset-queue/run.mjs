// Sends asset events through the asset manager and scheduler of real Airflow and compares which runs carry which events with
// what is committed: src/knowledge/asset-queue.ts and several hazards rest on it.
//
//   npm run conformance:queue -- [--only VERSION] [--update]

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { environments } from '../corpora.mjs';
import { airflowEnvironment, prepareEnvironment, run } from '../environments.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const project = join(here, '..', '..', '..');
const cache = join(project, '.cache', 'conformance');

/** Runs the probe with a database of its own. */
function probe(version) {
  const { requirements, overrides = null, ...rest } = environments[version];
  const [pins, exceptions] = [requirements, overrides].map((file) => (file === null ? null : join(project, file)));
  const environment = prepareEnvironment({ ...rest, cache, version, requirements: pins, overrides: exceptions, say: console.log });
  const home = join(cache, `asset-queue-${version}`);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  const env = { ...airflowEnvironment(home, environment.variables), AIRFLOW__LOGGING__LOGGING_LEVEL: 'CRITICAL' };
  const out = join(home, 'result.json');
  run(environment.python, ['-m', 'airflow', 'db', 'migrate'], { env });
  run(environment.python, [join(here, 'probe.py'), '--dags', join(here, 'dags'), '--out', out], { env });
  return `${readFileSync(out, 'utf8')}\n`;
}

function main() {
  const { values } = parseArgs({ options: { only: { type: 'string' }, update: { type: 'boolean', default: false } } });
  const versions = ['2.11.2', '3.2.2'].filter((version) => values.only === undefined || version === values.only);
  for (const version of versions) {
    const golden = join(here, 'expected', `${version}.json`);
    const fresh = probe(version);
    if (values.update) {
      mkdirSync(dirname(golden), { recursive: true });
      writeFileSync(golden, fresh);
    }
    const isSame = readFileSync(golden, 'utf8') === fresh;
    console.log(`Airflow ${version}: the asset queue ${isSame ? 'does what is committed' : 'does something else: see --update'}`);
    if (!isSame) process.exitCode = 1;
  }
}

main();
