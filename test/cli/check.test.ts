import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkRules } from '../../src/check/rules/registry.js';
import { BaselineDocument, CheckDocument } from '../../src/model/check.js';
import { change, commitAll, git, initGit } from '../support/git.js';
import { makeRepository } from '../unit/discover/temporary-repository.js';
import { run, type RunResult } from './run.js';

const header = 'import pendulum\nfrom airflow.providers.standard.operators.empty import EmptyOperator\nfrom airflow.providers.standard.sensors.external_task import ExternalTaskSensor\nfrom airflow.sdk import DAG, Asset\n\nstart = pendulum.datetime(2026, 1, 1)\n';
const load = (schedule: string, id = 'load') => `${header}\nwith DAG("${id}", schedule=${schedule}, start_date=start, catchup=False):\n    EmptyOperator(task_id="done")\n`;
const report = `${header}\nwith DAG("report", schedule="0 2 * * *", start_date=start, catchup=False):\n    ExternalTaskSensor(task_id="wait", external_dag_id="load", external_task_id="done", mode="reschedule", timeout=600)\n`;
const poking = `${header}from airflow.providers.standard.sensors.filesystem import FileSensor\n\nwith DAG("files", schedule="@daily", start_date=start, catchup=False):\n    FileSensor(task_id="wait", filepath="/inbox/x")\n`;
// Any sensor here polls something that has an event: the tests are about other rules.
const quiet = 'check:\n  rules: { D2E001: "off" }\n';
const pins = { 'requirements.txt': 'apache-airflow==3.2.2\n', 'dag2event.yaml': quiet };

const estate = { ...pins, 'dags/load.py': load('"0 2 * * *"'), 'dags/report.py': report };

interface Checked extends RunResult {
  document: CheckDocument;
  rules: string[];
}

/** Runs a check with its document beside. */
async function check(folder: string, words: string[] = [], environment: Record<string, string> = {}): Promise<Checked> {
  const result = await run(['check', '.', '--format', 'json', '--quiet', ...words], { workingDirectory: folder, environment });
  const document = CheckDocument.parse(JSON.parse(result.stdout === '' ? '{}' : result.stdout));
  return { ...result, document, rules: document.findings.map((finding) => finding.rule) };
}

function repository(files: Record<string, string>): string {
  const folder = makeRepository(files);
  initGit(folder);
  return folder;
}

