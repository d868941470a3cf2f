// Makes our own document as a user would: with the built command line.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Runs `dag2event graph` of `project` and reads what it wrote to `out`; throws with what it said when that is nothing. */
export function analyse({ project, root, options, out }) {
  rmSync(out, { force: true });
  const args = ['graph', root, '--format', 'json', ...options, '--output', out, '--quiet'];
  const result = spawnSync(process.execPath, [join(project, 'dist', 'cli.js'), ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (existsSync(out)) return JSON.parse(readFileSync(out, 'utf8'));
  throw new Error(`dag2event ${args.join(' ')} ended with ${result.status} and wrote nothing\n${result.stderr}`);
}
