import { describe, expect, it } from 'vitest';
import { checkAnalysis } from '../../../src/check/check.js';
import { incompleteReasons, verdictOf } from '../../../src/check/gate.js';
import { judge } from '../../../src/check/judge.js';
import { checkRules } from '../../../src/check/rules/registry.js';
import { inferAnalysis } from '../../../src/infer/infer.js';
import { Finding } from '../../../src/model/analysis.js';
import { plainSettings } from '../../../src/model/plain-settings.js';
import type { Dag, GraphDocument } from '../../../src/model/graph.js';
import { renderRuleList, renderRuleText } from '../../../src/report/text/rules.js';
import { ruleCatalog, ruleNamed } from '../../../src/rules.js';
import { asset, cron, dag, graph, onAssets, task } from '../infer/graph.js';

function judgeOf(document: GraphDocument) {
  return judge({ analysis: inferAnalysis(document), settings: plainSettings, exceptions: { directives: [], baseline: { file: 'b.json', entries: [] }, today: '2026-11-01' } });
}

function check(document: GraphDocument): Finding[] {
  return checkAnalysis(inferAnalysis(document)).map((finding) => Finding.parse(finding));
}

const sensor = (args: Parameters<typeof task>[2] = {}) =>
  task('wait', 'S3KeySensor', { arguments: { bucket_name: 'b', bucket_key: 'k', ...args.arguments }, ...(args.line && { line: args.line }) });

function rulesOf(dags: Dag[]): string[] {
  return check(graph(dags)).map((finding) => finding.rule);
}

describe('check rules', () => {
  it('reports a clocked DAG that polls a source with an event, and its poke mode', () => {
    expect(rulesOf([dag('d', { tasks: [sensor()] })])).toEqual(['D2E001', 'D2E003']);
    expect(rulesOf([dag('d', { tasks: [sensor({ arguments: { deferrable: true } })] })])).toEqual(['D2E001']);
    expect(rulesOf([dag('d', { tasks: [sensor({ arguments: { timeout: 600 } })] })])).toEqual(['D2E001']);
  });

  it('leaves alone what is uncertain, in the middle, or not on the clock', () => {
    const short = { timeout: 60 };
    const unsure = sensor({ arguments: { ...short, bucket_key: { $unknown: 'x' } } });
    expect(rulesOf([dag('d', { tasks: [unsure] })])).toEqual([]);
    const middle = dag('d', { tasks: [task('a', 'BashOperator'), sensor({ arguments: short })], edges: ['a >> wait'] });
    expect(rulesOf([middle])).toEqual([]);
    expect(rulesOf([dag('d', { schedule: onAssets(asset('x')), tasks: [sensor({ arguments: short })] })])).toEqual(['D2E013']);
  });

  it('reports a sensor that never meets as an error, with the other DAG beside it', () => {
    const link = {
      kind: 'sensor' as const,
      external_dag_id: 'load',
      external_task_ids: [],
      external_task_group_id: null,
      execution_delta: null,
      has_execution_date_fn: false,
    };
    const load = dag('load', { schedule: cron('0 2 * * *'), file: 'dags/load.py', line: 3 });
    const report = dag('report', { tasks: [task('wait', 'ExternalTaskSensor', { link, arguments: { mode: 'reschedule' } })] });
    const [found] = check(graph([load, report])).filter((each) => each.rule === 'D2E002');
    expect(found).toMatchObject({ level: 'error', related: [{ file: 'dags/load.py', line: 3 }] });
  });

  it('reports the logical date in a DAG on events', () => {
    const run = task('run', 'BashOperator', { template_fields: ['bash_command'], arguments: { bash_command: '{{ ds }}' } });
    expect(check(graph([dag('d', { schedule: onAssets(asset('x')), tasks: [run] })]))).toMatchObject([{ rule: 'D2E013' }, { rule: 'D2E004', level: 'error' }]);
    expect(check(graph([dag('d', { schedule: onAssets(asset('x')), tasks: [run] })], { release: '2.10.0' }))).toMatchObject([{ rule: 'D2E013' }, { rule: 'D2E004', level: 'warning' }]);
    expect(rulesOf([dag('d', { tasks: [run] })])).toEqual([]);
  });

  it.each([
    ['syntax', 'D2E005'],
    ['duplicate_dag_id', 'D2E006'],
    ['cycle', 'D2E007'],
  ] as const)('reports %s as %s', (kind, rule) => {
    const document = graph([], { import_errors: [{ kind, reason: 'why', file: 'a.py', line: 2 }] });
    expect(check(document)).toMatchObject([{ rule, level: 'error', place: { file: 'a.py', line: 2 } }]);
  });

  it('notes what is known in part, with what would make it known', () => {
    const unknowns = [{ kind: 'missing_variable' as const, reason: 'Variable regions', file: 'a.py', line: 4 }];
    const [found] = check(graph([dag('d', { status: 'partial', unknowns })]));
    expect(found).toMatchObject({ rule: 'D2E008', level: 'note', related: [{ file: 'a.py', line: 4 }] });
    expect(found?.cure).toContain('--variables');
  });
});

