import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeRepository } from '../unit/discover/temporary-repository.js';
import { buildAnalysis } from '../unit/plan/analysis.js';
import { cli, runBuilt } from './built.js';

// What only a process of its own shows: pipes, exit codes, start-up.

const node = JSON.stringify(process.execPath);

function shell(command: string, cwd: string) {
  const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', command], { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

function largeAnalysis(): string {
  const dags = Array.from({ length: 2_000 }, (_, index) => ({ id: `dag_${index}` }));
  const folder = makeRepository({});
  writeFileSync(path.join(folder, 'analysis.json'), JSON.stringify(buildAnalysis({ dags })));
  return folder;
}

describe('a pipe', () => {
  test('that closes early is no error', () => {
    const { status, stdout, stderr } = shell(`${node} ${cli} graph analysis.json --format json | head -n 1`, largeAnalysis());
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '{\n', stderr: '' });
  });

  test('that is slow gets everything', () => {
    const { stdout } = shell(`${node} ${cli} graph analysis.json --format json | (sleep 1; wc -l)`, largeAnalysis());
    expect(Number(stdout)).toBeGreaterThan(20_000);
  });
});

describe('a bug is shown with its stack and does not look like findings', () => {
  test.each([
    ['in the call', "process.stdout.write = () => { throw new TypeError('broken on purpose'); };"],
    ['outside of it', "process.stdout.write = () => setTimeout(() => { throw new TypeError('broken on purpose'); }, 0);"],
  ])('%s', (_name, source) => {
    const folder = makeRepository({ 'break.mjs': source });
    const words = ['--import', path.join(folder, 'break.mjs'), cli, 'rules'];
    const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toMatch(/this is a bug in dag2event[\s\S]*broken on purpose[\s\S]*at /);
  });
});

test('/dev/stdout and /dev/null can be written', () => {
  const folder = makeRepository({});
  expect(runBuilt(['schema', 'config', '--output', '/dev/null'], { cwd: folder })).toEqual({ status: 0, stdout: '', stderr: '' });
});

test('--help is quick, because no stage is loaded for it', () => {
  const started = performance.now();
  expect(runBuilt(['--help'], { cwd: '/' }).status).toBe(0);
  expect(performance.now() - started).toBeLessThan(3_000);
});
