import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { AnalysisDocument } from '../../src/model/analysis.js';
import { PlanDocument } from '../../src/model/plan.js';
import { makeRepository } from '../unit/discover/temporary-repository.js';
import { buildAnalysis } from '../unit/plan/analysis.js';
import { run } from './run.js';

const analysis = buildAnalysis({
  dags: [{ id: 'landing' }, { id: 'mart', sensors: ['landing'] }],
  candidates: [{ id: 'c1', dag: 'landing', kind: 's3', fields: { bucket: 'b', key: 'k' } }],
  dependencies: [{ source: 'landing', target: 'mart', kind: 'sensor' }],
});

function folderWithAnalysis(changes: Record<string, unknown> = {}): string {
  return makeRepository({ 'analysis.json': JSON.stringify({ ...analysis, ...changes }) });
}

describe('a stored analysis', () => {
  test('is planned, and the stored plan is rendered by every later command', async () => {
    const folder = folderWithAnalysis();
    const at = { workingDirectory: folder };
    const planned = await run(['plan', 'analysis.json', '--offline', '--format', 'json'], at);
    expect(planned).toMatchObject({ exitCode: 0, stderr: '' });
    const plan = PlanDocument.parse(JSON.parse(planned.stdout));
    writeFileSync(path.join(folder, 'plan.json'), planned.stdout);

    const again = await run(['plan', 'plan.json', '--format', 'json'], at);
    expect(again.stdout).toBe(planned.stdout);
    const analyzed = await run(['analyze', 'plan.json', '--format', 'json'], at);
    expect(AnalysisDocument.parse(JSON.parse(analyzed.stdout))).toEqual(plan.analysis);
    const graphed = await run(['graph', 'plan.json', '--format', 'json'], at);
    expect(JSON.parse(graphed.stdout)).toEqual(plan.analysis.graph);
    for (const words of [['plan', 'plan.json'], ['analyze', 'plan.json'], ['graph', 'analysis.json'], ['graph', 'plan.json', '--format', 'dot']]) {
      const rendered = await run(words, at);
      expect(rendered).toMatchObject({ exitCode: 0, stderr: '' });
      expect(rendered.stdout).toContain('landing');
    }
  });

  test('gives the report where --output says, and the same bytes every time', async () => {
    const folder = folderWithAnalysis();
    const at = { workingDirectory: folder };
    const written = await run(['report', 'analysis.json', '--offline', '--output', 'out/r.html'], at);
    expect(written).toEqual({ exitCode: 0, stdout: 'out/r.html\n', stderr: '' });
    const html = readFileSync(path.join(folder, 'out/r.html'), 'utf8');
    const printed = await run(['report', 'analysis.json', '--offline', '--output', '-'], at);
    expect(printed.stdout).toBe(html);
    expect(html).toContain('landing');
    expect(readdirSync(path.join(folder, 'out'))).toEqual(['r.html']);
  });

  test('gives report and document in one folder as the main job', async () => {
    const folder = folderWithAnalysis();
    const { exitCode, stdout } = await run(['analysis.json', '--offline'], { workingDirectory: folder });
    expect(exitCode).toBe(0);
    const name = analysis.graph.name;
    expect(readdirSync(path.join(folder, 'reports'))).toEqual([`${name}.html`, `${name}.json`]);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(`Report:   reports/${name}.html`);
    PlanDocument.parse(JSON.parse(readFileSync(path.join(folder, `reports/${name}.json`), 'utf8')));
  });

  test.each([
    ['out', ['NAME.html', 'NAME.json']],
    ['out/', ['NAME.html', 'NAME.json']],
    ['out/x.html', ['x.html', 'x.json']],
    ['out/x.y', []],
  ])('main job with --output %s', async (output, expected) => {
    const folder = folderWithAnalysis();
    await run(['analysis.json', '--offline', '--quiet', '--output', output], { workingDirectory: folder });
    const names = readdirSync(path.join(folder, 'out')).filter((name) => name.includes('.html') || name.includes('.json'));
    expect(names).toEqual(expected.map((name) => name.replace('NAME', analysis.graph.name)));
  });
});

describe('what is no usable document is refused in one line', () => {
  test.each<[string, Record<string, unknown> | string, string]>([
    ['a newer major version', { schema_version: '2.0' }, 'has schema version 2.0, newer than 1.0'],
    ['a newer minor version', { schema_version: '1.7' }, 'has schema version 1.7; this version'],
    ['no version', { schema_version: 'x' }, 'which is no version'],
    ['another document', { schema: 'dag2event/graph' }, "which can't be continued from"],
    ['a foreign document', { schema: 1 }, 'is no document of dag2event'],
    ['a missing part', { hazards: undefined }, "doesn't meet its schema at hazards"],
    ['an unknown part', { more: 1 }, "doesn't meet its schema"],
    ['no JSON', '{"schema": ', 'is not JSON'],
    ['an empty file', '', 'is not JSON'],
  ])('%s', async (_name, changes, message) => {
    const folder =
      typeof changes === 'string' ? makeRepository({ 'analysis.json': changes }) : folderWithAnalysis(changes);
    const { exitCode, stdout, stderr } = await run(['plan', 'analysis.json', '--offline'], { workingDirectory: folder });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
  });

  test('a missing document', async () => {
    const { exitCode, stderr } = await run(['plan', 'none.json'], { workingDirectory: folderWithAnalysis() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("none.json can't be read");
  });
});

describe('a place that cannot be written', () => {
  test.each([
    ['below a file', 'analysis.json/out.html'],
    ['a folder with that name', 'taken.html'],
  ])('%s', async (_name, output) => {
    const folder = folderWithAnalysis();
    mkdirSync(path.join(folder, 'taken.html/inner.html'), { recursive: true });
    mkdirSync(path.join(folder, 'taken.html', `${analysis.graph.name}.html`));
    const { exitCode, stderr } = await run(['report', 'analysis.json', '--offline', '--output', output], { workingDirectory: folder });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/can't be written \(E[A-Z]+\)/);
    expect(readdirSync(path.join(folder, 'taken.html')).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});
