import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { CheckDocument } from '../../src/model/check.js';
import { run } from '../cli/run.js';
import { change, commitAll, git, initGit } from '../support/git.js';
import { runPythonModule, schemaProblems } from '../support/judges.js';

// What brings the check into CI is judged by the schemas of the CI systems and run as they would run it.

const project = fileURLToPath(new URL('../../', import.meta.url));
const cli = path.join(project, 'dist/cli.js');
let workspace = '';
beforeAll(() => {
  workspace = realpathSync(mkdtempSync(path.join(tmpdir(), 'dag2event-ci-')));
});
afterAll(() => rmSync(workspace, { recursive: true, force: true }));

const dag = (timeout: string) => `import pendulum
from airflow.providers.standard.sensors.filesystem import FileSensor
from airflow.sdk import DAG

with DAG("files", schedule="@daily", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    FileSensor(task_id="wait", filepath="/inbox/x"${timeout})
`;
const faulty = { 'dags/broken.py': 'from airflow.sdk import DAG\n\nwith DAG("x")\n    pass\n' };

/** A repository with a branch that brings a broken file. */
function repository(name: string): { folder: string; base: string } {
  const folder = path.join(workspace, name);
  mkdirSync(folder, { recursive: true });
  change(folder, { 'dags/files.py': dag(''), 'requirements.txt': 'apache-airflow==3.2.2\n' });
  const base = initGit(folder);
  change(folder, faulty);
  commitAll(folder);
  return { folder, base };
}

/** Programs in front of the real ones, by their scripts. */
function programs(name: string, scripts: Record<string, string>): string {
  const folder = path.join(workspace, `${name}-bin`);
  mkdirSync(folder, { recursive: true });
  for (const [program, script] of Object.entries(scripts)) {
    writeFileSync(path.join(folder, program), `#!/bin/bash\n${script}\n`);
    chmodSync(path.join(folder, program), 0o755);
  }
  return `${folder}:${process.env['PATH'] ?? ''}`;
}

/** npx, with the package that is built here instead of the one that is asked for. */
const npx = `[ "$1" = --yes ] && [[ "$2" == dag2event@* ]] || exit 99; shift 2; exec "${process.execPath}" "${cli}" "$@"`;

function shell(script: string, folder: string, environment: Record<string, string>) {
  // As GitHub runs `shell: bash`.
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? workspace, DAG2EVENT_CACHE_DIR: path.join(workspace, 'cache'), npm_config_prefer_offline: 'true', ...environment },
  });
  return { status, stdout, stderr };
}

describe('init ci', () => {
  test.each([
    ['github', '.github/workflows/dag2event.yml', 'vendor.github-workflows'],
    ['github', '.github/workflows/dag2event-comment.yml', 'vendor.github-workflows'],
    ['gitlab', '.gitlab/dag2event.gitlab-ci.yml', 'vendor.gitlab-ci'],
  ])('%s writes %s, which meets the schema', async (system, file, builtin) => {
    const folder = mkdtempSync(path.join(workspace, 'init-'));
    const at = { workingDirectory: folder };
    expect(await run(['init', 'ci', system], at)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(file) });
    expect(schemaProblems(path.join(folder, file), { builtin })).toBe('');
    expect(await run(['init', 'ci', system], at)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is there already') });
  }, 120_000);

  test('pre-commit reads its configuration and our hooks', async () => {
    const folder = mkdtempSync(path.join(workspace, 'init-'));
    await run(['init', 'ci', 'pre-commit'], { workingDirectory: folder });
    runPythonModule('pre_commit', ['validate-config', path.join(folder, '.pre-commit-config.yaml')]);
    runPythonModule('pre_commit', ['validate-manifest', path.join(project, '.pre-commit-hooks.yaml')]);
  }, 120_000);

  test('finds the system, or asks', async () => {
    const folder = mkdtempSync(path.join(workspace, 'init-'));
    const at = { workingDirectory: folder };
    expect(await run(['init', 'ci'], at)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('name one of github, gitlab, pre-commit') });
    expect(await run(['init', 'ci', 'gitlb'], at)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('did you mean gitlab?') });
    writeFileSync(path.join(folder, '.gitlab-ci.yml'), '');
    expect((await run(['init', 'ci'], at)).stdout).toBe('.gitlab/dag2event.gitlab-ci.yml\n');
  });
});

