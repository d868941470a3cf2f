import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PlanDocument } from '../../../src/model/plan.js';
import { renderDagsCsv } from '../../../src/report/csv/dags.js';
import { renderCsv } from '../../../src/report/csv/table.js';
import { changesBetween, describeChanges } from '../../../src/report/facts/changes.js';
import { renderMapSvg } from '../../../src/report/html/drawing/map-file.js';
import { encodeDocument } from '../../../src/report/html/packed/document-code.js';
import { packDocument } from '../../../src/report/html/packed/pack.js';
import { renderPlanSummary } from '../../../src/report/markdown/summary.js';
import { emptyPlan, hostilePlan, largePlan, ordinaryPlan } from './documents.js';
import { documentOf } from './inflate.js';

const example = PlanDocument.parse(JSON.parse(readFileSync(new URL('../../../reports/retail-platform.json', import.meta.url), 'utf8')));
const plans = { ordinary: ordinaryPlan(), empty: emptyPlan(), hostile: hostilePlan(), large: largePlan(1_500), example };
type PlanName = keyof typeof plans;
const names = ['ordinary', 'empty', 'hostile', 'large', 'example'] as const satisfies readonly PlanName[];

/** CPython reads the table: it knows the format by other means. */
function readByPython(csv: string): string[][] {
  const script = 'import csv, io, json, sys\nprint(json.dumps(list(csv.reader(io.StringIO(sys.stdin.buffer.read().decode(), newline=""), strict=True))))';
  return JSON.parse(execFileSync('python3', ['-c', script], { input: csv, encoding: 'utf8', maxBuffer: 1 << 28 }));
}

describe('the table of DAGs as CSV', () => {
  test.each(names)('%s: a row for each DAG, equal to the document', (name) => {
    const plan = plans[name];
    const csv = renderDagsCsv(plan);
    const [head = [], ...rows] = readByPython(csv);
    expect(rows).toHaveLength(plan.analysis.graph.dags.length);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set(rows.length === 0 ? [] : [head.length]));
    const cell = (row: readonly string[], column: string): string => row[head.indexOf(column)] ?? '';
    rows.forEach((row, index) => {
      const dag = plan.analysis.graph.dags[index];
      const count = (severity: string): string => String(plan.analysis.hazards.filter((hazard) => hazard.dag_id === dag?.dag_id && hazard.severity === severity).length);
      if (name === 'large' && index > 50) return;
      expect(cell(row, 'dag_id').replace(/^'(?=[\s\0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])/, '')).toBe(Buffer.from(dag?.dag_id ?? '').toString());
      expect(cell(row, 'tasks')).toBe(String(dag?.tasks.length));
      expect(cell(row, 'after')).toBe(plan.stages.find((stage) => stage.dag_id === dag?.dag_id)?.target);
      expect(['high', 'medium', 'low'].map((severity) => cell(row, `${severity}_hazards`))).toEqual(['high', 'medium', 'low'].map(count));
    });
  });

  test('no cell begins a formula', () => {
    const starts = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '\uff1d1', '"=1"', 'a=1'];
    const [, ...rows] = readByPython(renderCsv(['text', 'number'], starts.map((text) => [text, -1])));
    expect(rows.map(([text]) => text)).toEqual([...starts.slice(0, 9).map((text) => `'${text}`), '"=1"', 'a=1']);
    expect(new Set(rows.map(([, number]) => number))).toEqual(new Set(['-1']));
  });

  test('lines end with CRLF, also the last', () => {
    expect(renderCsv(['a', 'b'], [['x,"y"', 'two\nlines']])).toBe('a,b\r\n"x,""y""","two\nlines"\r\n');
  });
});

