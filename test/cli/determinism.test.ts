import { cpSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeRepository } from '../unit/discover/temporary-repository.js';
import { exampleRepository, runBuilt } from './built.js';

// Same input, same bytes: whatever the machine, the locale, the clock's zone and the number of workers.

const parser = ['--parser', 'wasm', '--offline'];

describe.each([
  ['graph', '--format', 'json'],
  ['plan', '--format', 'json'],
  ['report', '--output', '-'],
])('%s %s %s', (...words) => {
  test('is the same with other jobs, LANG, TZ and working directory', { timeout: 120_000 }, () => {
    const flags = words[0] === 'graph' ? parser.slice(0, 2) : parser;
    const [command = '', ...rest] = words;
    const base = runBuilt([command, exampleRepository, ...rest, ...flags, '--jobs', '1'], {
      cwd: '/',
      env: { LANG: 'C', TZ: 'UTC' },
    });
    expect(base.status, base.stderr).toBe(0);
    expect(base.stdout.length).toBeGreaterThan(10_000);
    const other = runBuilt([command, path.relative(path.dirname(exampleRepository), exampleRepository), ...rest, ...flags, '--jobs', '4'], {
      cwd: path.dirname(exampleRepository),
      env: { LANG: 'sv_SE.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' },
    });
    expect(other.status, other.stderr).toBe(0);
    expect(other.stdout === base.stdout).toBe(true);
  });
});

test('a copy elsewhere, under the same name, gives the same bytes', { timeout: 120_000 }, () => {
  const copy = path.join(path.dirname(makeRepository({})), 'retail-platform');
  cpSync(exampleRepository, copy, { recursive: true });
  const words = ['plan', '--format', 'json', ...parser];
  const [here, there] = [exampleRepository, copy].map((place) => runBuilt([...words, place], { cwd: '/' }).stdout);
  expect(here?.length).toBeGreaterThan(10_000);
  expect(there === here).toBe(true);
});
