import { describe, expect, it } from 'vitest';
import { inferAnalysis } from '../../../src/infer/infer.js';
import { hazardRules } from '../../../src/infer/hazards/registry.js';
import { AnalysisDocument, type Hazard } from '../../../src/model/analysis.js';
import type { Dag, GraphDocument, Task } from '../../../src/model/graph.js';
import { asset, cron, dag, graph, onAssets, task } from './graph.js';

function hazards(rule: string, document: GraphDocument): Hazard[] {
  return AnalysisDocument.parse(inferAnalysis(document)).hazards.filter((hazard) => hazard.rule === rule);
}

function ofTasks(rule: string, tasks: Task[], more: Partial<Dag> = {}, release = '3.2.2'): Hazard[] {
  return hazards(rule, graph([dag('d', { ...more, tasks, edges: [] })], { release }));
}

const bash = (command: string, more: Partial<Task> = {}) =>
  task('run', 'BashOperator', { template_fields: ['bash_command', 'env'], arguments: { bash_command: command }, ...more });

describe('H1 logical date', () => {
  it.each([
    ['{{ ds }}', 'ds'],
    ["{{ macros.ds_add(ds, -1) }}", 'ds'],
    ['{% if data_interval_start.day == 1 %}x{% endif %}', 'data_interval_start'],
    ['{{ dag_run.logical_date }}', 'dag_run.logical_date'],
    ["{{ ti['execution_date'] }}", 'ti.execution_date'],
    ['{% for day in [ds] %}{{ day }}{% endfor %}', 'ds'],
    ['{{ tomorrow_ds }}', 'tomorrow_ds'],
  ])('finds %s', (command, name) => {
    expect(ofTasks('H1', [bash(command)])).toMatchObject([{ severity: 'high', task_id: 'run' }]);
    expect(ofTasks('H1', [bash(command)])[0]?.message).toContain(`uses ${name} in bash_command`);
  });

  it.each([
    'echo ds',
    '{# {{ ds }} #}',
    '{% raw %}{{ ds }}{% endraw %}',
    '{{ params.ds }}',
    '{{ dag_run.run_after | ds }}',
    "{{ 'ds' }}",
    '{% set ds = run_id %}{{ ds }}',
    '{{ fill(ds=1) }}',
    '{{ dag_run.conf }}',
  ])('leaves %s alone', (command) => {
    expect(ofTasks('H1', [bash(command)])).toEqual([]);
  });

  it('looks only into templated arguments, and into nested ones', () => {
    expect(ofTasks('H1', [bash('x', { arguments: { cwd: '{{ ds }}' } })])).toEqual([]);
    const nested = bash('x', { arguments: { env: { DAY: ['{{ ds }}'] } } });
    expect(ofTasks('H1', [nested])[0]?.message).toContain('env.DAY[0]');
  });

  it('looks into all arguments of a class whose templated ones are not known, less severely', () => {
    const found = ofTasks('H1', [bash('x', { template_fields: null, arguments: { query: '{{ ds }}' } })]);
    expect(found).toMatchObject([{ severity: 'medium' }]);
  });

  it('finds the context in a body, with its place', () => {
    const body = [{ kind: 'context' as const, name: 'logical_date', detail: '', file: 'dags/lib.py', line: 7 }];
    const document = graph([dag('d', { tasks: [task('run', 'PythonOperator', { body })] })]);
    const analysis = inferAnalysis(document);
    const [found] = analysis.hazards.filter((hazard) => hazard.rule === 'H1');
    const cited = analysis.evidence.find((evidence) => evidence.id === found?.evidence[0]);
    expect(cited?.place).toEqual({ file: 'dags/lib.py', line: 7 });
  });

  it('is silent in a DAG without a schedule and milder on Airflow 2', () => {
    expect(ofTasks('H1', [bash('{{ ds }}')], { schedule: { kind: 'none', timetable: 'NullTimetable' } })).toEqual([]);
    expect(ofTasks('H1', [bash('{{ ds }}')], {}, '2.10.5')).toMatchObject([{ severity: 'medium' }]);
  });
});

