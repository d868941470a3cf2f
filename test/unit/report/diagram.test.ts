import { instance } from '@viz-js/viz';
import { beforeAll, describe, expect, test } from 'vitest';
import type { GraphDocument } from '../../../src/model/graph.js';
import { renderGraphDot } from '../../../src/report/diagram/dot.js';
import { renderGraphMermaid } from '../../../src/report/diagram/mermaid.js';
import { renderPlanMarkdown } from '../../../src/report/markdown/plan.js';
import { markdownCode, markdownText } from '../../../src/report/markdown/escape.js';
import { emptyPlan, hostilePlan, ordinaryPlan } from './documents.js';

const graphs: [string, GraphDocument][] = [
  ['ordinary', ordinaryPlan().analysis.graph],
  ['empty', emptyPlan().analysis.graph],
  ['hostile', hostilePlan().analysis.graph],
];

describe('dot', () => {
  let viz: Awaited<ReturnType<typeof instance>>;
  beforeAll(async () => {
    viz = await instance();
  });

  test.each(graphs)('of the %s estate is read by Graphviz with every node and edge', (_, graph) => {
    const result = viz.render(renderGraphDot(graph), { format: 'json', engine: 'dot' });
    expect(result.errors.filter(({ level }) => level === 'error')).toEqual([]);
    const output = JSON.parse(result.output ?? '{}') as { objects?: { name: string }[]; edges?: unknown[] };
    const tasks = graph.dags.flatMap((dag) => dag.tasks).length;
    const names = (output.objects ?? []).map((object) => object.name);
    expect(names.filter((name) => /^d\d+_t\d+$/.test(name))).toHaveLength(tasks);
    const real = graph.dags.flatMap((dag) => {
      const ids = new Set(dag.tasks.map((task) => task.task_id));
      return dag.edges.filter((edge) => ids.has(edge.upstream) && ids.has(edge.downstream));
    });
    expect(output.edges ?? []).toHaveLength(real.length + graph.dag_dependencies.length);
  });
});

describe('mermaid', () => {
  test.each(graphs)('of the %s estate has only our own syntax outside of quotes', (_, graph) => {
    const text = renderGraphMermaid(graph);
    const outside = text.replace(/"[^"\n]*"/g, '""');
    const line =
      /^(flowchart LR| {2}subgraph d\d+ \[""\]| {2}end| {4}d\d+_t\d+(\[\[""\]\]|\[""\])| {4}d\d+_t\d+ -->(\|""\|)? d\d+_t\d+| {2}x\d+\(""\)| {2}[dx]\d+ -\.->\|""\| [dx]\d+|)$/;
    expect(outside.split('\n').filter((part) => !line.test(part))).toEqual([]);
    const labels = [...text.matchAll(/"([^"\n]*)"/g)].map(([, label = '']) => label);
    expect(labels.filter((label) => /[<>`&\\[\](){}|*]/.test(label) || /#(?!quot;|\d+;)/.test(label))).toEqual([]);
  });
});

describe('markdown', () => {
  test('of the hostile estate holds no HTML, mention, link or broken table', () => {
    const text = renderPlanMarkdown(hostilePlan());
    const outsideCode = text.replace(/(`+)[^\n]*?[^`]\1(?!`)/g, '');
    expect(outsideCode).not.toMatch(/<[a-z/!]/i);
    expect(outsideCode).not.toMatch(/(?<!\\)\]\(/);
    expect(outsideCode).not.toMatch(/@\w/);
    expect(outsideCode).not.toMatch(/#\d/);
    const widthOf = (row: string): number => row.replace(/\\\|/g, '').split('|').length;
    const tables = text.split(/\n(?!\|)/).map((block) => block.split('\n').filter((line) => line.startsWith('|'))).filter((table) => table.length > 0);
    for (const table of tables) expect(new Set(table.map(widthOf)).size).toBe(1);
    expect(new Set(tables.flat().map(widthOf))).toEqual(new Set([6, 7, 8]));
  });

  test('of the ordinary estate has phases, canaries and rollback checklists', () => {
    const plan = ordinaryPlan();
    const text = renderPlanMarkdown(plan);
    expect(text.match(/^### Phase /gm)).toHaveLength(plan.phases.length);
    expect(text.match(/^- \[ \] /gm)?.length).toBe(plan.phases.flatMap(({ rollback }) => rollback.steps).length + plan.phases.length);
    expect(text).toContain('| `ingest_orders` | cron → event | 2 |');
  });

  test('escapes what it prints', () => {
    expect(markdownText('<b>*x*</b> @team #12 [a](http://x)')).toBe(
      '&lt;b&gt;\\*x\\*&lt;/b&gt; @\u2060team #\u206012 \\[a\\](http\u2060://x)',
    );
    expect(['- a', '# a', '1. a', '1) a'].map((text) => markdownText(text))).toEqual(['\\- a', '\\# a', '1\\. a', '1\\) a']);
    expect(markdownCode('a`b')).toBe('``a`b``');
    expect(markdownCode('a|b')).toBe('`a∣b`');
    expect(markdownCode('')).toBe('`  `');
  });
});
