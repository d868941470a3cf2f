import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import * as YAML from 'yaml';
import { UserContext } from '../../src/model/context.js';
import { PlanDocument } from '../../src/model/plan.js';
import { run } from './run.js';

const dag = `
from datetime import datetime
from airflow import DAG
from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor
from airflow.operators.empty import EmptyOperator

with DAG("load_orders", schedule="0 4 * * *", start_date=datetime(2026, 1, 1), catchup=False):
    S3KeySensor(task_id="wait", bucket_name="landing", bucket_key="orders/{{ ds }}.csv") >> EmptyOperator(task_id="load")
`;

const context = `
event-sources:
  - kind: s3
    match: { bucket: landing }
    channel: orders-landed
    owner: ingestion
    retention-hours: 96
    events-per-hour: 7
    burst-per-minute: 400
latency:
  - dags: [load_*]
    minutes: 30
owners:
  - paths: ["*"]
    owner: finance data
    on-call: finance on-call
freeze-windows:
  - when: 2026-12-20 to 2027-01-06
`;

let folder = '';
const inFolder = (name: string): string => path.join(folder, name);
const planned = async (...words: string[]): Promise<PlanDocument> => {
  const { stdout, exitCode } = await run(['plan', folder, '--offline', '--format', 'json', '--output', '-', '--airflow-version', '3.0.0', ...words], { workingDirectory: folder });
  expect(exitCode).toBe(0);
  return PlanDocument.parse(JSON.parse(stdout));
};

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'context-'));
  writeFileSync(inFolder('orders.py'), dag);
});

describe('the context file', () => {
  test('is found beside the DAGs, and its numbers stand in the plan as declared', async () => {
    writeFileSync(inFolder('dag2event.context.yaml'), context);
    const { stages, phases, contracts } = await planned();
    const controls = stages[0]?.controls;
    expect(controls?.owner).toMatchObject({ name: 'finance data', origin: 'declared' });
    expect(controls?.on_call.name).toBe('finance on-call');
    expect(controls?.slo.target).toMatchObject({ value: 30, unit: 'minutes', origin: 'declared' });
    expect(controls?.backpressure.rate).toMatchObject({ value: 7, origin: 'declared' });
    expect(controls?.backpressure.batch_window.value).toBeGreaterThan(0);
    expect(controls?.routes[0]?.channel).toContain('orders-landed');
    expect(contracts[0]?.retention).toMatchObject({ value: 96, origin: 'declared' });
    expect(contracts[0]?.owner.name).toBe('ingestion');
    for (const { entry } of phases) expect(entry.join('\n')).toContain('2026-12-20 to 2027-01-06');
  });

  test('missing, its facts become questions and nobody is invented', async () => {
    const { stages, questions } = await planned();
    const controls = stages[0]?.controls;
    expect(controls?.owner).toMatchObject({ name: '', origin: 'missing' });
    expect(controls?.backpressure.rate.origin).toBe('default');
    const asked = questions.map(({ question }) => question).join('\n');
    for (const key of ['owners', 'latency', 'throughput', 'event-sources']) expect(asked).toContain(`(${key} in dag2event.context.yaml)`);
  });

  test('says which of its entries fit nothing', async () => {
    writeFileSync(inFolder('dag2event.context.yaml'), 'owners: [{ dags: [laod_orders], owner: me }]\nevent-sources: [{ kind: s3, match: { bucket: landign } }]');
    const asked = (await planned()).questions.map(({ question }) => question).join('\n');
    expect(asked).toContain('owners, entry 1, fits no DAG');
    expect(asked).toContain('event-sources, entry 1, fits no source');
  });

  test('given by --context wins over the one that would be found', async () => {
    writeFileSync(inFolder('dag2event.context.yaml'), context);
    writeFileSync(inFolder('other.yaml'), 'latency: [{ dags: ["*"], minutes: 45 }]');
    expect((await planned('--context', 'other.yaml')).stages[0]?.controls?.slo.target.value).toBe(45);
  });

  test.each([
    ['latency: [{ dags: [x], minuts: 3 }]', 'latency.0: unknown key minuts'],
    ['owners: { owner: me }', 'owners: '],
    ['platform: { cloud: ibm }', 'platform.cloud: '],
    ['latency: [{ minutes: 3 }]', 'name the DAGs by dags, tags or paths'],
    ['owners: [', "can't be read"],
    ['- a list', 'expected object'],
  ])('%s is refused in one line with exit code 2', async (text, words) => {
    writeFileSync(inFolder('dag2event.context.yaml'), text);
    const { stderr, exitCode } = await run(['plan', folder, '--offline'], { workingDirectory: folder });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('dag2event.context.yaml')]);
    expect(stderr).toContain(words);
  });
});

describe('dag2event init', () => {
  test('writes a template that is valid as it is, and with every comment taken away', async () => {
    const { exitCode, stdout } = await run(['init'], { workingDirectory: folder });
    expect([exitCode, stdout]).toEqual([0, 'dag2event.context.yaml\n']);
    const text = readFileSync(inFolder('dag2event.context.yaml'), 'utf8');
    expect(UserContext.safeParse(YAML.parse(text) ?? {}).success).toBe(true);
    const entries = text.split('\n').filter((line) => /^# +[a-z-]+:|^# +- |^# [a-z-]+:/.test(line)).map((line) => line.slice(2));
    const whole = UserContext.safeParse(YAML.parse(entries.join('\n')));
    expect(whole.error).toBeUndefined();
    expect(Object.keys(whole.data ?? {}).sort()).toEqual(Object.keys(UserContext.shape).sort());
  });

  test('never overwrites', async () => {
    writeFileSync(inFolder('dag2event.context.yaml'), 'mine: true');
    const { exitCode, stderr } = await run(['init'], { workingDirectory: folder });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('already there')]);
    expect(readFileSync(inFolder('dag2event.context.yaml'), 'utf8')).toBe('mine: true');
  });
});
