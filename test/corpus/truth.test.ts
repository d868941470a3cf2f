import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compareDocuments } from '../conformance/compare.mjs';
import { graphOfSource } from '../support/graph.js';
import { readTruth } from './truth.mjs';

const task = (name: string, more: object) => ({
  class: name,
  rule: 'all_success',
  mapped: false,
  group: null,
  pool: 'default_pool',
  retries: 0,
  ...more,
});

/** A dump with stand-ins of one DAG with two tasks. */
const dump = (edges: string[][], second: object) => ({
  airflow: '2.11.2',
  import_errors: {},
  stubs: [],
  dags: {
    nightly: {
      file: 'nightly.py',
      schedule: { timetable: 'CronDataIntervalTimetable', cron: '0 3 * * *', timezone: 'UTC' },
      catchup: false,
      tags: [],
      max_active_runs: 16,
      groups: {},
      edges,
      tasks: { first: task('BashOperator', {}), second: task('BashOperator', second) },
    },
  },
});

const source = `
import datetime
from airflow import DAG
from airflow.operators.bash import BashOperator
with DAG("nightly", schedule="0 3 * * *", start_date=datetime.datetime(2024, 1, 1), catchup=False):
    first = BashOperator(task_id="first", bash_command="true")
    second = BashOperator(task_id="second", bash_command=first.output)
`;

async function compared(content: object) {
  const folder = mkdtempSync(join(tmpdir(), 'truth-'));
  try {
    const file = join(folder, 'truth.json');
    writeFileSync(file, JSON.stringify(content));
    const document = await graphOfSource({ 'nightly.py': source }, { airflowVersion: '2.11.2' });
    return compareDocuments(readTruth(file, document), document);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a dump with stand-ins is the truth about what it keeps', async () => {
  expect(await compared(dump([['first', 'second']], {}))).toMatchObject({ right: 1, wrong: [] });
  expect((await compared(dump([], {}))).wrong[0]?.differences[0]).toMatchObject({ field: 'edges', truth: [] });
  expect((await compared(dump([['first', 'second']], { rule: 'all_done' }))).wrong).toHaveLength(1);
});

test('a stand-in says nothing about edges through templated arguments', async () => {
  expect(await compared(dump([], { stub: true }))).toMatchObject({ right: 1, wrong: [] });
  expect((await compared(dump([['second', 'first']], { stub: true }))).wrong).toHaveLength(1);
});

test('a preset that 3.x keeps as it was written is its expression', async () => {
  const content = dump([['first', 'second']], {});
  const said = (cron: string) => ({ dags: { nightly: { ...content.dags.nightly, schedule: { ...content.dags.nightly.schedule, cron } } } });
  expect((await compared({ ...content, ...said('@daily') })).wrong[0]?.differences[0]?.truth).toMatchObject({ expression: '0 0 * * *' });
});
