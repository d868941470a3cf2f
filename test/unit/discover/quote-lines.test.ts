import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { quotableLine, quoteLines } from '../../../src/discover/quote-lines.js';
import { makeAnalysis, makeEvidence, makeGraph } from '../report/documents.js';

describe('a line of code as a report shows it', () => {
  test.each([
    ['    wait = S3KeySensor(task_id="wait",   bucket_key=KEY)', 'wait = S3KeySensor(task_id="wait", bucket_key=KEY)'],
    ['HttpSensor(headers={"X-Api-Key": "abcd1234"})', 'HttpSensor(headers={"X-Api-Key": "<redacted>"})'],
    ['connect(user="u", password="p\\"w, d")', 'connect(user="u", password="<redacted>")'],
    ["os.environ.setdefault('DB_PASSWORD', 'hunter2')", "os.environ.setdefault('DB_PASSWORD', '<redacted>')"],
    ['AUTH_TOKEN = b"\\x00secret"', 'AUTH_TOKEN = b"<redacted>"'],
    ['dsn = "postgres://me:hunter2@db/x"', 'dsn = "postgres://<redacted>@db/x"'],
  ])('%s', (line, shown) => {
    expect(quotableLine(line)).toBe(shown);
  });

  test('is cut when it is long', () => {
    expect(quotableLine('x'.repeat(500))).toBe(`${'x'.repeat(160)}…`);
  });
});

describe('lines of evidence', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dag2event-lines-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('are those of files inside the repository only', () => {
    const root = path.join(folder, 'repository');
    mkdirSync(path.join(root, 'dags'), { recursive: true });
    writeFileSync(path.join(root, 'dags', 'a.py'), 'from airflow import DAG\r\n  dag = DAG("a")\r\n');
    writeFileSync(path.join(folder, 'outside.py'), 'never = 1\n');
    symlinkSync(path.join(folder, 'outside.py'), path.join(root, 'dags', 'link.py'));
    const evidence = ['dags/a.py', 'dags/link.py', '../outside.py', 'dags/missing.py'].map((file, index) => makeEvidence(`e${index}`, 'a', 'says', file, file === 'dags/a.py' ? 2 : 1));
    const quoted = quoteLines(makeAnalysis(makeGraph(), { evidence }), { path: root });
    expect(quoted.evidence.map(({ line }) => line)).toEqual(['dag = DAG("a")', undefined, undefined, undefined]);
  });
});
