// Makes the Python environments with real Airflow under .cache/conformance, once per list of packages.

import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const interpreters = ['python3.12', 'python3.11', 'python3.10', 'python3', 'python'];
const wanted = ['3.12', '3.11', '3.10'];

/** Runs a program to its end; throws with the end of its output when it fails. */
export function run(program, args, options = {}) {
  const result = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  if (result.status === 0) return result.stdout;
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}`.trim().split('\n').slice(-25).join('\n');
  throw new Error(`${program} ${args.join(' ')} failed${result.error ? `: ${result.error.message}` : ''}\n${output}`);
}

function succeeds(program, args) {
  return spawnSync(program, args, { encoding: 'utf8' }).status === 0;
}

/** Every place where an interpreter may be: PATH, then the versions that pyenv keeps beside its shims. */
function candidates() {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const pyenv = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
  const kept = existsSync(pyenv) ? readdirSync(pyenv).sort().reverse().map((name) => join(pyenv, name, 'bin')) : [];
  return [...onPath, ...kept].flatMap((folder) => interpreters.map((name) => join(folder, name))).filter(existsSync);
}

/** The first of some versions of Python that is there. A shim on PATH may answer with an error: it is passed over. */
function findPython(versions) {
  const question = 'import sys; print("%d.%d" % sys.version_info[:2]); print(sys.executable)';
  const found = new Map();
  for (const candidate of candidates()) {
    const answer = spawnSync(candidate, ['-c', question], { encoding: 'utf8' });
    const [version, path] = (answer.stdout ?? '').trim().split('\n');
    if (answer.status === 0 && path !== undefined && !found.has(version)) found.set(version, path);
  }
  const best = versions.find((version) => found.has(version));
  if (best === undefined) throw new Error(`no Python ${versions.join(', ')} was found on PATH or below pyenv`);
  return found.get(best);
}

/** uv from PATH, or from a private environment; null where it can't be had, and pip does the work. */
function findUv(python, cache) {
  if (succeeds('uv', ['--version'])) return 'uv';
  const home = join(cache, 'uv');
  const uv = join(home, 'bin', 'uv');
  if (existsSync(uv)) return uv;
  const made = succeeds(python, ['-m', 'venv', home]) && succeeds(join(home, 'bin', 'python'), ['-m', 'pip', 'install', '-q', 'uv']);
  return made && existsSync(uv) ? uv : null;
}

/** Overrides say what must not be installed though a package asks for it: only uv knows them. */
function install(python, cache, folder, packages, overrides) {
  const uv = findUv(python, cache);
  const inside = join(folder, 'bin', 'python');
  if (uv === null) {
    if (overrides !== null) throw new Error('this environment needs uv');
    run(python, ['-m', 'venv', folder]);
    run(inside, ['-m', 'pip', 'install', '-q', ...packages]);
    return;
  }
  run(uv, ['venv', '-q', '--python-preference', 'only-system', '--python', python, folder]);
  const more = overrides === null ? [] : ['--override', overrides];
  run(uv, ['pip', 'install', '-q', '--python', inside, ...more, ...packages]);
}

/** Variables that Airflow gets: those of a bare shell and its own home, so that a user's settings change nothing. */
export function airflowEnvironment(home, variables = {}) {
  const { PATH, HOME, LANG } = process.env;
  return {
    ...(PATH === undefined ? {} : { PATH }),
    ...(HOME === undefined ? {} : { HOME }),
    LANG: LANG ?? 'C.UTF-8',
    AIRFLOW_HOME: home,
    AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
    // Packages that would send usage data home.
    DO_NOT_TRACK: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONWARNINGS: 'ignore',
    ...variables,
  };
}

/** A Python with some packages and nothing else, made when it is not there or they have changed. */
export function preparePackages({ folder, packages, versions = wanted, say }) {
  const [venv, stamp] = ['venv', 'ready'].map((name) => join(folder, name));
  const digest = createHash('sha256').update(packages.join('\n')).digest('hex');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== digest) {
    say(`installing ${packages.join(', ')} in ${folder}`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    install(findPython(versions), folder, venv, packages, null);
    writeFileSync(stamp, digest);
  }
  return join(venv, 'bin', 'python');
}

/**
 * The environment of one Airflow version, made when it is not there or its packages have changed. Its database is made
 * too: 2.x asks it for dataset aliases while it reads DAGs.
 */
export function prepareEnvironment({ cache, version, requirements, packages, versions = wanted, overrides = null, variables = {}, say }) {
  const folder = join(cache, version);
  const [venv, home, stamp] = ['venv', 'home', 'ready'].map((name) => join(folder, name));
  const all = [
    ...(requirements === null ? '' : readFileSync(requirements, 'utf8'))
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('#')),
    ...packages,
  ];
  const digest = createHash('sha256').update(all.join('\n')).digest('hex');
  const python = join(venv, 'bin', 'python');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== digest) {
    say(`making the environment of Airflow ${version} in ${folder}`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(home, { recursive: true });
    install(findPython(versions), cache, venv, all, overrides);
    run(join(venv, 'bin', 'airflow'), ['db', 'migrate'], { env: airflowEnvironment(home, variables) });
    writeFileSync(stamp, digest);
  }
  const packagesFolder = run(python, ['-c', 'import sysconfig; print(sysconfig.get_paths()["purelib"])']).trim();
  return { python, home, packagesFolder, variables };
}
