import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Messages and a few rules change from release to release; ours are those of 3.12, which Airflow's images have. */
const wanted = '3.12';

/** The interpreters of the folders below one, e.g. those that pyenv keeps or of the conformance environments. */
function below(folder: string, tail: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort().map((name) => path.join(folder, name, tail)).filter(existsSync) : [];
}

function isWanted(command: string): boolean {
  const answer = spawnSync(command, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], { encoding: 'utf8' });
  return answer.status === 0 && answer.stdout.trim() === wanted;
}

/** A CPython 3.12: the one that `PYTHON` names, or one of PATH, pyenv, uv and the conformance environments; undefined without one. */
export function findJudge(): string | undefined {
  const given = process.env['PYTHON'];
  if (given !== undefined) return isWanted(given) ? given : undefined;
  const root = path.join(import.meta.dirname, '../..');
  const pyenv = path.join(process.env['PYENV_ROOT'] ?? path.join(homedir(), '.pyenv'), 'versions');
  const uv = spawnSync('uv', ['python', 'find', '--no-project', wanted], { encoding: 'utf8' });
  const candidates = [
    `python${wanted}`,
    'python3',
    ...below(pyenv, 'bin/python'),
    ...(uv.status === 0 ? [uv.stdout.trim()] : []),
    ...below(path.join(root, '.cache/conformance'), 'venv/bin/python'),
  ];
  return candidates.find(isWanted);
}
