import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { startFakeServer } from '../claude/fake-server.js';
import type { FakeServer } from '../claude/fake-server.js';
import { inflatedPage } from '../unit/report/inflate.js';
import { run } from './run.js';

const listed = new URL('../../fixtures/claude/redaction.json', import.meta.url);
const { planted, harmless } = z
  .object({ planted: z.array(z.object({ text: z.string(), secret: z.string() })), harmless: z.array(z.string()) })
  .parse(JSON.parse(readFileSync(listed, 'utf8')));

/** A DAG with the same text wherever a text can stand: in arguments, SQL, names of assets, tags, docs, comments, bodies. */
function dagWith(text: string, index: number): string {
  const literal = JSON.stringify(text);
  const joined = (before: string): string => JSON.stringify(`${before} ${text} `);
  return `
@task
def call_${index}():
    # ${JSON.stringify(text)}
    import requests
    requests.post(${joined('https://api.example.com/in?q=')}, headers={"X-Data": ${literal}})

with DAG("d${index}", schedule="@daily", start_date=datetime.datetime(2024, 1, 1), catchup=False, description=${literal}, doc_md=${literal}, tags=[${JSON.stringify(text.slice(0, 90))}]):
    wait = S3KeySensor(task_id="wait", bucket_name="b${index}", bucket_key=${joined('in/')})
    shell = BashOperator(task_id="shell", bash_command=${joined('run')}, env={"X": ${literal}}, outlets=[Asset(${joined('x-thing://h/p?q=')})])
    query = SQLExecuteQueryOperator(task_id="query", conn_id="c", sql=${joined('INSERT INTO t SELECT * FROM s WHERE x =')})
    stored = BashOperator(task_id="stored", bash_command="go " + Variable.get("v${index}"))
    wait >> shell >> query >> stored >> call_${index}()
`;
}

const head = `
import datetime
from airflow.sdk import DAG, Asset, Variable, task
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator
from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor
`;

/** Everything in a file as text, what is packed in it too. */
async function textsOf(file: string): Promise<string[]> {
  const bytes = readFileSync(file);
  const packed: string[] = [];
  for (let at = bytes.indexOf('\x1f\x8b\x08', 0, 'latin1'); at >= 0; at = bytes.indexOf('\x1f\x8b\x08', at + 1, 'latin1')) {
    try {
      packed.push(gunzipSync(bytes.subarray(at)).toString());
    } catch {
      // Other bytes follow the packed ones: what was read before them is enough only when it is read, so take them apart.
      const next = bytes.indexOf('\x1f\x8b\x08', at + 1, 'latin1');
      packed.push(gunzipSync(bytes.subarray(at, next < 0 ? undefined : next)).toString());
    }
  }
  const text = bytes.toString();
  return [text, ...packed, ...(file.endsWith('.html') ? [await inflatedPage(text)] : [])];
}

let folder = '';
let server: FakeServer;
const streams: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'secrets-'));
  mkdirSync(path.join(folder, 'repo/dags'), { recursive: true });
  const texts = [...planted.map(({ text }) => text), ...harmless];
  writeFileSync(path.join(folder, 'repo/dags/all.py'), head + texts.map(dagWith).join(''));
  writeFileSync(path.join(folder, 'repo/variables.json'), JSON.stringify(Object.fromEntries(texts.map((text, index) => [`v${index}`, text]))));
  const incidents = texts.map((text, index) => ({ dags: [`d${index}`], what: `it hurt: ${text}` }));
  writeFileSync(path.join(folder, 'repo/dag2event.context.yaml'), JSON.stringify({ incidents }));
  server = await startFakeServer({ scenes: [{ kind: 'reply', text: JSON.stringify({ stages: [], phases: [] }) }] });
  const environment = { ANTHROPIC_API_KEY: 'sk-ant-api03-the-key-of-this-test', ANTHROPIC_BASE_URL: server.url };
  const commands = [
    ['repo', '--output', 'out'],
    ['repo', '--offline', '--output', 'offline'],
    ['plan', 'repo', '--dry-run', '--show-payload'],
    ['graph', 'repo', '--output', '-'],
    ['graph', 'repo', '--unknowns', '--output', '-'],
    ['plan', 'repo', '--offline', '--format', 'markdown', '--output', '-'],
    ['contracts', 'repo', '--out', 'contracts'],
    ...['text', 'markdown', 'github', 'sarif', 'gitlab', 'junit', 'json'].map((format) => ['check', 'repo', '--all', '--format', format, '--output', '-']),
  ];
  for (const words of commands) {
    const told = await run([...words, '--cache-dir', path.join(folder, 'cache')], { workingDirectory: folder, environment });
    expect(told.exitCode, `${words.join(' ')}: ${told.stderr}`).toBeLessThan(2);
    streams.push(told.stdout, told.stderr);
  }
}, 120_000);

afterAll(() => server.close());

test('no planted secret is in a request, the cache, a log, a document or the report', async () => {
  expect(planted.length).toBeGreaterThanOrEqual(40);
  const bodies = server.messages.map(({ body }) => body);
  expect(bodies.length).toBeGreaterThan(0);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const made = files.filter((file) => !file.startsWith(path.join(folder, 'repo')));
  for (const kind of ['.html', '.json', '.yaml']) expect(made.some((file) => file.endsWith(kind)), kind).toBe(true);
  expect(made.some((file) => file.startsWith(path.join(folder, 'cache')))).toBe(true);
  const texts = new Map<string, string>([...streams, ...bodies].map((text, index) => [`stream ${index}`, text]));
  for (const file of made) for (const [index, text] of (await textsOf(file)).entries()) texts.set(`${file} ${index}`, text);
  const found = [...texts].flatMap(([name, text]) =>
    planted.filter(({ secret }) => [secret, JSON.stringify(secret).slice(1, -1)].some((form) => text.includes(form))).map(({ secret }) => {
      const at = Math.max(0, text.indexOf(secret) - 60);
      return `${name}: ${text.slice(at, at + 140)}`;
    }),
  );
  expect(found).toEqual([]);
});

test('what only looks a little like a secret stands in the documents as it is', () => {
  const document = readFileSync(path.join(folder, 'offline/repo.json'), 'utf8');
  for (const text of harmless) expect(document, text).toContain(JSON.stringify(`run ${text} `));
});
