import { describe, expect, it } from 'vitest';
import { describeSchedule } from '../../../src/report/facts/schedule.js';
import { describeAlternatives } from '../../../src/report/facts/alternatives.js';
import { renderGraphDot } from '../../../src/report/diagram/dot.js';
import { renderGraphMermaid } from '../../../src/report/diagram/mermaid.js';
import { renderGraphText } from '../../../src/report/text/graph.js';
import { GraphDocument } from '../../../src/model/graph.js';
import { graphOfSource } from '../../support/graph.js';

const head = `import os
from datetime import datetime
from airflow.sdk import DAG, Variable
from airflow.providers.standard.operators.empty import EmptyOperator
START = datetime(2026, 1, 1)
ENV = os.environ["ENV"]
`;

async function graphOf(body: string, environment: Readonly<Record<string, string>> = {}) {
  return await graphOfSource({ 'x.py': head + body }, { environment });
}

async function dagOf(body: string, schedule = 'schedule', more = '', environment: Readonly<Record<string, string>> = {}) {
  const graph = await graphOf(`${body}\nwith DAG("d", start_date=START, schedule=${schedule}${more}):\n    EmptyOperator(task_id="a")\n`, environment);
  const [dag] = graph.dags;
  if (dag === undefined) throw new Error(JSON.stringify(graph.import_errors));
  expect(() => GraphDocument.parse(graph)).not.toThrow();
  return dag;
}

const reason = '(the environment variable ENV is not given)';