describe('the lines of the templates', () => {
  test('of GitLab write its reports and fail for what is new', async () => {
    const { folder, base } = repository('gitlab');
    await run(['init', 'ci', 'gitlab'], { workingDirectory: folder });
    const job = parse(readFileSync(path.join(folder, '.gitlab/dag2event.gitlab-ci.yml'), 'utf8')).dag2event;
    const { status, stdout } = shell(job.script.join('\n'), folder, { PATH: programs('gitlab', { npx }), GITLAB_CI: 'true', CI_MERGE_REQUEST_DIFF_BASE_SHA: base, ...job.variables });
    expect(status).toBe(1);
    expect(stdout).toContain('1 error (not counted: 2 as before the change)');
    expect(JSON.parse(readFileSync(path.join(folder, job.artifacts.reports.codequality), 'utf8'))).toMatchObject([{ check_name: 'D2E005', location: { path: 'dags/broken.py', lines: { begin: 3 } } }]);
    expect(readFileSync(path.join(folder, job.artifacts.reports.junit), 'utf8')).toContain('failures="1"');
  }, 60_000);

  test('of GitHub write annotations, summary, SARIF and the comment', async () => {
    const { folder, base } = repository('github');
    await run(['init', 'ci', 'github'], { workingDirectory: folder });
    const { jobs } = parse(readFileSync(path.join(folder, '.github/workflows/dag2event.yml'), 'utf8'));
    const line = jobs.dag2event.steps.find((step: { name?: string }) => step.name === 'Check DAGs').run;
    const summary = path.join(workspace, 'summary.md');
    const event = path.join(workspace, 'event.json');
    writeFileSync(event, JSON.stringify({ pull_request: { base: { sha: base } } }));
    const { status, stdout } = shell(line, folder, { PATH: programs('github', { npx }), GITHUB_ACTIONS: 'true', GITHUB_EVENT_PATH: event, GITHUB_STEP_SUMMARY: summary });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error file=dags\/broken\.py,line=3,/m);
    expect(readFileSync(summary, 'utf8')).toContain('D2E005');
    expect(existsSync(path.join(folder, 'dag2event.sarif'))).toBe(true);
    expect(readFileSync(path.join(folder, 'dag2event.md'), 'utf8')).toMatch(/<!-- dag2event:github -->\n$/);
  }, 60_000);

  test.each([
    ['writes a comment', '', 'POST repos/o/r/issues/7/comments'],
    ['updates its own', '41', 'PATCH repos/o/r/issues/comments/41'],
  ])('of the comment workflow: %s', async (name, comment, expected) => {
    const folder = mkdtempSync(path.join(workspace, 'comment-'));
    await run(['init', 'ci', 'github'], { workingDirectory: folder });
    const { jobs } = parse(readFileSync(path.join(folder, '.github/workflows/dag2event-comment.yml'), 'utf8'));
    const log = path.join(folder, 'log');
    const gh = `echo "$*" >> "${log}"
case "$*" in
  'run download'*) printf 'text\\n\\n<!-- dag2event:x -->\\n' > dag2event.md ;;
  *comments?per_page*) printf '%s' '${comment}' ;;
  *repos/o/r/pulls*) echo 7 ;;
esac`;
    const { status, stderr } = shell(jobs.comment.steps[0].run, folder, { PATH: programs(name.replace(/ /g, ''), { gh }), REPOSITORY: 'o/r', RUN: '1', HEAD_SHA: 'abc', HEAD: 'fork:branch' });
    expect(status, stderr).toBe(0);
    expect(readFileSync(log, 'utf8')).toContain(`api --method ${expected} -F body=@dag2event.md --silent`);
  });

  test('of the comment workflow post nothing that lacks the mark', async () => {
    const folder = mkdtempSync(path.join(workspace, 'comment-'));
    await run(['init', 'ci', 'github'], { workingDirectory: folder });
    const { jobs } = parse(readFileSync(path.join(folder, '.github/workflows/dag2event-comment.yml'), 'utf8'));
    const log = path.join(folder, 'log');
    const gh = `echo "$*" >> "${log}"\ncase "$*" in 'run download'*) echo 'buy now' > dag2event.md ;; *pulls*) echo 7 ;; esac`;
    expect(shell(jobs.comment.steps[0].run, folder, { PATH: programs('unmarked', { gh }), REPOSITORY: 'o/r', RUN: '1', HEAD_SHA: 'a', HEAD: 'f:b' }).status).toBe(0);
    expect(readFileSync(log, 'utf8')).not.toContain('body=');
  });
});

