import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BodyFact, GraphDocument } from '../../../src/model/graph.js';
import { graphOfSource } from '../../support/graph.js';

const folder = new URL('../../../fixtures/bodies/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const sources = { 'bodies.py': read('bodies.py'), 'helpers.py': read('helpers.py') };

function lines(graph: GraphDocument): string {
  const shown = graph.dags.flatMap((dag) => dag.tasks.flatMap((task) => [`${dag.dag_id}.${task.task_id}`, ...task.body.map(asLine)]));
  return `${shown.join('\n')}\n`;
}

function asLine({ file, line, kind, name, detail, arguments: given, receiver }: BodyFact): string {
  const pairs = (record: Record<string, string> | undefined, label: string): string[] =>
    record === undefined ? [] : [`${label}(${Object.entries(record).map(([key, text]) => `${key}=${text}`).join(', ')})`];
  return [`  ${file}:${line.toString()}`, kind, name, detail === '' ? '' : `"${detail}"`, ...pairs(given, 'with'), ...pairs(receiver, 'on')].filter((each) => each !== '').join(' ');
}

describe('task bodies', () => {
  it('are read with their places, through helpers, methods and bound arguments', async () => {
    const graph = await graphOfSource(sources, { airflowVersion: '2.11.2' });
    await expect(lines(graph)).toMatchFileSnapshot('../../../fixtures/bodies/expected.txt');
  });

  it('leave secrets out', async () => {
    const graph = await graphOfSource(sources, { airflowVersion: '2.11.2' });
    expect(JSON.stringify(graph)).not.toContain('hunter2');
  });

  it('never decide whether a DAG is exact', async () => {
    const graph = await graphOfSource(sources, { airflowVersion: '2.11.2' });
    expect(graph.dags.map((dag) => [dag.dag_id, dag.status])).toEqual([['d', 'exact'], ['second', 'exact']]);
  });

  it('take calls in calls and chains of calls in a time that grows with their length', async () => {
    const nested = `${'f('.repeat(26)}x${')'.repeat(26)}`;
    const chained = `x${'.get(y)'.repeat(26)}`;
    const body = `def run(x, y):\n    z = ${nested}\n    return ${chained}\n`;
    const dag = 'from airflow import DAG\nfrom airflow.operators.python import PythonOperator\nwith DAG("d", schedule=None):\n    PythonOperator(task_id="t", python_callable=run)\n';
    const graph = await graphOfSource({ 'd.py': body + dag }, { airflowVersion: '2.11.2' });
    expect(graph.dags[0]?.tasks[0]?.body.filter((fact) => fact.kind === 'call')).toMatchObject([{ name: 'f' }]);
  });
});
