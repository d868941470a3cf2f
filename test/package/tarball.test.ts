import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeBinary } from './node-binaries.js';

// What users install is what works: the packed tarball, in a folder of its own, on every Node that is promised.

const project = fileURLToPath(new URL('../../', import.meta.url));
const exampleRepository = path.join(project, 'fixtures/repos/retail-platform');
const nodeVersions = ['20.19.0', '22.23.3', '24.21.0'];

let workspace = '';
let tarball = '';

beforeAll(() => {
  // Spaces and letters beyond ASCII: both break tools that paste paths together.
  workspace = mkdtempSync(path.join(tmpdir(), 'dag2event paket ünïcode 例 '));
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', workspace], {
      cwd: project,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  tarball = path.join(workspace, packed.filename);
});

afterAll(() => rmSync(workspace, { recursive: true, force: true }));

/** Installs the tarball as a user would, without any script allowed to run. */
function install(name: string, ...flags: string[]): string {
  const folder = path.join(workspace, name);
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'package.json'), '{"private": true}');
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...flags, tarball], { cwd: folder, stdio: 'pipe' });
  return folder;
}

interface MainJob {
  status: number | null;
  stdout: string;
  stderr: string;
  files: string[];
  parser: string;
  dags: number;
}

/** The main job on a copy of the example, started from a folder that is neither the install's nor the repository's. */
function runMainJob(installed: string, node: string, label: string, environment: Record<string, string> = {}): MainJob {
  const elsewhere = path.join(workspace, `cwd ${label}`);
  const repository = path.join(workspace, `repo ${label}`);
  mkdirSync(elsewhere);
  cpSync(exampleRepository, repository, { recursive: true });
  const cli = path.join(installed, 'node_modules/dag2event/dist/cli.js');
  const { status, stdout, stderr } = spawnSync(node, [cli, repository, '--offline'], {
    cwd: elsewhere,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', HOME: elsewhere, ...environment },
  });
  const reports = path.join(elsewhere, 'reports');
  const files = existsSync(reports) ? readdirSync(reports) : [];
  const json = files.find((file) => file.endsWith('.json'));
  const graph = json === undefined ? undefined : JSON.parse(readFileSync(path.join(reports, json), 'utf8')).analysis.graph;
  return { status, stdout, stderr, files, parser: graph?.parser ?? '', dags: graph?.dags.length ?? 0 };
}

describe('installed without the optional native parser', () => {
  let installed = '';
  beforeAll(() => {
    installed = install('without native', '--omit=optional');
  });

  test.each(nodeVersions)('the main job runs on Node %s', { timeout: 180_000 }, (version) => {
    const node = nodeBinary(version);
    expect(execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()).toBe(`v${version}`);
    const result = runMainJob(installed, node, `omit ${version}`);
    expect(result).toMatchObject({ status: 0, parser: 'wasm' });
    expect(result.dags).toBeGreaterThanOrEqual(25);
    expect(result.files).toEqual([`repo omit ${version}.html`, `repo omit ${version}.json`]);
    expect(result.stdout.trimEnd().split('\n').at(-1)).toBe(`Report:   reports/repo omit ${version}.html`);
  });

  test('the native parser, asked for, is missed in one line', () => {
    const result = runMainJob(installed, process.execPath, 'native asked', { DAG2EVENT_PARSER: 'native' });
    expect(result).toMatchObject({ status: 2, stdout: '' });
    expect(result.stderr).toMatch(/dag2event: the native tree-sitter binding cannot be loaded[^\n]*\n {2}use --parser wasm/);
  });

  test('the package can be imported, with types that TypeScript reads', { timeout: 120_000 }, () => {
    const source = "import { planAnalysis, analyzeRepository, TOOL_VERSION } from 'dag2event';\n";
    const use = `${source}console.log(TOOL_VERSION, typeof planAnalysis, typeof analyzeRepository);\n`;
    writeFileSync(path.join(installed, 'use.mjs'), use);
    const printed = execFileSync(process.execPath, ['use.mjs'], { cwd: installed, encoding: 'utf8' });
    expect(printed).toMatch(/^\d+\.\d+\.\d+ function function\n$/);
    writeFileSync(path.join(installed, 'use.mts'), `${source}export const version: string = TOOL_VERSION;\nexport { planAnalysis, analyzeRepository };\n`);
    const compiler = path.join(project, 'node_modules/typescript/bin/tsc');
    const compilerOptions = { noEmit: true, strict: true, module: 'nodenext', target: 'es2022', types: [] };
    writeFileSync(path.join(installed, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.mts'] }));
    const result = spawnSync(process.execPath, [compiler, '-p', installed], { encoding: 'utf8' });
    expect(result.stdout).toBe('');
  });
});

describe('installed as it is', () => {
  test('the main job runs from the installed command', { timeout: 180_000 }, () => {
    const installed = install('with native');
    const result = runMainJob(installed, process.execPath, 'as is');
    expect(result.status).toBe(0);
    expect(['native', 'wasm']).toContain(result.parser);
    expect(result.dags).toBeGreaterThanOrEqual(25);
    const command = path.join(installed, 'node_modules/.bin/dag2event');
    expect(execFileSync(command, ['--version'], { encoding: 'utf8' })).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('the tarball', () => {
  test('holds what runs and what people read, and nothing else', () => {
    const listed = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
    for (const file of ['dist/cli.js', 'dist/index.d.ts', 'dist/parse/tree-sitter-python.wasm', 'README.md', 'LICENSE', 'CHANGELOG.md', 'SECURITY.md']) {
      expect(listed).toContain(`package/${file}`);
    }
    const foreign = listed.filter((file) => !/^package\/(dist|fixtures\/repos)\/|^package\/(package\.json|LICENSE|[A-Z]+\.md)$/.test(file));
    expect(foreign).toEqual([]);
    expect(listed.filter((file) => /\.(ts|map)$/.test(file) && !file.endsWith('.d.ts'))).toEqual([]);
  });

  test('is clean to publint', { timeout: 60_000 }, async () => {
    const { publint } = await import('publint');
    const { formatMessage } = await import('publint/utils');
    const unpacked = path.join(workspace, 'unpacked');
    mkdirSync(unpacked);
    execFileSync('tar', ['-xzf', tarball, '-C', unpacked]);
    const folder = path.join(unpacked, 'package');
    const { messages } = await publint({ pkgDir: folder, level: 'suggestion', pack: false });
    const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    expect(messages.map((message) => formatMessage(message, manifest))).toEqual([]);
  });

  test('is clean to are-the-types-wrong', { timeout: 120_000 }, () => {
    const attw = path.join(project, 'node_modules/.bin/attw');
    const result = spawnSync(attw, [tarball, '--profile', 'esm-only', '--no-color', '--no-emoji'], { encoding: 'utf8' });
    expect(`${result.status} ${result.stdout}${result.stderr}`).toMatch(/^0 /);
  });
});
