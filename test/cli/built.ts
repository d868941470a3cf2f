import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built entry: what a user's shell starts. */
export const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
export const exampleRepository = fileURLToPath(new URL('../../fixtures/repos/retail-platform', import.meta.url));

/** Shared by the tests, and never the user's own. */
const cache = path.join(tmpdir(), 'dag2event-test-cache');

/** Runs the built command line as a process of its own. */
export function runBuilt(words: readonly string[], options: { cwd: string; env?: Record<string, string> }) {
  if (!existsSync(cli)) throw new Error('dist/cli.js is missing: npm run build');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], {
    cwd: options.cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { PATH: process.env['PATH'] ?? '', DAG2EVENT_CACHE_DIR: cache, ...options.env },
  });
  return { status, stdout, stderr };
}
