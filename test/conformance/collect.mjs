// Gathers the example DAGs that installed packages carry, in their folders, beside the list of what is installed.

import { copyFileSync, cpSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

const isExamples = (entry) => entry.isDirectory() && entry.name === 'example_dags';

/** Copies every `example_dags` folder below `from`/`below` to `to`, without the files that are left out; gives `to`. */
export function collectExamples({ from, below, to, leftOut, requirements }) {
  rmSync(to, { recursive: true, force: true });
  const wanted = (source) => !leftOut.includes(basename(source)) && basename(source) !== '__pycache__';
  for (const entry of readdirSync(join(from, below), { recursive: true, withFileTypes: true }).filter(isExamples)) {
    const folder = join(entry.parentPath, entry.name);
    cpSync(folder, join(to, folder.slice(from.length)), { recursive: true, filter: wanted });
  }
  copyFileSync(requirements, join(to, 'requirements.txt'));
  return to;
}
