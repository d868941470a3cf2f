import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { CheckedFinding } from '../../../src/model/check.js';
import { withoutCommands } from '../../../src/commands/io.js';
import { renderGithubAnnotations } from '../../../src/report/check/github.js';
import { renderGitlab } from '../../../src/report/check/gitlab.js';
import { renderJunit } from '../../../src/report/check/junit.js';
import { lineHashes } from '../../../src/report/check/line-hash.js';
import { renderCheckComment, renderCheckMarkdown } from '../../../src/report/check/markdown.js';
import { renderSarif } from '../../../src/report/check/sarif.js';
import { renderCheckText } from '../../../src/report/check/text.js';
import { checkOf, finding, hostileNames, viewOf } from '../../support/check.js';
import { junitSchema, sarifSchema, schemaProblems, xsdProblems } from '../../support/judges.js';

const source = 'import os\n\n    FileSensor(task_id="wait")  # here\n';
const folder = mkdtempSync(path.join(tmpdir(), 'dag2event-formats-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileWith(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** Every name in every place that repository text can reach. */
const hostileFindings = hostileNames.map((name, index) =>
  finding({
    level: (['error', 'warning', 'note'] as const)[index % 3] ?? 'note',
    dag_id: name,
    task_id: name,
    message: `${name} is wrong`,
    cure: `change ${name}`,
    place: { file: `${name}.py`.replaceAll('\0', '\u0001'), line: 1 },
    related: [{ file: name, line: 2 }],
    because_of: [name],
    state: index % 5 === 4 ? 'suppressed' : 'new',
    justification: index % 5 === 4 ? name : null,
  }),
);
const hostile = viewOf(checkOf(hostileFindings, { name: '<b>@x</b>', incomplete: hostileNames.slice(0, 12), bugs: [{ rule: 'D2E001', file: '::error::x', text: '<x>&' }] }), hostileNames.join('\n'));
const many = (count: number, level: CheckedFinding['level'] = 'warning') =>
  Array.from({ length: count }, (_each, index) => finding({ level, dag_id: `dag_${index}`, place: { file: `dags/d${index}.py`, line: 1 + (index % 9) } }));

// What acts on a terminal, or reorders what is read.
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const acting = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

describe('text', () => {
  test('shows the line, where on it, the cure and what is left out', () => {
    const suppressed = finding({ dag_id: 'other', state: 'suppressed', justification: 'known' });
    const text = renderCheckText(viewOf(checkOf([finding({ because_of: ['dags/base.py'], related: [{ file: 'dags/other.py', line: 9 }] }), suppressed]), source), { color: false });
    expect(text.split('\n')).toEqual([
      'dags/load.py',
      '  3:5  warning  D2E003  load.wait',
      '     3 |     FileSensor(task_id="wait")  # here',
      '       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
      '     wait (FileSensor) can hold a worker slot for 7 days',
      '     cure  Use deferrable=True',
      '     by    the change of dags/base.py',
      '     see   dags/other.py:9',
      '',
      'Looked at everything: 0 DAGs',
      '1 warning (not counted: 1 suppressed by comments)',
      'dag2event explain D2E003 says why, and shows a bad and a good DAG.',
      '',
    ]);
  });

  test('joins what one line causes', () => {
    const text = renderCheckText(viewOf(checkOf(many(9).map((each) => ({ ...each, place: { file: 'dags/f.py', line: 3 } }))), source), { color: false });
    expect(text.match(/cure {2}/g)).toHaveLength(1);
    expect(text).toContain('9 DAGs or tasks');
    expect(text).toContain('and 6 more');
  });

  test('lets nothing of a name act', () => {
    const text = withoutCommands(renderCheckText(hostile, { color: false }));
    expect(text).not.toMatch(acting);
    expect(text.split('\n').filter((line) => /^\s*::|##\w*\[/.test(line))).toEqual([]);
  });
});

/** GitHub's runner, by its own parser of commands (actions/runner, ActionCommand.TryParseV2). */
function readCommand(line: string) {
  const [, name = '', list = '', text = ''] = /^\s*::(\w[\w-]*)(?: ([^:]*))?::([\s\S]*)$/.exec(line) ?? [];
  const unescaped = (value: string) => value.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%');
  const properties = Object.fromEntries(list.split(',').filter((each) => each !== '').map((each) => [each.slice(0, each.indexOf('=')), unescaped(each.slice(each.indexOf('=') + 1))]));
  return { name, properties, text: text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%') };
}

describe('GitHub annotations', () => {
  test('are read by the documented escaping', () => {
    const odd = finding({ message: '100 % of a:b,c\nnext', place: { file: 'dags/a,b:c%.py', line: 3 } });
    const [line = ''] = renderGithubAnnotations(viewOf(checkOf([odd], { prefix: 'sub/' }), source)).split('\n');
    const command = readCommand(line);
    expect(command).toMatchObject({ name: 'warning', properties: { file: 'sub/dags/a,b:c%.py', line: '3', endLine: '3', col: '5', endColumn: '39' } });
    expect(command.text).toBe('100 % of a:b,c\nnext\nUse deferrable=True\ndag2event explain D2E003');
  });

  test('of hostile names are one line each, and each a known command', () => {
    const lines = renderGithubAnnotations(hostile).trimEnd().split('\n');
    expect(lines.join('\n')).not.toMatch(acting);
    for (const line of lines) {
      expect(line).toMatch(/^::(error|warning|notice) /);
      expect(Object.keys(readCommand(line).properties).sort()).toEqual(line.startsWith('::notice title=dag2event::') ? ['title'] : ['col', 'endColumn', 'endLine', 'file', 'line', 'title']);
    }
  });

  test('keep to ten of a level and say how many are left out', () => {
    const lines = renderGithubAnnotations(viewOf(checkOf([...many(300, 'error'), ...many(24_500), ...many(200, 'note')]))).trimEnd().split('\n');
    const count = (name: string) => lines.filter((line) => line.startsWith(`::${name} `)).length;
    expect([count('error'), count('warning'), count('notice')]).toEqual([10, 10, 10]);
    expect(lines.at(-1)).toContain(`${25_000 - 29} more findings`);
  });
});

describe('SARIF', { timeout: 240_000 }, () => {
  test('meets the published schema, also with hostile names', () => {
    const schema = { file: sarifSchema() };
    expect(schemaProblems(fileWith('plain.sarif', renderSarif(viewOf(checkOf([finding()]), source))), schema)).toBe('');
    expect(schemaProblems(fileWith('hostile.sarif', renderSarif(hostile)), schema)).toBe('');
    expect(schemaProblems(fileWith('broken.sarif', renderSarif(hostile).replace('"startLine": 1', '"startLine": "1"')), schema)).not.toBe('');
  });

  test('has what code scanning asks for', () => {
    const excused = finding({ dag_id: 'x', state: 'baseline', justification: 'old' });
    const [run] = JSON.parse(renderSarif(viewOf(checkOf([finding({ related: [{ file: 'dags/o.py', line: 2 }] }), excused], { prefix: 'a b/' }), source))).runs;
    const [rule] = run.tool.driver.rules;
    for (const field of ['id', 'shortDescription', 'fullDescription', 'help', 'properties']) expect(rule).toHaveProperty(field);
    expect(rule.fullDescription.text.length).toBeLessThanOrEqual(1024);
    expect(rule.properties['problem.severity']).toMatch(/^(error|warning|recommendation)$/);
    const [first, second] = run.results;
    expect(first.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'a%20b/dags/load.py', uriBaseId: '%SRCROOT%' },
      region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 39 },
    });
    expect(first.partialFingerprints).toEqual({ primaryLocationLineHash: lineHashes(source)[2], 'dag2event/v1': finding({ related: [{ file: 'dags/o.py', line: 2 }] }).fingerprint });
    expect(first.relatedLocations).toHaveLength(1);
    expect(second.suppressions).toEqual([{ kind: 'external', status: 'accepted', justification: 'old' }]);
    expect(run.automationDetails.id).toMatch(/^dag2event\/[\w%.-]+\/$/);
  });

  test('keeps the 5,000 worst of 25,000 and says so', () => {
    const sarif = renderSarif(viewOf(checkOf([...many(24_000), ...many(1_000, 'error')])));
    const [run] = JSON.parse(sarif).runs;
    expect(run.results).toHaveLength(5_000);
    expect(run.results.filter((result: { level: string }) => result.level === 'error')).toHaveLength(1_000);
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toContain('20000 more results');
    expect(sarif.length).toBeLessThan(10 * 1024 * 1024);
    expect(schemaProblems(fileWith('many.sarif', sarif), { file: sarifSchema() })).toBe('');
  });

  // Values of the tests of github/codeql-action, whose results code scanning compares with.
  test.each([
    ['', ['c129715d7a2bc9a3:1']],
    [' a\nb\n  \t\tc\n d', ['271789c17abda88f:1', '54703d4cd895b18:1', '180aee12dab6264:1', 'a23a3dc5e078b07b:1']],
    [
      ' hello; \t\r\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n',
      ['e9496ae3ebfced30:1', 'fb7c023a8b9ccb3f:1', 'ce8ba1a563dcdaca:1', 'e20e36e16fcb0cc8:1', 'b3edc88f2938467e:1', 'c8e28b0b4002a3a0:1', 'c129715d7a2bc9a3:1'],
    ],
  ])('hashes lines as the upload action does: %j', (text, hashes) => {
    expect(lineHashes(text)).toEqual(hashes);
  });

  test('counts equal lines', () => {
    expect(lineHashes('Lorem ipsum dolor sit amet.\n'.repeat(10)).slice(4, 8)).toEqual(['a7f2ff13bc495cf2:5', 'a7f2ff13bc495cf2:6', 'a7f2ff1481e87703:1', 'a9cf91f7bbf1862b:1']);
  });
});

describe('GitLab Code Quality', () => {
  const fields = {
    type: 'array',
    items: {
      type: 'object',
      required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
      properties: {
        description: { type: 'string', minLength: 1 },
        check_name: { type: 'string', pattern: '^D2E\\d{3}$' },
        fingerprint: { type: 'string', pattern: '^[0-9a-f]{64}$' },
        severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
        location: {
          type: 'object',
          required: ['path', 'lines'],
          properties: { path: { type: 'string', not: { pattern: '^\\./' } }, lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } } },
        },
      },
    },
  };

  test('has the documented fields, and each fingerprint once', () => {
    const schema = { file: fileWith('codequality.schema.json', JSON.stringify(fields)) };
    for (const view of [hostile, viewOf(checkOf([])), viewOf(checkOf(many(25_000)))]) {
      const text = renderGitlab(view);
      expect(schemaProblems(fileWith('codequality.json', text), schema)).toBe('');
      const prints = JSON.parse(text).map((issue: { fingerprint: string }) => issue.fingerprint);
      expect(new Set(prints).size).toBe(prints.length);
      expect(prints).toHaveLength(view.document.findings.filter((each) => each.state === 'new').length);
    }
  }, 120_000);
});