describe('fingerprints', () => {
  const print = (dags: Dag[]) => check(graph(dags)).map((finding) => finding.fingerprint);

  it('survive other lines and files, and differ by subject', () => {
    const before = print([dag('d', { tasks: [sensor()] })]);
    expect(print([dag('d', { file: 'moved.py', line: 90, tasks: [sensor({ line: 99 })] })])).toEqual(before);
    expect(print([dag('e', { tasks: [sensor()] })])).not.toEqual(before);
    expect(new Set(before).size).toBe(before.length);
  });

  it('are one per key of a list', () => {
    const several = sensor({ arguments: { bucket_key: ['x', 'y'], timeout: 60 } });
    const found = check(graph([dag('d', { tasks: [several] })]));
    expect(found.map((each) => each.rule)).toEqual(['D2E001', 'D2E001']);
    expect(new Set(found.map((each) => each.fingerprint)).size).toBe(2);
  });
});

describe('the gate', () => {
  const verdict = (document: GraphDocument, failOn: 'note' | 'warning' | 'error' | 'never') => {
    const { findings, bugs } = judgeOf(document);
    return verdictOf({ findings, bugs, incomplete: incompleteReasons(document) }, { failOn });
  };
  const warning = graph([dag('d', { tasks: [sensor()] })]);
  const unreadable = graph([], { import_errors: [{ kind: 'unreadable', reason: 'denied', file: 'a.py', line: 1 }] });
  const cut = graph([], { unknowns: [{ kind: 'budget', reason: 'too many steps', file: 'a.py', line: 1 }] });

  it('fails at the level that is asked for', () => {
    expect(verdict(warning, 'warning')).toBe(1);
    expect(verdict(warning, 'error')).toBe(0);
    expect(verdict(graph([]), 'note')).toBe(0);
  });

  it('never calls incomplete clean', () => {
    expect(verdict(unreadable, 'error')).toBe(1);
    expect(verdict(unreadable, 'never')).toBe(3);
    expect(verdict(cut, 'error')).toBe(3);
    expect(incompleteReasons(cut)).toEqual(['a.py:1: too many steps']);
  });
});

describe('the catalog', () => {
  it('has each id once and finds rules in any case', () => {
    const ids = ruleCatalog().map((rule) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(checkRules.map((rule) => rule.doc.id)).toEqual(checkRules.map((_rule, index) => `D2E${String(index + 1).padStart(3, '0')}`));
    expect(ruleNamed('d2e001')?.id).toBe('D2E001');
    expect(ruleNamed('D2E999')).toBeUndefined();
  });

  it('prints a rule in full, and the list', () => {
    const rule = ruleNamed('H11');
    const text = rule ? renderRuleText(rule, { color: false }) : '';
    expect(text).toContain('H11  high  ExternalTaskSensor that finds no run');
    expect(text).toContain('    ExternalTaskSensor(task_id="wait"'.trimStart());
    expect(text).not.toContain('\u001b');
    expect(renderRuleList(ruleCatalog(), { color: true })).toContain('\u001b[1mD2E001');
  });
});