describe('a schedule that depends on a condition is shown with its alternatives', () => {
  it.each([
    ['if and else', 'if ENV == "prod":\n    schedule = "@daily"\nelse:\n    schedule = None', 'schedule', '@daily (0 0 * * *) when ENV == "prod"; none (manual or triggered) when not (ENV == "prod")'],
    ['a default that an arm replaces', 'schedule = None\nif ENV == "prod":\n    schedule = "0 5 * * *"', 'schedule', '0 5 * * * when ENV == "prod"; none (manual or triggered) when not (ENV == "prod")'],
    [
      'elif',
      'if ENV == "prod":\n    schedule = "@daily"\nelif ENV == "test":\n    schedule = "@weekly"\nelse:\n    schedule = None',
      'schedule',
      '@daily (0 0 * * *) when ENV == "prod"; @weekly (0 0 * * 0) when not (ENV == "prod"), and ENV == "test"; none (manual or triggered) when not (ENV == "prod"), and not (ENV == "test")',
    ],
    ['a conditional expression', '', '"@daily" if ENV == "prod" else None', '@daily (0 0 * * *) when ENV == "prod"; none (manual or triggered) when not (ENV == "prod")'],
    ['an attribute of a class', 'class Config:\n    schedule = "@daily" if ENV else None', 'Config.schedule', '@daily (0 0 * * *) when ENV; none (manual or triggered) when not ENV'],
    [
      'a function with early returns',
      'def plan():\n    if ENV == "prod":\n        if ENV == "big":\n            return "@hourly"\n        return "@daily"\n    return None\n',
      'plan()',
      '@hourly (0 * * * *) when ENV == "prod", and ENV == "big"; @daily (0 0 * * *) when ENV == "prod", and not (ENV == "big"); none (manual or triggered) when not (ENV == "prod")',
    ],
    ['an arm that is not known', 'if ENV == "prod":\n    schedule = Variable.get("x")\nelse:\n    schedule = "@daily"', 'schedule', 'unknown: Variable x is not known when ENV == "prod"; @daily (0 0 * * *) when not (ENV == "prod")'],
  ])('%s', async (_name, body, schedule, expected) => {
    const dag = await dagOf(body, schedule);
    expect(dag.status).toBe('partial');
    expect(describeSchedule(dag.schedule)).toBe(`${expected} ${reason}`);
  });

  it.each([
    ['an operation on it', 'if ENV:\n    x = "@dai"\nelse:\n    x = "@hour"', 'x + "ly"'],
    ['a call with it', 'x = "1" if ENV else "2"', 'str(x)'],
    ['a method of it', 'x = "1" if ENV else "2"', 'x.strip()'],
    ['a part of it', 'x = ["1"] if ENV else ["2"]', 'x[0]'],
    ['a text with it', 'x = "1" if ENV else "2"', 'f"{x} * * * *"'],
    ['an element of it', 'for x in (["1"] if ENV else ["2"]):\n    pass', 'x'],
    ['what it is unpacked to', '(x, y) = ("1", "2") if ENV else ("3", "4")', 'x'],
    ['an assignment that adds to it', 'x = "1" if ENV else "2"\nx += " * * * *"', 'x'],
    ['arms of which none is known', 'if ENV:\n    x = Variable.get("x")\nelse:\n    x = Variable.get("y")', 'x'],
  ])('but not %s', async (_name, body, schedule) => {
    const dag = await dagOf(body, schedule);
    expect(dag.status).toBe('partial');
    expect(dag.schedule).not.toHaveProperty('alternatives');
  });

  it('and says where there are too many', async () => {
    const arms = Array.from({ length: 12 }, (_each, index) => `${index === 0 ? 'if' : 'elif'} ENV == "${index.toString()}":\n    schedule = "${index.toString()} 0 * * *"\n`);
    const { schedule } = await dagOf(`schedule = None\n${arms.join('')}`);
    expect(schedule.kind === 'unknown' && schedule.alternatives?.length).toBe(8);
    expect(describeSchedule(schedule)).toContain('unknown: there are more than 8 alternatives');
  });

  it('and is known when the condition is', async () => {
    const dag = await dagOf('if ENV == "prod":\n    schedule = "@daily"\nelse:\n    schedule = None', 'schedule', '', { ENV: 'prod' });
    expect(dag.status).toBe('exact');
    expect(dag.schedule).toMatchObject({ kind: 'cron', preset: '@daily' });
  });

  it('so are other arguments', async () => {
    const dag = await dagOf('', 'None', ', catchup=ENV == "x" or False, max_active_runs=1 if ENV else 4, description="a" if ENV else "b"');
    expect(describeAlternatives(dag)).toContainEqual({ name: 'max_active_runs', text: '1 when ENV; 4 when not ENV' });
    expect(describeAlternatives(dag)).toContainEqual({ name: 'description', text: 'a when ENV; b when not ENV' });
  });
});

describe('renderers show conditions in words and dashed', () => {
  const source = 'with DAG("d", start_date=START, schedule=None):\n    a, b, c = (EmptyOperator(task_id=x) for x in ("a", "b", "c"))\n    a >> b\n    if ENV:\n        b >> c\n        EmptyOperator(task_id="e")\n';

  it('text', async () => {
    const text = renderGraphText(await graphOf(source), { color: false });
    expect(text).toContain('-> c (when ENV)');
    expect(text).toMatch(/ e +EmptyOperator +when ENV\n/);
    expect(text).not.toMatch(/ a .*when/);
  });
  it('DOT', async () => {
    const dot = renderGraphDot(await graphOf(source));
    expect(dot).toContain('[label="e\\nwhen ENV", tooltip="EmptyOperator", style=dashed];');
    expect(dot).toContain('-> "d0_t2" [label="when ENV", style=dashed];');
    expect(dot).toContain('"d0_t0" -> "d0_t1";');
  });
  it('Mermaid', async () => {
    const mermaid = renderGraphMermaid(await graphOf(source));
    expect(mermaid).toContain('d0_t3["e when ENV"]');
    expect(mermaid).toContain('d0_t1 -.->|"when ENV"| d0_t2');
    expect(mermaid).toContain('style d0_t3 stroke-dasharray: 5 3');
    expect(mermaid).toContain('d0_t0 --> d0_t1');
  });
});