describe('JUnit', () => {
  test('meets the schema that Jenkins reads it by', () => {
    for (const view of [viewOf(checkOf([])), viewOf(checkOf([finding(), finding({ level: 'note' })]), source), hostile, viewOf(checkOf(many(25_000)))]) {
      expect(xsdProblems(fileWith('junit.xml', renderJunit(view)), junitSchema())).toBe('');
    }
    expect(xsdProblems(fileWith('junit.xml', renderJunit(hostile).replaceAll('<failure', '<fault').replaceAll('</failure', '</fault')), junitSchema())).not.toBe('');
  }, 120_000);

  test('counts failures, and notes are none', () => {
    const xml = renderJunit(viewOf(checkOf([finding({ level: 'error' }), finding(), finding({ level: 'note' })], { incomplete: ['a.py: denied'] })));
    expect(xml).toContain('<testsuite name="dags/load.py" tests="3" failures="2" errors="0"');
    expect(xml).toContain('<testsuite name="dag2event" tests="1" failures="0" errors="1"');
  });
});

describe('Markdown', () => {
  test('mentions nobody, links nowhere, and holds no HTML of a name', () => {
    for (const text of [renderCheckMarkdown(hostile), renderCheckComment(hostile)]) {
      const outside = text.replace(/(`+)[\s\S]*?[^`]\1(?!`)/g, '').replace(/<br>/g, '').replace(/<!-- dag2event:[\w.-]+ -->\n$/, '');
      expect(outside).not.toMatch(/<[a-z!/]/i);
      expect(outside).not.toMatch(/(^|[^\w`\\])@\w/);
      expect(outside).not.toMatch(/(^|[^\\])\]\(/);
      expect(outside).not.toMatch(/https?:\/\//);
      expect(text).not.toMatch(acting);
      const rows = text.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| |'));
      for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(7);
    }
  });

  test('marks a comment once, at its end', () => {
    const comment = renderCheckComment(hostile);
    expect(comment.match(/<!-- dag2event:/g)).toHaveLength(1);
    expect(comment.trimEnd().endsWith('<!-- dag2event:-b-x-b- -->')).toBe(true);
  });

  test('keeps to the limits and says what is left out', () => {
    const view = viewOf(checkOf(many(25_000)));
    const [comment, summary] = [renderCheckComment(view), renderCheckMarkdown(view)];
    expect(comment.length).toBeLessThan(65_536);
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
    for (const text of [comment, summary]) expect(text).toMatch(/[\d,]+ more findings would not fit here\./);
  });
});
