import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// Every command block of README.md and CONTRIBUTING.md is executed, in their order.

const project = fileURLToPath(new URL('../../', import.meta.url));

interface Block {
  title: string;
  source: string;
}

function commandBlocks(file: string): Block[] {
  const text = readFileSync(path.join(project, file), 'utf8');
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, source = '']) => ({ title: source.split('\n')[0] ?? '', source }));
}

function runBlock(source: string, folder: string, extraPath = '') {
  const { ANTHROPIC_API_KEY: _key, ANTHROPIC_AUTH_TOKEN: _token, DAG2EVENT_TEST_JSON: _report, ...environment } = process.env;
  const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', source], {
    cwd: folder,
    encoding: 'utf8',
    // A closed port: the example with Claude shows that the plan by rules stays when nobody answers.
    env: { ...environment, PATH: `${extraPath}${process.env['PATH'] ?? ''}`, ANTHROPIC_BASE_URL: 'http://127.0.0.1:9', npm_config_prefer_offline: 'true' },
  });
  return { status, stdout, stderr };
}

let workspace = '';
beforeAll(() => {
  workspace = mkdtempSync(path.join(tmpdir(), 'dag2event-docs-'));
});
afterAll(() => rmSync(workspace, { recursive: true, force: true }));

const blocks = commandBlocks('README.md');
const [install, runTests, ...others] = blocks;

describe('README.md on a fresh checkout', () => {
  let checkout = '';
  beforeAll(() => {
    checkout = path.join(workspace, 'checkout');
    const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: project, encoding: 'utf8' });
    for (const file of files.split('\0').filter((name) => name !== '' && existsSync(path.join(project, name)))) {
      cpSync(path.join(project, file), path.join(checkout, file));
    }
    rmSync(path.join(checkout, 'reports'), { recursive: true, force: true });
  });

  test('the first block installs, runs the main job and ends with the path of the report', { timeout: 300_000 }, () => {
    const { status, stdout, stderr } = runBlock(install?.source ?? '', checkout);
    expect(status, stderr).toBe(0);
    const last = /^Report: +(\S+)$/.exec(stdout.trimEnd().split('\n').at(-1) ?? '')?.[1] ?? '';
    expect(readFileSync(path.join(checkout, last), 'utf8')).toContain('<!doctype html>');
  });

  test('the second block runs the tests', { timeout: 300_000 }, () => {
    // The tests as a whole are what runs right now; here it counts that the line works.
    const source = (runTests?.source ?? '').replace(/npm test\n$/, 'npm test -- test/unit/util\n');
    expect(source).toContain('test/unit/util');
    const { status, stdout, stderr } = runBlock(source, checkout);
    expect(status, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/Tests .*passed/);
  });
});

describe('README.md on your own repository', () => {
  let folder = '';
  beforeAll(() => {
    folder = path.join(workspace, 'own');
    cpSync(path.join(project, 'fixtures/repos/retail-platform'), path.join(folder, 'path/to/repository'), { recursive: true });
    cpSync(path.join(project, 'fixtures/repos/retail-platform/variables.json'), path.join(folder, 'path/to/variables.json'));
    writeFileSync(path.join(folder, 'package.json'), '{"private": true}');
    mkdirSync(path.join(folder, 'node_modules/.bin'), { recursive: true });
    symlinkSync(path.join(project, 'dist/cli.js'), path.join(folder, 'node_modules/.bin/dag2event'));
  });

  test.each(others.map((block) => [block.title, block] as const))('%s', { timeout: 120_000 }, (_title, block) => {
    const { status, stderr } = runBlock(block.source, folder);
    expect(status, stderr).toBe(0);
    for (const [, output = ''] of block.source.matchAll(/--output (\S+)/g)) {
      expect(readFileSync(path.join(folder, output), 'utf8').length, output).toBeGreaterThan(100);
    }
  });

  test('the main job left its report', () => {
    expect(readdirSync(path.join(folder, 'reports'))).toEqual(['repository.html', 'repository.json']);
  });
});

describe('what the documents name exists', () => {
  test.each(['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'src/README.md'])('%s', (file) => {
    const text = readFileSync(path.join(project, file), 'utf8');
    const links = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, target = '']) => path.join(project, path.dirname(file), target));
    const scripts = [...text.matchAll(/npm run ([\w-]+)/g)].map(([, name = '']) => name);
    const manifest = JSON.parse(readFileSync(path.join(project, 'package.json'), 'utf8'));
    expect(links.filter((target) => !existsSync(target))).toEqual([]);
    expect(scripts.filter((name) => manifest.scripts[name] === undefined)).toEqual([]);
  });

  test('CONTRIBUTING.md has one block of commands, and each is a script that CI runs', () => {
    const [first, ...rest] = commandBlocks('CONTRIBUTING.md');
    expect(rest).toEqual([]);
    const names = [...(first?.source ?? '').matchAll(/npm run ([\w-]+)/g)].map(([, name = '']) => name);
    const ci = readFileSync(path.join(project, '.ci/run'), 'utf8');
    expect(names.filter((name) => !ci.includes(`npm run --silent ${name}`))).toEqual([]);
  });
});