describe('every rule', () => {
  test.each(checkRules.filter((rule) => rule.doc.id !== 'D2E018').map((rule) => [rule.doc.id, rule] as const))('%s is found by the command line', async (id, { doc }) => {
    const parts = doc.bad.source.split(/^# --- file: (\S+)\n/m);
    const files: Record<string, string> = { 'dags/example.py': parts[0] ?? '' };
    for (let index = 1; index + 1 < parts.length; index += 2) files[`dags/${parts[index] ?? ''}`] = parts[index + 1] ?? '';
    const folder = makeRepository({ ...files, 'requirements.txt': `apache-airflow==${doc.bad.airflow}\n` });
    const { document, exitCode } = await check(folder);
    const found = document.findings.find((finding) => finding.rule === id);
    expect(found).toMatchObject({ level: doc.level, state: 'new' });
    expect(exitCode).toBe(document.counts.error > 0 ? 1 : 0);
    const strict = await check(folder, ['--preset', 'strict']);
    expect(strict.document.findings.find((finding) => finding.rule === id)?.level).toBe(doc.level === 'note' ? 'warning' : 'error');
    const off = await check(folder, ['--config', configOf(folder, `check:\n  rules: { ${id}: "off" }\n`)]);
    expect(off.rules).not.toContain(id);
  });

  test('D2E018 compares with the plan that is given', async () => {
    const folder = makeRepository({ ...pins, 'dags/load.py': load('"0 2 * * *"') });
    const at = { workingDirectory: folder };
    await run(['plan', '.', '--offline', '--format', 'json', '--output', 'plan.json'], at);
    expect((await check(folder, ['--plan', 'plan.json'])).rules).toEqual([]);
    change(folder, { 'dags/load.py': load('[Asset("s3://a/b")]'), 'dags/more.py': load('"@daily"', 'more') });
    const { document } = await check(folder, ['--plan', 'plan.json']);
    expect(document.findings.filter((finding) => finding.rule === 'D2E018').map((finding) => [finding.dag_id, finding.level])).toEqual([
      ['load', 'warning'],
      ['more', 'note'],
    ]);
  });
});

function configOf(folder: string, text: string): string {
  const file = path.join(folder, 'own.yaml');
  writeFileSync(file, text);
  return file;
}

describe('--base', () => {
  test('reports a sensor in a file that the change does not touch', async () => {
    const folder = repository(estate);
    expect((await check(folder, ['--base', 'HEAD'])).rules).toEqual([]);
    change(folder, { 'dags/load.py': load('"30 2 * * *"') });
    const { document, exitCode } = await check(folder, ['--base', 'HEAD']);
    expect(document.findings).toMatchObject([{ rule: 'D2E002', dag_id: 'report', place: { file: 'dags/report.py' }, because_of: ['dags/load.py'] }]);
    expect(document.scope).toMatchObject({ kind: 'changed', base: 'HEAD', changed_files: ['dags/load.py'] });
    expect(exitCode).toBe(1);
  });

  test.each<[string, Record<string, string>, Record<string, string | null>, string[]]>([
    ['a new DAG in a new file', {}, { 'dags/files.py': poking }, ['D2E003']],
    ['a deleted DAG that is awaited', {}, { 'dags/load.py': null }, ['D2E017']],
    ['a renamed DAG', {}, { 'dags/load.py': load('"0 2 * * *"', 'loads') }, ['D2E017']],
    ['a renamed file', {}, { 'dags/load.py': null, 'dags/other name.py': load('"0 2 * * *"') }, []],
    [
      'an imported helper',
      { 'dags/load.py': `from helper import clock\n${load('clock')}`, 'dags/helper.py': 'clock = "0 2 * * *"\n' },
      { 'dags/helper.py': 'clock = "5 2 * * *"\n' },
      ['D2E002'],
    ],
    [
      'a YAML file that a factory reads',
      { 'dags/load.py': load('clock').replace('start =', 'import os, yaml\nclock = yaml.safe_load(open(os.path.join(os.path.dirname(__file__), "c.yaml")))["at"]\nstart ='), 'dags/c.yaml': 'at: "0 2 * * *"\n' },
      { 'dags/c.yaml': 'at: "7 2 * * *"\n' },
      ['D2E002'],
    ],
    [
      'a Variable',
      { 'dags/load.py': load('Variable.get("at")').replace('import DAG', 'import Variable, DAG'), 'variables.json': '{"at": "0 2 * * *"}' },
      { 'variables.json': '{"at": "9 2 * * *"}' },
      ['D2E002'],
    ],
    ['an asset that loses its producer', { 'dags/load.py': load('"0 2 * * *"').replace('task_id="done"', 'task_id="done", outlets=[Asset("x-a://b")]'), 'dags/c.py': load('[Asset("x-a://b")]', 'consumer') }, { 'dags/load.py': load('"0 2 * * *"') }, ['D2E013']],
    ['the Airflow release', { 'dags/old.py': load('"@daily"', 'old').replace('schedule=', 'schedule_interval='), 'requirements.txt': 'apache-airflow==2.9.3\n' }, { 'requirements.txt': 'apache-airflow==3.2.2\n' }, ['D2E005']],
    ['nothing but comments and blank lines', {}, { 'dags/load.py': `# a comment\n\n\n${load('"0 2 * * *"')}` }, []],
  ])('sees what follows from %s', async (_name, before, changes, rules) => {
    const imports = (files: Record<string, string>) => (files['requirements.txt'] === 'apache-airflow==2.9.3\n' ? twoX(files) : files);
    const folder = repository(imports({ ...estate, ...before }));
    const base = git(folder, 'rev-parse', 'HEAD');
    change(folder, changes);
    commitAll(folder);
    expect((await check(folder, ['--base', base])).rules).toEqual(rules);
    expect((await check(folder, ['--base', 'HEAD'])).rules).toEqual([]);
  });

  test('compares with where the change left the branch, not with its tip', async () => {
    const folder = repository(estate);
    git(folder, 'checkout', '-qb', 'feature');
    change(folder, { 'dags/files.py': poking });
    commitAll(folder);
    git(folder, 'checkout', '-q', 'main');
    change(folder, { 'dags/load.py': null });
    commitAll(folder);
    git(folder, 'checkout', '-q', 'feature');
    const { document, rules } = await check(folder, ['--base', 'main']);
    expect(rules).toEqual(['D2E003']);
    expect(document.scope).toMatchObject({ changed_files: ['dags/files.py'] });
  });

  test('takes names that git would quote, links, and folders that were not there', async () => {
    const folder = repository({ 'README.md': '' });
    change(folder, { 'dags/näme\n例 "x".py': poking, 'dags/load.py': load('"0 2 * * *"') });
    symlinkSync('load.py', path.join(folder, 'dags/link.py'));
    const first = await check(folder, ['--base', 'HEAD']);
    expect(first.document.scope).toMatchObject({ changed_files: ['dags/link.py', 'dags/load.py', 'dags/näme\n例 "x".py'] });
    expect(first.rules).toContain('D2E003');
    commitAll(folder);
    expect((await check(folder, ['--base', 'HEAD'])).rules).toEqual([]);
    expect((await check(folder, ['--base', 'HEAD~1'])).rules.sort()).toEqual([...first.rules].sort());
  });

  test('works in a folder of the checkout, and tells paths from its root', async () => {
    const folder = repository(Object.fromEntries(Object.entries(estate).map(([name, text]) => [`team/${name}`, text])));
    change(folder, { 'team/dags/load.py': load('"30 2 * * *"') });
    const { document } = await check(path.join(folder, 'team'), ['--base', 'HEAD']);
    expect(document).toMatchObject({ prefix: 'team/', findings: [{ rule: 'D2E002', place: { file: 'dags/report.py' } }] });
    const { stdout } = await run(['check', 'team', '--base', 'HEAD', '--format', 'github', '--quiet'], { workingDirectory: folder });
    expect(stdout).toContain('file=team/dags/report.py,');
  });

  test('takes the configuration of each state', async () => {
    const folder = repository({ ...estate, 'dag2event.yaml': `${quiet}env: { AT: "0 2 * * *" }\n`, 'dags/load.py': load('os.environ["AT"]').replace('start =', 'import os\nstart =') });
    change(folder, { 'dag2event.yaml': `${quiet}env: { AT: "0 3 * * *" }\n` });
    expect((await check(folder, ['--base', 'HEAD'])).rules).toEqual(['D2E002']);
  });

  test('keeps the analysis of a commit, and is told the same', async () => {
    const folder = repository(estate);
    change(folder, { 'dags/files.py': poking });
    const cache = makeRepository({}, 'cache');
    const words = ['check', '.', '--base', 'HEAD', '--format', 'json', '--cache-dir', cache];
    const first = await run(words, { workingDirectory: folder, build: 'b' });
    const second = await run(words, { workingDirectory: folder, build: 'b' });
    expect(second).toEqual(first);
    expect(JSON.parse(first.stdout).findings).toHaveLength(1);
  });
});

/** The same DAGs as Airflow 2 imports them. */
function twoX(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      text
        .replace('from airflow.providers.standard.operators.empty', 'from airflow.operators.empty')
        .replace('from airflow.providers.standard.sensors.external_task', 'from airflow.sensors.external_task')
        .replace('from airflow.sdk import DAG, Asset', 'from airflow import DAG'),
    ]),
  );
}

