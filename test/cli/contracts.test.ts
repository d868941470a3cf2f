import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { run } from './run.js';

const repository = path.join(import.meta.dirname, '../../fixtures/plans/eventbridge-ingestion');
const folder = 'dag_completion/ingest-orders.succeeded/v1';

let here = '';
const at = (...parts: string[]): string => path.join(here, ...parts);
const command = (...words: string[]) => run(['contracts', ...words], { workingDirectory: here });

beforeEach(() => {
  here = mkdtempSync(path.join(tmpdir(), 'contracts-'));
});

describe('dag2event contracts', () => {
  test('writes a registry, and nothing the second time', async () => {
    const first = await command(repository, '--out', 'registry');
    expect([first.exitCode, first.stdout]).toEqual([0, 'registry: 2 contracts, 8 files written, 0 unchanged\n']);
    expect(readdirSync(at('registry', folder)).sort()).toEqual(['contract.yaml', 'examples', 'schema.json']);
    const second = await command(repository, '--out', 'registry');
    expect([second.exitCode, second.stdout]).toEqual([0, 'registry: 2 contracts, 0 files written, 7 unchanged\n']);
  });

  test('keeps an edit and says so; a file that can not be read makes it incomplete', async () => {
    await command(repository);
    const terms = at('contracts', folder, 'contract.yaml');
    writeFileSync(terms, readFileSync(terms, 'utf8').replace('owner: ingestion', 'owner: orders desk'));
    const kept = await command(repository);
    expect([kept.exitCode, kept.stderr]).toEqual([0, expect.stringContaining(`${folder}/contract.yaml: edited by hand, kept`)]);
    expect(readFileSync(terms, 'utf8')).toContain('owner: orders desk');
    writeFileSync(at('contracts', folder, 'schema.json'), '{');
    const broken = await command(repository);
    expect([broken.exitCode, broken.stderr]).toEqual([3, expect.stringContaining('left as it is')]);
  });

  test('refuses a file in place of the folder', async () => {
    writeFileSync(at('file'), '');
    const { exitCode, stderr } = await command(repository, '--out', 'file');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('give a folder')]);
  });
});

describe('dag2event contracts diff', () => {
  beforeEach(async () => {
    await command(repository, '--out', 'old');
    cpSync(at('old'), at('new'), { recursive: true });
  });
  const change = (file: string, from: string, to: string): void => writeFileSync(at('new', folder, file), readFileSync(at('new', folder, file), 'utf8').replace(from, to));

  test('says nothing about equal folders', async () => {
    const { exitCode, stdout } = await command('diff', 'old', 'new');
    expect([exitCode, stdout]).toEqual([0, 'No contract changed.\n']);
  });

  test('an added optional field harms nobody', async () => {
    change('schema.json', '"properties": {', '"properties": { "note": { "type": "string" },');
    const { exitCode, stdout } = await command('diff', 'old', 'new');
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining(`${folder}: changed, full`)]);
  });

  test.each([
    ['schema.json', '"source_run_id"\n', '"source_run_id", "source_task_id"\n', 'changed, forward'],
    ['schema.json', '"integer"', '"string"', 'changed, breaking'],
    ['contract.yaml', 'source_run_id', 'source_task_id', 'changed, breaking'],
  ])('%s: %s to %s is told as findings', async (file, from, to, words) => {
    change(file, from, to);
    const { exitCode, stdout } = await command('diff', 'old', 'new');
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining(words)]);
  });

  test('a version that goes is breaking, in JSON too', async () => {
    rmSync(at('new', folder), { recursive: true });
    const { exitCode, stdout } = await command('diff', 'old', 'new', '--format', 'json');
    expect([exitCode, JSON.parse(stdout)]).toEqual([1, [expect.objectContaining({ contract: folder, kind: 'removed', verdict: 'breaking' })]]);
  });

  test('a broken file and a missing folder are one clear line', async () => {
    writeFileSync(at('new', folder, 'schema.json'), '{');
    expect((await command('diff', 'old', 'new')).stderr).toContain(`${folder}/schema.json can't be read`);
    const { exitCode, stderr } = await command('diff', 'old', 'nowhere');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('nowhere is not a folder')]);
  });
});
