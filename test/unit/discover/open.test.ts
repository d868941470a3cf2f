import { execFileSync } from 'node:child_process';
import { chmodSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { OpenOptions } from '../../../src/discover/open.js';
import { openRepository } from '../../../src/discover/open.js';
import { makeRepository } from './temporary-repository.js';

const dag = 'from airflow import DAG\n';

function open(root: string, options: Partial<OpenOptions> = {}) {
  return openRepository({ path: root, environment: new Map(), ...options });
}

describe('the dags folder', () => {
  test('is `dags` of the repository when there is one', () => {
    const root = makeRepository({ 'dags/a.py': dag, 'plugins/p.py': dag, 'src/lib.py': '' });
    const repository = open(root);
    expect(repository).toMatchObject({ name: 'repo', dagsRoot: 'dags', dagFiles: ['dags/a.py'] });
    expect(repository.importRoots).toEqual(['dags', 'plugins', '', 'src']);
    expect(repository.notes).toContain('dags folder: dags/');
  });

  test('is the folder itself otherwise', () => {
    expect(open(makeRepository({ 'b.py': dag, 'a/c.py': dag }))).toMatchObject({ dagsRoot: '', dagFiles: ['a/c.py', 'b.py'] });
  });

  test('is known by its own name when it is a package of Airflow', () => {
    const root = makeRepository({ 'airflow/__init__.py': '', 'airflow/example_dags/__init__.py': '', 'airflow/example_dags/a.py': dag, 'team/__init__.py': '', 'team/jobs/__init__.py': '' });
    expect(open(path.join(root, 'airflow/example_dags')).ownPackage).toBe('airflow.example_dags');
    expect(open(path.join(root, 'team/jobs')).ownPackage).toBeUndefined();
    expect(open(root).ownPackage).toBeUndefined();
  });

  test('given as PATH, brings the project around it', () => {
    const root = makeRepository({ 'dags/a.py': dag, 'dags/team/b.py': dag, 'requirements.txt': 'apache-airflow==2.9.3' });
    const repository = open(path.join(root, 'dags'));
    expect(repository).toMatchObject({ name: 'repo', dagsRoot: 'dags', dagFiles: ['dags/a.py', 'dags/team/b.py'] });
    expect(repository.airflowVersion.version).toBe('2.9.3');
    expect(open(path.join(root, 'dags/team')).dagFiles).toEqual(['dags/team/b.py']);
  });

  test('stays the whole repository when nothing around it says more', () => {
    const root = makeRepository({ 'dags/a.py': dag });
    expect(open(path.join(root, 'dags'))).toMatchObject({ name: 'dags', dagsRoot: '', dagFiles: ['a.py'] });
  });

  test('is what --dags-root says', () => {
    const root = makeRepository({ 'x/y/a.py': dag, 'dags/b.py': dag });
    expect(open(root, { dagsRoot: path.join(root, 'x/y') })).toMatchObject({ dagsRoot: 'x/y', dagFiles: ['x/y/a.py'] });
    expect(() => open(path.join(root, 'x'), { dagsRoot: path.join(root, 'dags') })).toThrow(/neither inside/);
  });
});

describe('what Airflow would load', () => {
  test('passes safe mode, whose words changed in 3.0', () => {
    const root = makeRepository({ 'a.py': 'AIRFLOW, asset', 'b.py': 'airflow Dag', 'c.py': 'import os', 'd.txt': 'airflow dag' });
    expect(open(root, { airflowVersion: '2.11.2' })).toMatchObject({ dagFiles: ['b.py'], skippedFiles: ['a.py', 'c.py'] });
    expect(open(root, { airflowVersion: '3.2.2' })).toMatchObject({ dagFiles: ['a.py', 'b.py'], skippedFiles: ['c.py'] });
  });

  test('is not excluded by an ignore file of any folder on the way, in the syntax of the version', () => {
    const root = makeRepository({
      '.airflowignore': 'old_.*\n',
      'old_a.py': dag,
      'b.py': dag,
      'team/.airflowignore': '*.py # all\n!keep.py\n',
      'team/x.py': dag,
      'team/keep.py': dag,
    });
    expect(open(root, { airflowVersion: '3.2.2' }).dagFiles).toEqual(['b.py', 'old_a.py', 'team/keep.py']);
    const two = open(root, { airflowVersion: '2.11.2' });
    expect(two.dagFiles).toEqual(['b.py', 'team/keep.py', 'team/x.py']);
    expect(two.notes.filter((note) => note.includes('no valid pattern'))).toHaveLength(1);
  });

  test('leaves out folders of tools and says so', () => {
    const root = makeRepository({ 'a.py': dag, 'node_modules/x.py': dag, 'env/pyvenv.cfg': '', 'env/lib/x.py': dag, '.hidden/h.py': dag });
    const repository = open(root);
    expect(repository.dagFiles).toEqual(['.hidden/h.py', 'a.py']);
    expect(repository.notes.filter((note) => note.includes('folder of tools'))).toHaveLength(2);
  });
});

describe('files that nobody can read are findings, and the rest is still found', () => {
  const problems = (root: string) => open(root).unreadable.map(({ file, kind, line }) => `${file}:${line} ${kind}`);

  test('not UTF-8, binary, too large, empty', () => {
    const root = makeRepository({
      'good.py': dag,
      'latin.py': Buffer.from('# airflow dag\nx = "caf\xe9"\n', 'latin1'),
      'declared.py': Buffer.from('# coding: latin-1\n# airflow dag\nx = "caf\xe9"\n', 'latin1'),
      'odd.py': Buffer.from('# coding: klingon\n# airflow dag \xe9\n', 'latin1'),
      'marked.py': `\ufeff${dag}`,
      'binary.py': Buffer.from([0x61, 0x0a, 0, 1, 2]),
      'large.py': Buffer.alloc(20 * 1024 * 1024, dag),
      'empty.py': '',
    });
    expect(problems(root)).toEqual(['binary.py:2 encoding', 'large.py:1 too_large', 'latin.py:2 encoding', 'odd.py:2 encoding']);
    const repository = open(root);
    expect(repository.dagFiles).toEqual(['declared.py', 'good.py', 'marked.py']);
    expect(repository.notes).toContain('empty.py is empty');
    expect(new TextDecoder().decode(repository.files.read('declared.py'))).toContain('café');
    expect(repository.files.read('marked.py')?.[0]).toBe('f'.charCodeAt(0));
  });

  test('a broken link, a link out of the repository, a loop, a pipe; a folder with the name of a file is none', () => {
    const root = makeRepository({ 'good.py': dag, 'x.py/inner.py': dag, 'sub/deep/y.py': dag });
    symlinkSync('nowhere', path.join(root, 'broken.py'));
    symlinkSync('/etc', path.join(root, 'outside'));
    symlinkSync('/etc/hostname', path.join(root, 'outside.py'));
    symlinkSync('..', path.join(root, 'sub/deep/loop'));
    execFileSync('mkfifo', [path.join(root, 'pipe.py')]);
    expect(problems(root)).toEqual([
      'broken.py:1 unreadable',
      'outside:1 unreadable',
      'outside.py:1 unreadable',
      'pipe.py:1 unreadable',
      'sub/deep/loop:1 unreadable',
    ]);
    expect(open(root).dagFiles).toEqual(['good.py', 'sub/deep/y.py', 'x.py/inner.py']);
  });

  test.skipIf(process.getuid?.() === 0)('a file and a folder without permission', () => {
    const root = makeRepository({ 'good.py': dag, 'secret.py': dag, 'closed/a.py': dag });
    chmodSync(path.join(root, 'secret.py'), 0);
    chmodSync(path.join(root, 'closed'), 0);
    expect(problems(root)).toEqual(['closed:1 unreadable', 'secret.py:1 unreadable']);
    chmodSync(path.join(root, 'closed'), 0o755);
  });
});

describe('files of the repository', () => {
  test('are read inside of it only', () => {
    const root = makeRepository({ 'a.yaml': 'x: 1', 'sub/b.txt': 'b' });
    symlinkSync('/etc/hostname', path.join(root, 'leak.txt'));
    symlinkSync('a.yaml', path.join(root, 'link.yaml'));
    const { files } = open(root);
    expect(files.read('link.yaml')).toEqual(files.read('sub/../a.yaml'));
    expect(files.list('.')).toEqual(['a.yaml', 'leak.txt', 'link.yaml', 'sub']);
    for (const outside of ['leak.txt', '../repo2', '/etc/hostname', '../../etc/hostname']) {
      expect(files.read(outside)).toBeUndefined();
      expect(files.kind(outside)).toBeUndefined();
    }
    expect(files.kind('sub')).toBe('directory');
    expect(files.read('sub')).toBeUndefined();
    expect(files.list('a.yaml')).toBeUndefined();
  });
});

describe('wrong paths are known errors', () => {
  test.each([
    ['missing', /doesn't exist/],
    ['file.py', /is not a folder/],
  ])('%s', (name, message) => {
    const root = makeRepository({ 'file.py': dag });
    expect(() => open(path.join(root, name))).toThrow(message);
  });
});