describe('git that cannot help', () => {
  const said = (text: string) => ({ kind: 'all', reason: expect.stringContaining(text) });

  test('a base that is not there: everything, and no pass', async () => {
    const folder = repository(estate);
    const { document, exitCode } = await check(folder, ['--base', 'nowhere']);
    expect(document.scope).toEqual(said('nowhere is no commit of this repository'));
    expect(exitCode).toBe(3);
    change(folder, { 'dags/load.py': load('"30 2 * * *"') });
    expect((await check(folder, ['--base', 'nowhere'])).exitCode).toBe(1);
  });

  test('no checkout', async () => {
    const { document, exitCode } = await check(makeRepository(estate), ['--base', 'main']);
    expect(document.scope).toEqual(said('is no git checkout'));
    expect(exitCode).toBe(3);
  });

  test('no commit yet', async () => {
    const folder = makeRepository(estate);
    git(folder, 'init', '-q');
    const { document, exitCode } = await check(folder, ['--base', 'HEAD']);
    expect([document.scope, exitCode]).toEqual([said('no commit yet'), 0]);
  });

  test('no git', async () => {
    const folder = repository(estate);
    const before = process.env['PATH'];
    process.env['PATH'] = folder;
    try {
      expect((await check(folder, ['--base', 'main'])).document.scope).toEqual(said('git is not installed'));
    } finally {
      process.env['PATH'] = before;
    }
  });

  test('a shallow clone: everything, with what to do', async () => {
    const origin = repository(estate);
    change(origin, { 'dags/files.py': poking });
    commitAll(origin);
    const parent = makeRepository({}, 'clones');
    git(parent, 'clone', '-q', '--depth', '1', `file://${origin}`, 'shallow');
    const folder = path.join(parent, 'shallow');
    for (const base of ['HEAD~1', 'other']) {
      const { document, exitCode, rules } = await check(folder, ['--base', base]);
      expect(document.scope).toEqual(said('shallow clone (fetch the whole history, as by fetch-depth: 0'));
      expect([exitCode, rules]).toEqual([3, ['D2E003']]);
    }
    // Found by itself, not asked for: everything was judged, and nothing of it fails.
    const found = await check(folder, [], { GITLAB_CI: 'true', CI_MERGE_REQUEST_DIFF_BASE_SHA: '1'.repeat(40) });
    expect([found.exitCode, found.document.scope.kind]).toEqual([0, 'all']);
  });

  test('a detached head and unrelated histories', async () => {
    const folder = repository(estate);
    git(folder, 'checkout', '-q', '--detach');
    change(folder, { 'dags/files.py': poking });
    expect((await check(folder, ['--base', 'main'])).rules).toEqual(['D2E003']);
    git(folder, 'checkout', '-q', '--orphan', 'alone');
    commitAll(folder);
    expect((await check(folder, ['--base', 'main'])).document.scope).toEqual(said('no commit in common'));
  });

  test('a submodule is compared by its own commits', async () => {
    const inner = repository({ 'common.py': 'clock = "0 2 * * *"\n' });
    const folder = repository({ ...estate, 'dags/load.py': `from shared.common import clock\n${load('clock')}` });
    git(folder, 'submodule', 'add', '-q', inner, 'dags/shared');
    commitAll(folder);
    expect((await check(folder, ['--base', 'HEAD'])).rules).toEqual([]);
    change(folder, { 'dags/shared/common.py': 'clock = "1 2 * * *"\n' });
    expect((await check(folder, ['--base', 'HEAD'])).rules).toEqual(['D2E002']);
  });

  test('contradictions are refused', async () => {
    const folder = repository(estate);
    const { exitCode, stderr } = await run(['check', '--base', 'HEAD', '--all'], { workingDirectory: folder });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--base and --all contradict each other')]);
    expect(await run(['check', '--base', '--output=x'], { workingDirectory: folder })).toMatchObject({ exitCode: 3 });
  });
});

