import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CheckDocument } from '../../src/model/check.js';
import { change, initGit } from '../support/git.js';
import { makeRepository } from '../unit/discover/temporary-repository.js';
import { run } from './run.js';

const example = fileURLToPath(new URL('../../fixtures/repos/retail-platform', import.meta.url));
const formats = ['json', 'sarif', 'text', 'junit', 'gitlab', 'markdown'];

describe('shares', () => {
  const prepared = async (count: number) => {
    const folder = makeRepository({}, 'shares');
    const at = { workingDirectory: folder };
    const files = [];
    for (let index = 1; index <= count; index += 1) {
      const file = `facts-${index}.json`;
      expect(await run(['check', example, '--shard', `${index}/${count}`, '--output', file, '--quiet'], at)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
      files.push(file);
    }
    return { folder, at, files };
  };
  const written = (folder: string, name: string) => formats.map((format) => readFileSync(path.join(folder, `${name}.${format}`), 'utf8'));
  const into = (name: string) => formats.flatMap((format) => ['--format', `${format}=${name}.${format}`]);

  test.each([1, 3, 40])('%i of them are judged as one, to the byte', async (count) => {
    const { folder, at, files } = await prepared(count);
    const whole = await run(['check', example, '--quiet', ...into('whole')], at);
    const merged = await run(['merge', ...files.reverse(), '--path', example, '--quiet', ...into('merged')], at);
    expect(merged.exitCode).toBe(whole.exitCode);
    expect(written(folder, 'merged')).toEqual(written(folder, 'whole'));
    expect(CheckDocument.parse(JSON.parse(readFileSync(path.join(folder, 'merged.json'), 'utf8'))).findings.length).toBeGreaterThan(10);
  });

  test('that do not fit together are refused', async () => {
    const { folder, at, files } = await prepared(2);
    const [first = '', second = ''] = files;
    await run(['check', example, '--shard', '2/3', '--output', 'other.json', '--quiet'], at);
    const edited = (name: string, changes: Record<string, unknown>) => {
      writeFileSync(path.join(folder, name), JSON.stringify({ ...JSON.parse(readFileSync(path.join(folder, second), 'utf8')), ...changes }));
      return name;
    };
    for (const [words, message] of [
      [[first], 'share 2 of 2 is missing'],
      [[first, first], 'are both share 1'],
      [[first, 'other.json'], 'is share 2 of 3'],
      [[first, second, '--env', 'X=1'], 'of other files or another configuration'],
      [[first, second, '--airflow-version', '2.9.0'], 'of other files or another configuration'],
      [[first, edited('old.json', { tool_version: '0.0.1' })], 'is of dag2event 0.0.1'],
      [[first, edited('shape.json', { facts: 1 })], 'holds no facts of this version'],
      [[first, edited('less.json', { facts: [] })], 'no share holds'],
      [[first, edited('newer.json', { schema_version: '9.0' })], 'schema version 9.0'],
      [[first, 'none.json'], "can't be read as facts"],
    ] as const) {
      expect(await run(['merge', ...words, '--path', example, '--quiet'], at), message).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(message) });
    }
    for (const shard of ['0/2', '3/2', '1', 'a/b']) expect(await run(['check', example, '--shard', shard], at)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is no share') });
  });
});

describe('an estate of several repositories', () => {
  const header = 'import pendulum\nfrom airflow.providers.standard.operators.empty import EmptyOperator\nfrom airflow.providers.standard.sensors.external_task import ExternalTaskSensor\nfrom airflow.sdk import DAG, Asset\n\nstart = pendulum.datetime(2026, 1, 1)\n';
  const settings = { 'requirements.txt': 'apache-airflow==3.2.2\n', 'dag2event.yaml': 'check:\n  rules: { D2E001: "off", D2E014: "off" }\n' };
  const ingest = (schedule: string) => `${header}\nwith DAG("load", schedule="${schedule}", start_date=start, catchup=False):\n    EmptyOperator(task_id="done", outlets=[Asset("x-lake://orders")])\n`;
  const marts = `${header}\nwith DAG("report", schedule="0 2 * * *", start_date=start, catchup=False):\n    ExternalTaskSensor(task_id="wait", external_dag_id="load", external_task_id="done", deferrable=True)\n\nwith DAG("mart", schedule=[Asset("x-lake://orders")]):\n    EmptyOperator(task_id="build")\n`;

  const prepared = async () => {
    const first = makeRepository({ ...settings, 'dags/load.py': ingest('0 2 * * *') }, 'ingest');
    const second = makeRepository({ ...settings, 'dags/report.py': marts }, 'marts');
    for (const folder of [first, second]) {
      initGit(folder);
      expect(await run(['index', '--quiet', '--output', 'x.index.json'], { workingDirectory: folder })).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    }
    return { first, second, indexOf: (folder: string) => path.join(folder, 'x.index.json') };
  };
  const check = async (folder: string, ...words: string[]) => {
    const { stdout } = await run(['check', '.', '--format', 'json', '--quiet', ...words], { workingDirectory: folder });
    return CheckDocument.parse(JSON.parse(stdout)).findings;
  };

  test('knows the producers and targets that live elsewhere', async () => {
    const { first, second, indexOf } = await prepared();
    expect((await check(second)).map((finding) => finding.rule)).toEqual(['D2E017', 'D2E013']);
    expect(await check(second, '--estate', indexOf(first))).toEqual([]);
  });

  test('judges a schedule that changes here against its consumers there, at the own line', async () => {
    const { first, second, indexOf } = await prepared();
    change(first, { 'dags/load.py': ingest('30 2 * * *') });
    expect(await check(first, '--base', 'HEAD')).toEqual([]);
    expect(await check(first, '--base', 'HEAD', '--estate', indexOf(second))).toMatchObject([
      { rule: 'D2E002', dag_id: 'report', place: { file: 'dags/load.py', line: 8 }, related: [{ file: 'marts:dags/report.py', line: 9 }] },
    ]);
  });

  test("leaves out what is the neighbour's own affair", async () => {
    const { first, second, indexOf } = await prepared();
    change(second, { 'dags/bad.py': marts.replaceAll('"report"', '"other"').replaceAll('"mart"', '"m"').replaceAll('"load"', '"nowhere"') });
    await run(['index', '--quiet', '--output', 'x.index.json'], { workingDirectory: second });
    expect(await check(first, '--estate', indexOf(second))).toEqual([]);
  });

  test('refuses what is no index, or two of one name', async () => {
    const { first, indexOf } = await prepared();
    const at = { workingDirectory: first };
    expect(await run(['check', '--estate', 'none.json'], at)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("can't be read as an index") });
    expect(await run(['check', '--estate', 'requirements.txt'], at)).toMatchObject({ exitCode: 2 });
    expect(await run(['check', '--estate', indexOf(first), '--estate', indexOf(first)], at)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('two indexes are named ingest') });
    expect(await run(['index', '--name', 'a b', '--output', '-'], at)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("can't be a name") });
  });
});
