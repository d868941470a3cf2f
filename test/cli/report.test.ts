import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeRepository } from '../unit/discover/temporary-repository.js';
import { buildAnalysis } from '../unit/plan/analysis.js';
import { run } from './run.js';

const parts = { candidates: [{ id: 'c1', dag: 'landing', kind: 's3', fields: { bucket: 'b', key: 'k' } }] } as const;
const earlier = buildAnalysis({ dags: [{ id: 'landing' }], candidates: [...parts.candidates] });
const now = buildAnalysis({ dags: [{ id: 'landing' }, { id: 'mart', sensors: ['landing'] }], candidates: [...parts.candidates], dependencies: [{ source: 'landing', target: 'mart', kind: 'sensor' }] });

async function folder(): Promise<string> {
  const made = makeRepository({ 'analysis.json': JSON.stringify(now), 'earlier.json': JSON.stringify(earlier) });
  await run(['plan', 'earlier.json', '--offline', '--format', 'json', '--output', 'old.json'], { workingDirectory: made });
  return made;
}

describe('dag2event report', () => {
  test.each([
    ['markdown', 'md', '# Leaving cron'],
    ['csv', 'csv', 'dag_id,file,line'],
    ['svg', 'svg', '<?xml version'],
    ['json', 'json', '{\n  "schema": "dag2event/plan"'],
    ['html', 'html', '<!doctype html>'],
  ])('--format %s', async (format, extension, start) => {
    const at = { workingDirectory: await folder() };
    const written = await run(['report', 'analysis.json', '--offline', '--format', format, '--output', 'out/'], at);
    expect(written).toMatchObject({ exitCode: 0, stderr: '' });
    expect(written.stdout.trim().endsWith(`.${extension}`)).toBe(true);
    const text = readFileSync(path.join(at.workingDirectory, written.stdout.trim()), 'utf8');
    expect(text.startsWith(start)).toBe(true);
    expect((await run(['report', 'analysis.json', '--offline', '--format', format, '--output', '-'], at)).stdout).toBe(text);
    await run(['report', 'analysis.json', '--offline', '--format', format, '--output', `named.${extension}`], at);
    expect(readFileSync(path.join(at.workingDirectory, `named.${extension}`), 'utf8')).toBe(text);
  });

  test('--diff says what changed, on the page and in the summary', async () => {
    const at = { workingDirectory: await folder() };
    const page = await run(['report', 'analysis.json', '--offline', '--diff', 'old.json', '--output', 'p.html'], at);
    expect(page).toMatchObject({ exitCode: 0, stdout: 'p.html\n' });
    expect(page.stderr).toMatch(/^1 new and 0 gone DAGs, 0 moved, \d+ new and 0 gone hazards\n$/);
    const html = readFileSync(path.join(at.workingDirectory, 'p.html'), 'utf8');
    expect(html).toContain('<a href="#changes">Changes</a>');
    expect(html).toContain('id="changes-since">What changed</h2>');
    const summary = await run(['report', 'analysis.json', '--offline', '--diff', 'old.json', '--format', 'markdown', '--output', '-'], at);
    expect(summary.stdout).toContain('- **new DAG** mart');
    const same = await run(['report', 'old.json', '--diff', 'old.json', '--format', 'markdown', '--output', '-'], at);
    expect(same.stdout).toContain('**unchanged** no DAG, hazard or plan is different');
  });

  test('--split writes several files without inline style and script, the same every time', async () => {
    const at = { workingDirectory: await folder() };
    const written = await run(['report', 'analysis.json', '--offline', '--split', 'site'], at);
    expect(written).toMatchObject({ exitCode: 0, stdout: 'site/index.html\n', stderr: '' });
    const site = path.join(at.workingDirectory, 'site');
    const names = readdirSync(site).map((name) => name.replace(/\.[\da-f]{12}\./, '.HASH.'));
    expect(names.toSorted()).toEqual(['dags.csv', 'index.html', 'map.svg', 'plan.json', 'report.HASH.css', 'report.HASH.js', 'summary.md']);
    const html = readFileSync(path.join(site, 'index.html'), 'utf8');
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script>/);
    await run(['report', 'analysis.json', '--offline', '--split', 'again'], at);
    for (const name of readdirSync(site)) expect(readFileSync(path.join(at.workingDirectory, 'again', name), 'utf8')).toBe(readFileSync(path.join(site, name), 'utf8'));
  });

  test('--open hands the file to the program of BROWSER', async () => {
    const at = { workingDirectory: await folder() };
    const program = path.join(at.workingDirectory, 'browser.sh');
    writeFileSync(program, '#!/bin/sh\nprintf %s "$1" > "$(dirname "$0")/opened.new" && mv "$(dirname "$0")/opened.new" "$(dirname "$0")/opened"\n');
    chmodSync(program, 0o755);
    const opened = await run(['report', 'analysis.json', '--offline', '--open', '--output', 'a b.html'], { ...at, environment: { BROWSER: program, PATH: process.env['PATH'] ?? '' } });
    expect(opened).toMatchObject({ exitCode: 0, stdout: 'a b.html\n', stderr: '' });
    await expect.poll(() => existsSync(path.join(at.workingDirectory, 'opened'))).toBe(true);
    expect(readFileSync(path.join(at.workingDirectory, 'opened'), 'utf8')).toBe(path.join(at.workingDirectory, 'a b.html'));
  });

  test.each<[string, string[], string]>([
    ['an earlier document that is not there', ['--diff', 'none.json'], "none.json can't be read"],
    ['an earlier document that is an analysis', ['--diff', 'earlier.json'], 'earlier.json holds an analysis'],
    ['an earlier document that is no JSON', ['--diff', 'broken.json'], 'is not JSON'],
    ['--diff with a format that has no place for it', ['--diff', 'old.json', '--format', 'csv'], "--diff doesn't go with --format csv"],
    ['--split over a file', ['--split', 'analysis.json'], 'analysis.json is a file'],
    ['--split without a folder', ['--split', ''], '--split is empty'],
    ['--split with another format', ['--split', 's', '--format', 'json'], "--split doesn't go with --format json"],
    ['--split and --output', ['--split', 's', '--output', 'x.html'], '--split and --output contradict'],
    ['--open of what goes to stdout', ['--open', '--output', '-'], '--open and --output - contradict'],
    ['a browser that is not there', ['--open', '--output', 'x.html'], "no-such-browser can't be started"],
  ])('%s is one clear line', async (_name, words, message) => {
    const workingDirectory = await folder();
    writeFileSync(path.join(workingDirectory, 'broken.json'), '{');
    mkdirSync(path.join(workingDirectory, 'taken'));
    const { exitCode, stderr } = await run(['report', 'analysis.json', '--offline', ...words], { workingDirectory, environment: { BROWSER: 'no-such-browser' } });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
  });
});