describe('action.yml', () => {
  test('meets the schema, and names of others never stand in a script', () => {
    const file = path.join(project, 'action.yml');
    expect(schemaProblems(file, { builtin: 'vendor.github-actions' })).toBe('');
    for (const step of parse(readFileSync(file, 'utf8')).runs.steps) expect(step.run ?? '').not.toContain('${{');
  }, 60_000);

  test('installs, checks, and gives its outputs and the verdict', () => {
    const { folder, base } = repository('action');
    const action = parse(readFileSync(path.join(project, 'action.yml'), 'utf8'));
    const [packed] = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', workspace], { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    const output = path.join(workspace, 'output');
    const inputs: Record<string, string> = { ...Object.fromEntries(Object.entries<{ default: string }>(action.inputs).map(([name, input]) => [name, input.default])), base, 'max-warnings': '5', package: path.join(workspace, packed.filename), report: 'true' };
    const common = { RUNNER_TEMP: path.join(workspace, 'runner temp'), GITHUB_OUTPUT: output, GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: path.join(workspace, 'step.md') };
    mkdirSync(common.RUNNER_TEMP);
    const outputs: Record<string, string> = {};
    const codes = new Map<string, number | null>();
    for (const step of action.runs.steps) {
      if (step.run === undefined) continue;
      const environment = Object.fromEntries(
        Object.entries<string>(step.env ?? {}).map(([name, value]) => [name, value.replace(/\$\{\{ (inputs|steps\.check\.outputs)\.([\w-]+) \}\}/, (_all, kind: string, key: string) => (kind === 'inputs' ? inputs : outputs)[key] ?? '')]),
      );
      const { status, stdout, stderr } = shell(step.run, folder, { ...common, ...environment });
      codes.set(step.name, status);
      if (step.id !== 'check') continue;
      expect(status, stderr).toBe(0);
      expect(stdout).toContain('::error file=dags/broken.py,line=3');
      for (const line of readFileSync(output, 'utf8').trimEnd().split('\n')) outputs[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
    }
    expect(Object.fromEntries(codes)).toEqual({ 'Install dag2event': 0, 'Check DAGs': 0, 'Make the report': 0, Verdict: 1 });
    expect(Object.keys(outputs).sort()).toEqual(Object.keys(action.outputs).sort());
    expect(CheckDocument.parse(JSON.parse(readFileSync(outputs['json'] ?? '', 'utf8'))).counts).toMatchObject({ error: 1, unchanged: 2 });
    expect(existsSync(outputs['sarif'] ?? '') && existsSync(outputs['comment'] ?? '')).toBe(true);
    expect(readFileSync(path.join(common.RUNNER_TEMP, 'dag2event-results/dag2event.html'), 'utf8')).toContain('<!doctype html>');
  }, 300_000);
});

test('pre-commit builds the hook from git, stops a commit that brings an error, and lets others pass', () => {
  const hooks = path.join(workspace, 'hooks');
  const names = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: project, encoding: 'utf8' });
  // What the build needs; the fixtures are not part of it.
  for (const name of names.split('\0').filter((each) => each !== '' && existsSync(path.join(project, each)) && /^(src\/|scripts\/|[^/]+$)/.test(each))) cpSync(path.join(project, name), path.join(hooks, name));
  const revision = initGit(hooks);
  const folder = path.join(workspace, 'committed');
  mkdirSync(folder);
  change(folder, {
    'dags/files.py': dag(', timeout=60'),
    'requirements.txt': 'apache-airflow==3.2.2\n',
    '.pre-commit-config.yaml': `repos:\n  - repo: ${hooks}\n    rev: ${revision}\n    hooks: [{ id: dag2event }]\n`,
  });
  initGit(folder);
  const environment = { PRE_COMMIT_HOME: path.join(workspace, 'pre-commit'), DAG2EVENT_CACHE_DIR: path.join(workspace, 'cache'), npm_config_prefer_offline: 'true' };
  const hook = () => {
    git(folder, 'add', '-A');
    return spawnSync('git', ['status'], { cwd: folder }).status === 0 ? attempt(() => runPythonModule('pre_commit', ['run'], { cwd: folder, env: environment })) : 'no git';
  };
  change(folder, { 'dags/more.py': dag(', timeout=90').replaceAll('"files"', '"more"') });
  expect(hook()).toMatch(/dag2event\.+Passed/);
  change(folder, faulty);
  const refused = hook();
  expect(refused).toMatch(/dag2event\.+Failed/);
  expect(refused).toContain('dags/broken.py\n  3:1  error  D2E005');
}, 600_000);

function attempt(work: () => string): string {
  try {
    return work();
  } catch (error) {
    return (error as { stdout?: string }).stdout ?? String(error);
  }
}
