import { openSync, readFileSync, ftruncateSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { TOOL_VERSION } from '../../src/model/version.js';
import { makeRepository } from '../unit/discover/temporary-repository.js';
import { run } from './run.js';

const dag = 'from airflow import DAG\nwith DAG("a", schedule=None):\n    pass\n';

describe('help and version', () => {
  test('--version is that of the package', async () => {
    const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(TOOL_VERSION).toBe(manifest.version);
    expect(await run(['--version'], { workingDirectory: '/' })).toEqual({ exitCode: 0, stdout: `${TOOL_VERSION}\n`, stderr: '' });
  });

  test('--help goes to stdout, lists every command and shows examples', async () => {
    const { exitCode, stdout, stderr } = await run(['--help'], { workingDirectory: '/' });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const word of ['graph', 'analyze', 'plan', 'report', 'check', 'explain', 'rules', 'schema', 'Examples:', 'Exit codes:']) {
      expect(stdout).toContain(word);
    }
    expect(stdout).not.toContain('base-url');
  });

  test.each(['graph', 'analyze', 'plan', 'report', 'check'])('%s --help shows examples of its own', async (command) => {
    const { exitCode, stdout } = await run([command, '--help'], { workingDirectory: '/' });
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`  dag2event ${command} path/to/repository`);
  });
});

describe('a slip is one line that says what was meant, with exit code 2', () => {
  test.each<[string[], string, string]>([
    [[], 'no PATH given', '--help'],
    [['missing-folder'], "missing-folder doesn't exist", 'give the folder'],
    [['graph', 'a.py'], 'a.py is not a folder', 'not one of them'],
    [['analyse', '.'], 'unknown command analyse', 'did you mean analyze?'],
    [['chek'], 'chek is neither a folder nor a command', 'did you mean the command check?'],
    [['graph'], "missing required argument 'path'", '--help'],
    [['graph', '.', '--formt', 'json'], "unknown option '--formt'", 'did you mean --format?'],
    [['graph', '.', '--format', 'jsn'], '--format "jsn" is not known', 'did you mean json?'],
    [['plan', '.', '--format', 'pdf-a4'], '--format "pdf-a4" is not known', 'it is one of markdown, text, json'],
    [['graph', '.', '--parser', 'wsm'], '--parser "wsm" is not known', 'did you mean wasm?'],
    [['graph', '.', '--jobs', '0'], '--jobs "0" is no count', 'from 1 to 64'],
    [['plan', '.', '--max-cost', 'much'], '--max-cost "much" is no amount', 'US dollars'],
    [['graph', '.', '--env', 'NAME'], '--env "NAME" has no name and value', 'NAME=VALUE'],
    [['graph', '.', '--airflow-version', 'new'], '"new" is no Airflow version', '3.2.2'],
    [['graph', '.', '--variables', 'no.json'], "no.json can't be read", 'export of Airflow Variables'],
    [['graph', '.', '--variables', '.'], 'is a folder', 'export of Airflow Variables'],
    [['graph', '.', '--variables', 'binary.json'], 'binary.json is not text', 'export of Airflow Variables'],
    [['graph', '.', '--variables', 'huge.json'], 'huge.json is larger than 32 MB', 'export of Airflow Variables'],
    [['graph', '.', '--connections', 'no.json'], "no.json can't be read", 'export of Airflow connections'],
    [['graph', '.', '--connections', 'a.py'], 'a.py is neither JSON nor YAML', 'airflow connections export'],
    [['graph', '.', '--env-file', 'no.env'], "no.env can't be read", 'NAME=VALUE'],
    [['graph', '.', '--requirements', 'no.txt'], "no.txt can't be read", 'pip freeze'],
    [['graph', '.', '--dags-root', 'no'], "no doesn't exist", 'give the folder'],
    [['graph', '.', '--config', 'no.yaml'], "no.yaml doesn't exist", '--config'],
    [['schema', 'anlysis'], 'schema "anlysis" is not known', 'did you mean analysis?'],
    [['one', 'two'], 'one PATH is wanted', 'quote a path'],
  ])('%j', async (words, message, advice) => {
    const root = makeRepository({ 'a.py': dag, 'binary.json': '{\0}' });
    ftruncateSync(openSync(`${root}/huge.json`, 'w'), 33 * 1024 * 1024);
    const { exitCode, stdout, stderr } = await run(words, { workingDirectory: root });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    const [first, second, rest] = stderr.split('\n');
    expect(first).toMatch(/^dag2event: /);
    expect(first).toContain(message);
    expect(second).toMatch(/^ {2}\S/);
    expect(second).toContain(advice);
    expect(rest).toBe('');
  });

  test('DAG2EVENT_PARSER is checked too', async () => {
    const root = makeRepository({ 'a.py': dag });
    const { exitCode, stderr } = await run(['graph', '.'], { workingDirectory: root, environment: { DAG2EVENT_PARSER: 'x' } });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('"x" is not known');
  });

  test('a folder without a DAG file', async () => {
    const root = makeRepository({ 'a.py': 'import os\n' });
    const { exitCode, stderr } = await run(['graph', root], { workingDirectory: '/' });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`no DAG file in ${root} (1 Python files`);
  });

  test('control characters of a path do not reach the terminal', async () => {
    const { stderr } = await run(['graph', '\u001b]0;title\u0007'], { workingDirectory: '/' });
    expect(stderr).not.toContain('\u001b');
    expect(stderr).toContain('\\x1b]0;title\\x07');
  });
});

describe('colour', () => {
  test.each<[string, string[], Record<string, string>, boolean, boolean]>([
    ['on a terminal', [], {}, true, true],
    ['not into a pipe', [], {}, false, false],
    ['not with NO_COLOR', [], { NO_COLOR: '1' }, true, false],
    ['not on a dumb terminal', [], { TERM: 'dumb' }, true, false],
  ])('%s', async (_name, words, environment, isTerminal, isColored) => {
    const { stderr } = await run(['missing', ...words], { workingDirectory: '/', environment, isTerminal });
    expect(stderr.includes('\u001b[31m')).toBe(isColored);
  });
});

describe('dag2event.yaml', () => {
  async function graphWith(config: string, words: string[] = []) {
    const root = makeRepository({ 'dags/a.py': dag, 'dag2event.yaml': config });
    return run(['graph', path.join(root, 'dags'), ...words], { workingDirectory: '/' });
  }

  test.each([
    ['airflow_version: "2.9.3"', 'unknown key airflow_version', 'did you mean airflow-version?'],
    ['parzer: wasm', 'unknown key parzer', 'did you mean parser?'],
    ['airflow-version: 2.10', 'airflow-version: write it in quotes', 'schema config'],
    ['jobs: many', 'jobs: ', 'schema config'],
    ['- a', 'the file: ', 'schema config'],
    ['a: [', "can't be read", 'YAML'],
    ['base-url: https://elsewhere.example', 'base-url is only taken from the command line', 'give --base-url'],
    ['max-cost: 100', 'max-cost is only taken from the command line', 'give --max-cost'],
    ['variables: ../../secrets.json', 'variables leads out of the folder', '--variables'],
    ['output: /tmp', 'output leads out of the folder', '--output'],
  ])('%s', async (config, message, advice) => {
    const { exitCode, stdout, stderr } = await graphWith(config);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(advice);
  });
});
