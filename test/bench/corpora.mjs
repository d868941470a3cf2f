// The folders that are measured: those of the conformance run, read where it reads them.

import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { corpora, environments } from '../conformance/corpora.mjs';
import { prepareEnvironment } from '../conformance/environments.mjs';

export const project = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const measured = ['retail-platform', 'examples'];

/** Corpora with absolute paths and, unless `hasAirflow` is false, the environment of their Airflow. */
export function openCorpora(hasAirflow, say) {
  const chosen = corpora.filter(({ name, golden }) => measured.includes(name) && (hasAirflow || golden !== null));
  const prepared = new Map();
  return chosen.map((corpus) => {
    const { airflow } = corpus;
    if (hasAirflow && !prepared.has(airflow)) prepared.set(airflow, prepare(airflow, say));
    const environment = prepared.get(airflow) ?? null;
    const root = join(corpus.golden === null ? environment.packagesFolder : project, corpus.root);
    return {
      title: corpus.golden === null ? `Airflow ${airflow} examples` : corpus.name,
      airflow,
      environment,
      root,
      dagsRoot: join(root, corpus.dags),
      variables: corpus.variables === null ? null : join(root, corpus.variables),
    };
  });
}

function prepare(version, say) {
  const cache = join(project, '.cache', 'conformance');
  mkdirSync(cache, { recursive: true });
  const { requirements, packages } = environments[version];
  return prepareEnvironment({ cache, version, requirements: join(project, requirements), packages, say });
}
