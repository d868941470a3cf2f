#!/usr/bin/env node
// The hook that pre-commit runs from its clone of this repository. The first run in a clone builds it: npm can't install a
// package from git globally, as pre-commit's own support for Node does, when the package has to be built.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const cli = path.join(root, 'dist', 'cli.js');

if (!existsSync(cli)) {
  // Scripts of packages are not needed: the parser that is compiled has another that is not.
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], root);
  run(process.execPath, [path.join('scripts', 'build.mjs')], root);
}
run(process.execPath, [cli, ...process.argv.slice(2)], process.cwd());

function run(program, words, cwd) {
  const isOwn = cwd === root;
  const { status } = spawnSync(program, words, { cwd, stdio: isOwn ? ['ignore', 'ignore', 'inherit'] : 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 2);
}
