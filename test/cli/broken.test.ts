import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { CheckDocument } from '../../src/model/check.js';
import { describe, expect, test } from 'vitest';
import { makeRepository } from '../unit/discover/temporary-repository.js';
import { run } from './run.js';

// What git can't keep, or shouldn't: made here. Each is a finding with file and line; everything else is still analysed.

const good = `from airflow import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("good", schedule="@daily"):
    EmptyOperator(task_id="only")
`;

function brokenRepository(): string {
  const root = makeRepository({
    'good.py': good,
    'binary.py': Buffer.from([0x61, 0x69, 0x72, 0x0a, 0, 1, 2, 3]),
    'deep.py': `# airflow dag\nx = ${'('.repeat(10_000)}1${')'.repeat(10_000)}\n`,
    'empty.py': '',
    'folder.py/inner.py': good.replace('"good"', '"inner"'),
    'large.py': Buffer.alloc(20 * 1024 * 1024, '# airflow dag\n'),
    'latin.py': Buffer.from('# airflow dag\n\nname = "caf\xe9"\n', 'latin1'),
    'python2.py': 'from airflow import DAG\nprint "hello"\n',
    'syntax.py': 'from airflow import DAG\n\nwith DAG("x"\n    pass\n',
    'raises.py': 'from airflow import DAG\nraise ValueError("no")\n',
  });
  symlinkSync('nowhere.py', path.join(root, 'link.py'));
  execFileSync('mkfifo', [path.join(root, 'pipe.py')]);
  return root;
}

describe.each(['native', 'wasm'])('a repository of broken files, parser %s', (parser) => {
  test('is analysed but for them, and each is named', { timeout: 60_000 }, async () => {
    const root = brokenRepository();
    const { exitCode, stdout, stderr } = await run(['graph', root, '--format', 'json', '--parser', parser], { workingDirectory: '/' });
    expect(exitCode).toBe(0);
    const graph = JSON.parse(stdout);
    expect(graph.dags.map((dag: { dag_id: string; status: string }) => `${dag.dag_id} ${dag.status}`)).toEqual(['good exact', 'inner exact']);
    const errors = Object.fromEntries(graph.import_errors.map((error: { file: string; kind: string; line: number }) => [error.file, `${error.kind}:${error.line}`]));
    expect(errors).toMatchObject({
      'binary.py': 'encoding:2',
      'large.py': 'too_large:1',
      'latin.py': 'encoding:3',
      'link.py': 'unreadable:1',
      'pipe.py': 'unreadable:1',
      'python2.py': 'syntax:2',
      'raises.py': 'exception:2',
    });
    // Airflow walks it as any other folder, and so do we; it is said all the same.
    expect(errors).not.toHaveProperty('folder.py');
    expect(stderr).toContain('folder.py/');
    expect(errors['syntax.py']).toMatch(/^syntax:[34]$/);
    const noted = new Set([...Object.keys(errors), ...graph.files.map((file: { file: string }) => file.file), ...graph.unknowns.map((fact: { file: string }) => fact.file)]);
    expect([...noted]).toEqual(expect.arrayContaining(['deep.py', 'empty.py']));
  });

  test('is never a pass', { timeout: 60_000 }, async () => {
    const { exitCode, stdout } = await run(['check', brokenRepository(), '--parser', parser, '--format', 'json'], { workingDirectory: '/' });
    expect(exitCode).toBe(1);
    const places = CheckDocument.parse(JSON.parse(stdout)).findings.map(({ place }) => `${place.file}:${place.line}`);
    expect(places).toEqual(expect.arrayContaining(['binary.py:2', 'large.py:1', 'latin.py:3', 'link.py:1', 'pipe.py:1', 'python2.py:2', 'empty.py:1']));
    const withoutFindings = await run(['check', brokenRepository(), '--parser', parser, '--exit-zero'], { workingDirectory: '/' });
    expect(withoutFindings.exitCode).toBe(3);
  });
});