describe('CI systems', () => {
  const prepared = () => {
    const folder = repository(estate);
    const base = git(folder, 'rev-parse', 'HEAD');
    git(folder, 'branch', 'target');
    git(folder, 'update-ref', 'refs/remotes/origin/target', base);
    change(folder, { 'dags/files.py': poking });
    commitAll(folder);
    return { folder, base };
  };

  test.each<[string, (base: string, folder: string) => Record<string, string>]>([
    ['GitHub, a pull request', (base, folder) => ({ GITHUB_ACTIONS: 'true', GITHUB_EVENT_PATH: eventFile(folder, { pull_request: { base: { sha: base } } }) })],
    ['GitHub, by the branch', () => ({ GITHUB_ACTIONS: 'true', GITHUB_BASE_REF: 'target', GITHUB_EVENT_PATH: '/nowhere' })],
    ['GitHub, a merge queue', (base, folder) => ({ GITHUB_ACTIONS: 'true', GITHUB_EVENT_PATH: eventFile(folder, { merge_group: { base_sha: base } }) })],
    ['GitHub, a push', (base, folder) => ({ GITHUB_ACTIONS: 'true', GITHUB_EVENT_PATH: eventFile(folder, { before: base }) })],
    ['GitLab, a merge request', (base) => ({ GITLAB_CI: 'true', CI_MERGE_REQUEST_DIFF_BASE_SHA: base })],
    ['GitLab, by the branch', () => ({ GITLAB_CI: 'true', CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'target' })],
    ['GitLab, a push', (base) => ({ GITLAB_CI: 'true', CI_COMMIT_BEFORE_SHA: base })],
    ['Azure', () => ({ TF_BUILD: 'True', SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/target' })],
    ['Bitbucket', () => ({ BITBUCKET_BUILD_NUMBER: '1', BITBUCKET_PR_DESTINATION_BRANCH: 'target' })],
    ['Jenkins', () => ({ JENKINS_URL: 'https://ci.example', CHANGE_TARGET: 'target' })],
    ['Buildkite', () => ({ BUILDKITE: 'true', BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'target' })],
  ])('%s: the base is found', async (_name, environmentOf) => {
    const { folder, base } = prepared();
    const { document, rules } = await check(folder, [], environmentOf(base, folder));
    expect(document.scope).toMatchObject({ kind: 'changed', commit: base, changed_files: ['dags/files.py'] });
    expect(rules).toEqual(['D2E003']);
    expect((await check(folder, ['--all'], environmentOf(base, folder))).document.scope).toEqual({ kind: 'all', reason: '' });
  });

  test('a first push has nothing before it', async () => {
    const { folder } = prepared();
    expect((await check(folder, [], { GITLAB_CI: 'true', CI_COMMIT_BEFORE_SHA: '0'.repeat(40) })).document.scope).toEqual({ kind: 'all', reason: '' });
  });

  test('GitHub gets text, annotations and a summary that is added to', async () => {
    const { folder } = prepared();
    const summary = path.join(makeRepository({ 's.md': 'before\n' }, 'summary'), 's.md');
    const { stdout, exitCode } = await run(['check', '--quiet'], { workingDirectory: folder, environment: { GITHUB_ACTIONS: 'true', GITHUB_BASE_REF: 'target', GITHUB_STEP_SUMMARY: summary } });
    expect(stdout).toContain('dags/files.py\n  10:5  warning  D2E003');
    expect(stdout).toMatch(/^::warning file=dags\/files\.py,line=10,/m);
    expect(readFileSync(summary, 'utf8')).toMatch(/^before\n## dag2event: repo\n/);
    expect(exitCode).toBe(0);
  });
});

function eventFile(folder: string, event: unknown): string {
  const file = `${folder}-event.json`;
  writeFileSync(file, JSON.stringify(event));
  return file;
}

describe('exceptions', () => {
  const suppressed = (comment: string) => ({ ...pins, 'dags/files.py': poking.replace('filepath="/inbox/x")', `filepath="/inbox/x")  ${comment}`) });

  test('a comment suppresses with its reason, and is counted', async () => {
    const folder = makeRepository(suppressed('# dag2event: ignore[D2E003] owner=data -- until the move'));
    const { document } = await check(folder);
    expect(document.findings).toMatchObject([{ rule: 'D2E003', state: 'suppressed', justification: 'until the move (data)' }]);
    expect(document.counts).toMatchObject({ warning: 0, suppressed: 1 });
    const { stdout } = await run(['check'], { workingDirectory: folder });
    expect(stdout).toContain('No findings (not counted: 1 suppressed by comments)');
  });

  test.each([
    ['# dag2event: ignore[D2E003]', 'D2E091', 'no reason'],
    ['# dag2event: ignore -- all of it', 'D2E091', 'no rule'],
    ['# dag2event: ignore[D2E999] -- x', 'D2E091', 'D2E999'],
    ['# dag2event: ignore[D2E003] until=2026-02-30 -- x', 'D2E091', 'no day'],
    ['# dag2event: off', 'D2E091', 'neither'],
    ['# dag2event: ignore[D2E002] -- x', 'D2E090', 'D2E002 reports nothing here'],
    ['# dag2event: ignore[D2E003] until=2020-01-01 -- x', 'D2E092', 'held until 2020-01-01'],
  ])('%s suppresses nothing, and it is said', async (comment, rule, message) => {
    const { document } = await check(makeRepository(suppressed(comment)));
    expect(document.findings.find((finding) => finding.rule === 'D2E003')?.state).toBe('new');
    expect(document.findings.find((finding) => finding.rule === rule)?.message).toContain(message);
  });

  test('a baseline takes the findings of today, keeps what is written in it, and says what is gone', async () => {
    const folder = repository({ ...estate, 'dags/files.py': poking, 'dags/load.py': load('"30 2 * * *"') });
    const at = { workingDirectory: folder };
    expect((await check(folder)).exitCode).toBe(1);
    const written = await run(['baseline', '--reason', 'old', '--owner', 'data', '--expires', '2999-01-01'], at);
    expect(written).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('.dag2event-baseline.json: 2 findings (2 added, 0 gone)') });
    const { document, exitCode } = await check(folder);
    expect([exitCode, document.counts.baseline, document.counts.error]).toEqual([0, 2, 0]);

    renameSync(path.join(folder, 'dags/files.py'), path.join(folder, 'dags/moved.py'));
    writeFileSync(path.join(folder, 'dags/moved.py'), `\n\n${poking}`);
    expect((await check(folder)).document.counts).toMatchObject({ baseline: 2, warning: 0 });

    change(folder, { 'dags/moved.py': null });
    const gone = await check(folder);
    expect(gone.document.findings).toMatchObject([{ rule: 'D2E093', place: { file: '.dag2event-baseline.json', line: expect.any(Number) } }, { state: 'baseline' }]);
    expect((await check(folder, ['--no-baseline'])).exitCode).toBe(1);
    await run(['baseline', '--reason', 'new'], at);
    const { entries } = BaselineDocument.parse(JSON.parse(readFileSync(path.join(folder, '.dag2event-baseline.json'), 'utf8')));
    expect(entries).toMatchObject([{ rule: 'D2E002', reason: 'old', owner: 'data', expires: '2999-01-01' }]);
  });

  test('an entry that has expired counts no more', async () => {
    const folder = makeRepository({ ...pins, 'dags/files.py': poking });
    await run(['baseline', '--expires', '2020-01-01', '--output', 'b.json'], { workingDirectory: folder });
    expect((await check(folder, ['--baseline', 'b.json'])).rules.sort()).toEqual(['D2E003', 'D2E092']);
    expect(existsSync(path.join(folder, '.dag2event-baseline.json'))).toBe(false);
  });

  test.each([
    ['no.json', undefined, "doesn't exist"],
    ['b.json', '{', 'is not JSON'],
    ['b.json', '{"schema":"dag2event/baseline","schema_version":"1.0","entries":[{}]}', 'entries.0.fingerprint'],
    ['b.json', '{"schema":"dag2event/baseline","schema_version":"9.0","entries":[]}', 'schema version 9.0'],
  ])('a baseline that cannot be used is refused: %s', async (name, content, message) => {
    const folder = makeRepository({ ...pins, 'dags/files.py': poking, ...(content !== undefined && { 'b.json': content }) });
    expect(await run(['check', '--baseline', name], { workingDirectory: folder })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
  });
});

describe('the verdict', () => {
  test.each<[string[], number]>([
    [[], 0],
    [['--fail-on', 'warning'], 1],
    [['--fail-on', 'never'], 0],
    [['--max-warnings', '0'], 1],
    [['--max-warnings', '1'], 0],
    [['--max-warnings', '0', '--exit-zero'], 0],
  ])('of one warning with %j is %i', async (words, code) => {
    expect((await check(makeRepository({ ...pins, 'dags/files.py': poking }), words)).exitCode).toBe(code);
  });

  test('follows the configuration, by path and tag', async () => {
    const tagged = poking.replace('catchup=False', 'catchup=False, tags=["vip"]').replaceAll('"files"', '"vip"');
    const folder = makeRepository({ ...pins, 'dags/old/files.py': poking, 'dags/vip.py': tagged });
    change(folder, { 'dag2event.yaml': `${quiet}  overrides:\n    - { paths: [dags/old/], rules: { d2e003: "off" } }\n    - { tags: [vip], rules: { D2E003: error } }\n` });
    const { document, exitCode } = await check(folder);
    expect(document.findings.map((finding) => [finding.dag_id, finding.level])).toEqual([['vip', 'error']]);
    expect(exitCode).toBe(1);
    change(folder, { 'dag2event.yaml': 'check:\n  fail-on: never\n  rules: { D2E03: "off" }\n' });
    expect(await run(['check'], { workingDirectory: folder })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('no check rule has the id "D2E03"') });
  });

  test('formats go to several places, and two never to one', async () => {
    const folder = makeRepository({ ...pins, 'dags/files.py': poking });
    const at = { workingDirectory: folder };
    const { stdout, stderr } = await run(['check', '--format', 'sarif=out/a.sarif', '--format', 'junit=out/j.xml', '--format', 'gitlab'], at);
    expect(JSON.parse(stdout)).toHaveLength(1);
    expect(stderr).toContain('1 warning');
    expect(existsSync(path.join(folder, 'out/a.sarif')) && existsSync(path.join(folder, 'out/j.xml'))).toBe(true);
    for (const [words, message] of [
      [['--format', 'json', '--format', 'sarif'], 'would go to the same place'],
      [['--format', 'sarif='], 'names no file'],
      [['--format', 'sarf=x'], 'did you mean sarif?'],
      [['--format', 'summary'], 'has no file'],
      [['--max-warnings', '-1'], 'is no number'],
      [['--preset', 'strickt'], 'did you mean strict?'],
    ] as const) {
      expect(await run(['check', ...words], at)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
    }
  });

  test('of a stored analysis is the same, but for its lines', async () => {
    const folder = makeRepository({ ...pins, 'dags/files.py': poking });
    const at = { workingDirectory: folder };
    await run(['analyze', '.', '--format', 'json', '--output', 'a.json'], at);
    const { stdout } = await run(['check', 'a.json', '--quiet', '--format', 'json'], at);
    expect(JSON.parse(stdout).findings).toEqual((await check(folder)).document.findings);
    rmSync(path.join(folder, 'dags'), { recursive: true });
    mkdirSync(path.join(folder, 'dags'));
    appendFileSync(path.join(folder, 'dags/x'), '');
    expect(await run(['check', 'a.json', '--base', 'main', '--quiet'], at)).toMatchObject({ exitCode: 3 });
  });
});