describe('H11 ExternalTaskSensor', () => {
  const sensor = (delta: number | null, more: Partial<Task> = {}) =>
    task('wait', 'ExternalTaskSensor', {
      link: {
        kind: 'sensor',
        external_dag_id: 'load',
        external_task_ids: [],
        external_task_group_id: null,
        execution_delta: delta,
        has_execution_date_fn: false,
      },
      ...more,
    });
  const load = (more: Partial<Dag> = {}) => dag('load', { schedule: cron('0 2 * * *'), ...more, edges: [] });
  const report = (delta: number | null, more: Partial<Task> = {}) => dag('report', { tasks: [sensor(delta, more)] });

  it.each([
    [null, ['high']],
    [7200, []],
    [3600, ['high']],
  ])('execution_delta %s: %j', (delta, severities) => {
    expect(hazards('H11', graph([load(), report(delta)])).map((each) => each.severity)).toEqual(severities);
  });

  it('says sometimes when only a part meets', () => {
    const hourly = dag('report', { schedule: cron('0 * * * *'), tasks: [sensor(null)] });
    expect(hazards('H11', graph([load(), hourly]))).toMatchObject([{ severity: 'medium', id: 'H11:report/wait#sometimes' }]);
    expect(hazards('H11', graph([load(), hourly]))[0]?.message).toMatch(/for \d+ of \d+ logical dates of 2026, first that of 2026-01-01 \d\d:00 UTC/);
  });

  it('never meets a DAG that assets start', () => {
    const document = graph([load({ schedule: onAssets(asset('s3://x/y')) }), report(7200)]);
    expect(hazards('H11', document)).toMatchObject([{ severity: 'high' }]);
  });

  it('warns when the awaited DAG could move', () => {
    const movable = load({ tasks: [task('f', 'FileSensor', { arguments: { filepath: '/a' } })] });
    expect(hazards('H11', graph([movable, report(7200)]))).toMatchObject([{ severity: 'medium', id: 'H11:report/wait#moves' }]);
  });

  it('decides nothing about a delta that is not known', () => {
    expect(hazards('H11', graph([load(), report(null, { arguments: { execution_delta: { $unknown: 'x' } } })]))).toEqual([]);
  });
});

describe('H26 append', () => {
  const sql = (...texts: string[]) => task('run', 'SQLExecuteQueryOperator', { arguments: { sql: texts } });

  it.each([
    ['INSERT INTO t SELECT 1', ['t']],
    ['insert into "mart"."t" (a, b) values (1, 2)', ['mart.t']],
    ["INSERT INTO t_{{ ds_nodash }} SELECT 1", ['t_*']],
    ['DELETE FROM t WHERE day = 1; INSERT INTO t SELECT 1', []],
    ['INSERT INTO t SELECT 1 ON CONFLICT DO NOTHING', []],
    ['INSERT INTO t SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM t)', []],
    ['INSERT OVERWRITE TABLE t PARTITION (d) SELECT 1', []],
    ['MERGE INTO t USING s ON t.a = s.a WHEN NOT MATCHED THEN INSERT VALUES (1)', []],
    ['-- INSERT INTO t SELECT 1', []],
    ["SELECT 'INSERT INTO t'", []],
    ['SELECT * FROM t', []],
    ['WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x', ['t']],
  ])('%s: %j', (text, tables) => {
    expect(ofTasks('H26', [sql(text)]).map((each) => each.id)).toEqual(tables.map((table) => `H26:d/run#${table}`));
  });

  it('reads SQL that a function runs', () => {
    const sqlFact = (name: string) => [{ kind: 'sql' as const, name, detail: 'INSERT INTO t VALUES (1)', file: 'dags/code.py', line: 4 }];
    expect(ofTasks('H26', [task('run', 'PythonOperator', { body: sqlFact('run') })])).toHaveLength(1);
    expect(ofTasks('H26', [task('run', 'PythonOperator', { body: sqlFact('mention') })])).toEqual([]);
  });

  it('knows that a task before it empties the table', () => {
    const clear = task('clear', 'SQLExecuteQueryOperator', { arguments: { sql: 'TRUNCATE TABLE t' } });
    const load = sql('INSERT INTO t SELECT 1');
    const ordered = (edges: string[]) => hazards('H26', graph([dag('d', { tasks: [clear, load], edges })]));
    expect(ordered(['clear >> run'])).toEqual([]);
    expect(ordered([])).toHaveLength(1);
  });

  it.each([
    ['GCSToBigQueryOperator', { write_disposition: 'WRITE_APPEND' }, 1],
    ['GCSToBigQueryOperator', {}, 0],
    ['S3ToRedshiftOperator', {}, 1],
    ['S3ToRedshiftOperator', { method: 'UPSERT' }, 0],
    ['S3ToRedshiftOperator', { method: { $unknown: 'x' } }, 0],
    ['BigQueryInsertJobOperator', { configuration: { query: { writeDisposition: 'WRITE_APPEND' } } }, 1],
  ])('%s %j: %d', (operator, args, count) => {
    expect(ofTasks('H26', [task('run', operator, { arguments: args })])).toHaveLength(count);
  });
});

