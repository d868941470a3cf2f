// Gathers the example DAGs that the source distributions of provider packages carry, as tests of the whole system.

import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { run } from './environments.mjs';

const lines = (file) => readFileSync(file, 'utf8').split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));

/**
 * Puts the `tests/system` folders of the packages that `folder`/packages.txt names into `to`, in the releases that
 * `requirements` pins, beside stand-ins for what they share with Airflow's own tests; gives `to`.
 */
export function collectSources({ python, folder, requirements, cache, to, leftOut }) {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  const wanted = new Set(lines(join(folder, 'packages.txt')).map((name) => `apache-airflow-providers-${name}`));
  const pins = lines(requirements).map((line) => line.split('==')).filter(([name]) => wanted.has(name));
  for (const [name, release] of pins) {
    const archive = download({ python, cache, name, release });
    const top = basename(archive, '.tar.gz');
    run('tar', ['xzf', archive, '-C', to, '--strip-components=2', '--wildcards', `${top}/tests/system/*`]);
  }
  for (const file of leftOut) rmSync(join(to, file));
  cpSync(join(folder, 'tests_common'), join(to, 'tests_common'), { recursive: true });
  copyFileSync(requirements, join(to, 'requirements.txt'));
  return to;
}

/** The source distribution of a release, kept in `cache`. */
function download({ python, cache, name, release }) {
  const archive = join(cache, `${name.replaceAll('-', '_')}-${release}.tar.gz`);
  if (existsSync(archive)) return archive;
  mkdirSync(cache, { recursive: true });
  // What builds it stands in the environment: pip asks the build for the package's name.
  run(python, ['-m', 'pip', 'download', '-q', '--no-deps', '--no-build-isolation', '--no-binary', ':all:', '-d', cache, `${name}==${release}`]);
  return archive;
}