describe('the summary as Markdown', () => {
  test.each(names)('%s: at most 60,000 bytes, and what is cut is counted', (name) => {
    const plan = plans[name];
    const text = renderPlanSummary(plan);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000);
    const rows = text.slice(text.indexOf('\n## DAGs\n')).split('\n').filter((line) => line.startsWith('| ')).length - 1;
    const cut = Number(/and ([\d,]+) more DAGs?: the report/.exec(text)?.[1]?.replace(',', '') ?? 0);
    expect(Math.max(rows, 0) + cut).toBe(plan.stages.length);
    // What stands in a code span is text.
    expect(text.replaceAll('\\`', '').replace(/(`+)[^\n]*?\1/g, '')).not.toMatch(/<\/?[a-z]/i);
    if (name === 'large') expect(Buffer.byteLength(text)).toBeGreaterThan(40_000);
    if (name === 'example') expect(text).not.toContain('… and');
  });

  test('says the same numbers as the document', () => {
    const text = renderPlanSummary(example);
    const { analysis } = example;
    const of = (severity: string): number => analysis.hazards.filter((hazard) => hazard.severity === severity).length;
    expect(text).toContain(`hazards: ${of('high')} high, ${of('medium')} medium, ${of('low')} low`);
    expect(text).toContain(`${analysis.graph.dags.length} DAGs with ${analysis.graph.dags.reduce((sum, dag) => sum + dag.tasks.length, 0)} tasks`);
    for (const { number, title } of example.phases) expect(text).toContain(`| ${number} | ${title.slice(0, 20)}`);
  });
});

describe('the map as a file', () => {
  test.each(names)('%s: well-formed, with nothing outside of it and every box', async (name) => {
    const svg = await renderMapSvg(plans[name]);
    const script = 'import sys, json, xml.etree.ElementTree as E\nroot = E.fromstring(sys.stdin.buffer.read())\nprint(json.dumps([root.tag, [e.tag.split("}")[1] for e in root.iter()], [v for e in root.iter() for k, v in e.attrib.items() if k.endswith("href")]]))';
    const [tag, tags, links] = JSON.parse(execFileSync('python3', ['-c', script], { input: svg, encoding: 'utf8' })) as [string, string[], string[]];
    expect(tag).toBe('{http://www.w3.org/2000/svg}svg');
    expect(tags.filter((each) => ['script', 'a', 'image', 'foreignObject', 'iframe'].includes(each))).toEqual([]);
    expect(links.filter((link) => !/^#i-\w+$/.test(link))).toEqual([]);
    expect(svg).not.toMatch(/var\(|url\((?!#)|@import|light-dark/);
    if (name === 'example') {
      for (const { dag_id: dagId } of example.stages) expect(svg).toContain(dagId.slice(0, 12));
      expect(svg).toContain('.mode-event .box{fill:#e0f2ea;stroke:#0a6b50;}');
    }
  });
});

describe('the document inside the page', () => {
  test.each(names)('%s comes back byte for byte', async (name) => {
    const packed = `<template id="document">${packDocument(plans[name]).html}</template>`;
    expect(JSON.stringify(await documentOf(packed))).toBe(JSON.stringify(plans[name]));
  });

  test.each<[string, object]>([
    ['texts that begin like the code', { a: ['=x', '#1', '\\=', '=xyzw', '=xyzw', '', '#', '='] }],
    ['names of the prototype', JSON.parse('{"__proto__": {"constructor": [{"__proto__": 1}, {"__proto__": 2}]}, "toString": {}}')],
    ['equal lists of equal objects', { a: [{ x: 1, y: ['long', 'long'] }, { x: 1, y: ['long', 'long'] }], b: [{ x: 2, y: [] }, { x: 3, y: [] }], c: [{}, {}] }],
    ['numbers', { a: [0, -1, 1.5, 1e21, 1e-7, 123456789012345], b: [true, false, null] }],
    ['lone halves of characters', { a: ['\ud800', '\udfff tail', '\u2028', '🙂'] }],
  ])('%s', async (_name, value) => {
    expect(JSON.stringify(await documentOf(`<template id="document">${packDocument(value).html}</template>`))).toBe(JSON.stringify(value));
  });

  test('is text of any length without a character that means anything to HTML', async () => {
    for (let length = 0; length < 60; length += 1) {
      const value = { text: Array.from({ length }, (_, index) => String.fromCharCode(33 + ((index * 7919) % 90))).join('') };
      const { html } = packDocument(value);
      expect(html).not.toMatch(/[&<`\s]/);
      expect(await documentOf(`<template id="document">${html}</template>`)).toEqual(value);
    }
  });

  test('says nothing twice', () => {
    expect(encodeDocument(example).length).toBeLessThan(JSON.stringify(example).length / 2.5);
  });
});

describe('what changed between two runs', () => {
  test('nothing, when nothing did', () => {
    const lines = describeChanges(changesBetween(example, example));
    expect(lines.filter(({ label }) => label !== 'phase')).toEqual([{ label: 'unchanged', text: 'no DAG, hazard or plan is different' }]);
  });

  test('DAGs, hazards, modes and progress', () => {
    const mover = example.phases.flatMap(({ changes }) => changes).find(({ to }) => to === 'event')?.stage;
    const moved = example.stages.find(({ id }) => id === mover);
    const [gone] = example.analysis.graph.dags.filter(({ dag_id: dagId }) => dagId !== moved?.dag_id);
    const [cured] = example.analysis.hazards;
    const now: PlanDocument = {
      ...example,
      stages: example.stages.map((stage) => (stage.id === mover ? { ...stage, today: 'event' } : stage)),
      analysis: {
        ...example.analysis,
        hazards: example.analysis.hazards.slice(1).map((hazard) => ({ ...hazard, message: `${hazard.message} (line 7)` })),
        graph: { ...example.analysis.graph, dags: [...example.analysis.graph.dags.filter((dag) => dag !== gone), ...(gone === undefined ? [] : [{ ...gone, dag_id: 'brand_new' }])] },
      },
    };
    const changes = changesBetween(example, now);
    expect(changes).toMatchObject({ newDags: ['brand_new'], goneDags: [gone?.dag_id], newHazards: [], goneHazards: [{ rule: cured?.rule, dag_id: cured?.dag_id }] });
    expect(changes.started).toEqual([{ dagId: moved?.dag_id, from: moved?.today, to: 'event' }]);
    const phase = example.phases.find(({ changes: each }) => each.some(({ stage, to }) => stage === mover && to === 'event'));
    const before = changesBetween(example, example).progress.find(({ number }) => number === phase?.number);
    expect(changes.progress.find(({ number }) => number === phase?.number)?.done).toBe((before?.done ?? NaN) + 1);
    expect(changesBetween(now, example).newHazards).toHaveLength(1);
  });
});