describe('other hazards', () => {
  it('H3 asks for a deadline of an AND only', () => {
    const schedule = (expression: Parameters<typeof onAssets>[0]) => ofTasks('H3', [], { schedule: onAssets(expression) });
    expect(schedule({ all: [asset('a'), asset('b')] })).toHaveLength(1);
    expect(schedule({ any: [asset('a'), asset('b')] })).toEqual([]);
    expect(schedule(asset('a'))).toEqual([]);
  });

  it('H9 fires for catchup under a clock', () => {
    expect(ofTasks('H9', [], { catchup: true })).toHaveLength(1);
    expect(ofTasks('H9', [], { catchup: null })).toEqual([]);
    expect(ofTasks('H9', [], { catchup: true, schedule: onAssets(asset('a')) })).toEqual([]);
  });

  it('H10 counts the tasks that depend on the past', () => {
    const found = ofTasks('H10', [task('a', 'BashOperator', { depends_on_past: true }), task('b', 'BashOperator')]);
    expect(found).toMatchObject([{ severity: 'high', task_id: null }]);
    expect(found[0]?.message).toContain('1 of 2 tasks');
  });

  it.each([
    ['0 6 1 * *', 'high'],
    ['0 6 * * 1-5', 'high'],
    ['0 6 * 1 *', 'high'],
    ['0 6 * * *', null],
    ['*/5 * * * *', null],
  ])('H18 %s: %s', (expression, severity) => {
    expect(ofTasks('H18', [], { schedule: cron(expression) }).map((each) => each.severity)).toEqual(severity === null ? [] : [severity]);
  });

  it('H18 is milder beside an event, and knows custom timetables', () => {
    const wait = task('f', 'FileSensor', { arguments: { filepath: '/a' } });
    expect(ofTasks('H18', [wait], { schedule: cron('0 6 * * 1-5') })).toMatchObject([{ severity: 'medium' }]);
    const timetable = (name: string) => ofTasks('H18', [], { schedule: { kind: 'timetable', timetable: name } });
    expect(timetable('WorkdayTimetable')).toHaveLength(1);
    expect(timetable('MultipleCronTriggerTimetable')).toEqual([]);
  });

  it('H20 finds dag_run.conf in templates and bodies', () => {
    expect(ofTasks('H20', [bash("{{ dag_run.conf['day'] }}")])).toHaveLength(1);
    expect(ofTasks('H20', [bash('{{ dag_run.run_id }}')])).toEqual([]);
  });

  it.each([
    ['HttpOperator', {}, 1],
    ['HttpOperator', { method: 'GET' }, 0],
    ['EmailOperator', {}, 1],
    ['BashOperator', {}, 0],
  ])('H28 %s %j: %d', (operator, args, count) => {
    expect(ofTasks('H28', [task('run', operator, { arguments: args })])).toHaveLength(count);
  });
});

describe('the registry', () => {
  it('has each id once, and a story for each rule', () => {
    const ids = hazardRules.map((rule) => rule.doc.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { doc } of hazardRules) {
      expect(doc.why.length, doc.id).toBeGreaterThan(60);
      expect(doc.bad.source, doc.id).not.toBe(doc.good.source);
    }
  });
});
