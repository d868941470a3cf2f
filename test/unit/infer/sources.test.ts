import { describe, expect, it } from 'vitest';
import { inferAnalysis } from '../../../src/infer/infer.js';
import { AnalysisDocument, type TriggerCandidate } from '../../../src/model/analysis.js';
import type { Task } from '../../../src/model/graph.js';
import { asset, cron, dag, graph, onAssets, task } from './graph.js';

function candidates(tasks: Task[], edges: string[] = [], release = '3.2.2'): TriggerCandidate[] {
  return AnalysisDocument.parse(inferAnalysis(graph([dag('d', { tasks, edges })], { release }))).candidates;
}

function only(tasks: Task[], edges: string[] = [], release = '3.2.2'): TriggerCandidate {
  const [first, ...rest] = candidates(tasks, edges, release);
  if (!first || rest.length > 0) throw new Error(`expected one candidate, got ${rest.length + (first ? 1 : 0)}`);
  return first;
}

describe('object sensors', () => {
  it('reads bucket and key, and says what Airflow would do by default', () => {
    const found = only([task('wait', 'S3KeySensor', { arguments: { bucket_name: 'landing', bucket_key: 'in/a.csv' } })]);
    expect(found).toMatchObject({
      source_kind: 's3',
      fields: { bucket: 'landing', key: 'in/a.csv' },
      filter: '',
      confidence: 'high',
      replaces: { operator: 'S3KeySensor', mode: 'poke', poke_interval_seconds: 60, timeout_seconds: 604_800 },
      mechanism: { kind: 'asset_watcher', since: '3.0.0' },
      is_mid_dag: false,
    });
    expect(found.evidence).toHaveLength(2);
  });

  it('splits a full address and turns templates and wildcards into a filter', () => {
    const templated = only([task('wait', 'S3KeySensor', { arguments: { bucket_key: 's3://landing/in/{{ ds }}/a.csv' } })]);
    expect(templated.fields).toEqual({ bucket: 'landing', key: 'in/{{ ds }}/a.csv' });
    expect(templated.filter).toBe('object name matches in/*/a.csv');
    const wild = only([
      task('wait', 'S3KeySensor', { arguments: { bucket_name: 'b', bucket_key: 'in/*.csv', wildcard_match: true } }),
    ]);
    expect(wild.filter).toBe('object name matches in/*.csv');
  });

  it('gives one candidate per key of a list, which all must come', () => {
    const tasks = [task('wait', 'S3KeySensor', { arguments: { bucket_name: 'b', bucket_key: ['x', 'y'] } })];
    const analysis = inferAnalysis(graph([dag('d', { tasks })]));
    expect(analysis.candidates.map((each) => each.fields['key'])).toEqual(['x', 'y']);
    expect(analysis.fan_ins).toMatchObject([{ task_id: 'wait', join: 'all' }]);
  });

  it('leaves out what is not known and is less sure', () => {
    const found = only([
      task('wait', 'S3KeySensor', { arguments: { bucket_name: 'b', bucket_key: { $unknown: 'Variable key' } } }),
    ]);
    expect(found.fields).toEqual({ bucket: 'b' });
    expect(found.confidence).toBe('low');
    expect(found.confidence_reasons.join()).toContain('bucket_key is not known: Variable key');
  });

  it.each([
    ['GCSObjectExistenceSensor', { bucket: 'b', object: 'o.csv' }, 'gcs', { bucket: 'b', key: 'o.csv' }],
    ['GCSObjectsWithPrefixExistenceSensor', { bucket: 'b', prefix: 'in/' }, 'gcs', { bucket: 'b', prefix: 'in/' }],
    ['WasbBlobSensor', { container_name: 'c', blob_name: 'o' }, 'azure_blob', { container: 'c', key: 'o' }],
  ])('%s', (operator, args, kind, fields) => {
    expect(only([task('wait', operator, { arguments: args })])).toMatchObject({ source_kind: kind, fields });
  });
});

describe('table-driven sensors', () => {
  it.each([
    ['SqsSensor', { sqs_queue: 'q' }, 'sqs', { queue: 'q' }],
    ['AwaitMessageSensor', { topics: ['t'], kafka_config_id: 'k' }, 'kafka', { topic: 't', kafka_config_id: 'k' }],
    ['PubSubPullSensor', { project_id: 'p', subscription: 's' }, 'pubsub', { project_id: 'p', subscription: 's' }],
    ['SqlSensor', { sql: 'SELECT 1', conn_id: 'db' }, 'cdc', { sql: 'SELECT 1', conn_id: 'db' }],
    ['HttpSensor', { endpoint: '/ready', http_conn_id: 'api' }, 'webhook', { endpoint: '/ready', http_conn_id: 'api' }],
    ['FileSensor', { filepath: '/in/a' }, 'file', { path: '/in/a' }],
    ['GlueJobSensor', { job_name: 'j', run_id: 'r' }, 'job_completion', { job_name: 'j', run_id: 'r' }],
  ])('%s', (operator, args, kind, fields) => {
    expect(only([task('wait', operator, { arguments: args })])).toMatchObject({ source_kind: kind, fields });
  });

  it('knows a subclass by its ancestor and is less sure', () => {
    const found = only([
      task('wait', 'OurSensor', { operator_bases: ['OurSensor', 'FileSensor', 'BaseSensorOperator'], arguments: { filepath: '/a' } }),
    ]);
    expect(found).toMatchObject({ source_kind: 'file', confidence: 'low' });
  });

  it('finds nothing for sensors of time', () => {
    expect(candidates([task('wait', 'TimeDeltaSensor', { arguments: { delta: { $timedelta: 60 } } })])).toEqual([]);
  });
});

describe('how a sensor waits', () => {
  it.each([
    [{ mode: 'reschedule', poke_interval: 300, timeout: { $timedelta: 3600 } }, 'reschedule', 300, 3600],
    [{ deferrable: true }, 'deferrable', 60, 604_800],
    [{ mode: { $unknown: 'x' }, poke_interval: { $unknown: 'x' } }, 'unknown', null, 604_800],
  ])('%j', (args, mode, poke, timeout) => {
    const found = only([task('wait', 'FileSensor', { arguments: { filepath: '/a', ...args } })]);
    expect(found.replaces).toMatchObject({ mode, poke_interval_seconds: poke, timeout_seconds: timeout });
  });
});

describe('worker slots', () => {
  it.each([
    [{}, '0 * * * *', 24],
    [{ timeout: 600 }, '0 * * * *', 4],
    [{ timeout: 3600 }, '0 4 * * *', 1],
    [{ mode: 'reschedule' }, '0 * * * *', 0],
    [{ deferrable: { $unknown: 'x' } }, '0 * * * *', null],
  ])('%j on %s: %s h a day', (args, expression, hours) => {
    const wait = task('wait', 'FileSensor', { arguments: { filepath: '/a', ...args } });
    const [found] = inferAnalysis(graph([dag('d', { tasks: [wait], schedule: cron(expression) })])).candidates;
    expect(found?.replaces?.worker_slot_hours_per_day).toBe(hours);
  });

  it('are not known without a clock', () => {
    const wait = task('wait', 'FileSensor', { arguments: { filepath: '/a' } });
    const [found] = inferAnalysis(graph([dag('d', { tasks: [wait], schedule: { kind: 'none', timetable: 'NullTimetable' } })])).candidates;
    expect(found?.replaces?.worker_slot_hours_per_day).toBeNull();
  });
});

describe('place in the DAG', () => {
  const wait = task('wait', 'FileSensor', { arguments: { filepath: '/a' } });

  it('is mid-DAG behind work, not behind empty tasks and sensors', () => {
    expect(only([task('work', 'BashOperator'), wait], ['work >> wait']).is_mid_dag).toBe(true);
    expect(only([task('start', 'EmptyOperator'), wait], ['start >> wait']).is_mid_dag).toBe(false);
    const both = candidates([task('first', 'SqsSensor', { arguments: { sqs_queue: 'q' } }), wait], ['first >> wait']);
    expect(both.map((each) => each.is_mid_dag)).toEqual([false, false]);
  });
});

describe('mechanism by release', () => {
  const wait = task('wait', 'SqsSensor', { arguments: { sqs_queue: 'q' } });

  it.each([
    ['3.1.0', 'asset_watcher'],
    ['2.10.5', 'rest_asset_event'],
    ['2.8.4', 'none'],
  ])('%s: %s', (release, kind) => {
    expect(only([wait], [], release).mechanism.kind).toBe(kind);
  });

  it('says which release would be needed', () => {
    expect(only([wait], [], '2.8.4').mechanism).toMatchObject({ since: '2.9.0' });
  });
});

describe('other DAGs', () => {
  const link = {
    kind: 'sensor' as const,
    external_dag_id: 'load',
    external_task_ids: ['done'],
    external_task_group_id: null,
    execution_delta: null,
    has_execution_date_fn: false,
  };
  const waiting = dag('report', { tasks: [task('wait', 'ExternalTaskSensor', { link })] });

  it('an ExternalTaskSensor waits for the end of a DAG', () => {
    const analysis = inferAnalysis(graph([dag('load', { tasks: [task('done', 'BashOperator')] }), waiting]));
    expect(analysis.candidates).toMatchObject([
      { dag_id: 'report', source_kind: 'dag_completion', fields: { external_dag_id: 'load', external_task_id: 'done' }, confidence: 'high' },
    ]);
    const cited = analysis.evidence.filter((each) => analysis.candidates[0]?.evidence.includes(each.id));
    expect(cited.map((each) => each.dag_id)).toContain('load');
  });

  it('is less sure about a DAG that is not there', () => {
    expect(inferAnalysis(graph([waiting])).candidates[0]?.confidence).toBe('medium');
  });

  it('TriggerDagRunOperator pushes the DAG that it names', () => {
    const push = { kind: 'trigger' as const, trigger_dag_id: 'worker', wait_for_completion: false, has_conf: true };
    const caller = dag('caller', { tasks: [task('call', 'TriggerDagRunOperator', { link: push })] });
    const worker = dag('worker', { schedule: { kind: 'none', timetable: 'NullTimetable' } });
    const analysis = inferAnalysis(graph([caller, worker]));
    expect(analysis.candidates).toMatchObject([
      { dag_id: 'worker', task_id: null, source_kind: 'dag_completion', mechanism: { kind: 'trigger_dag_run' } },
    ]);
    expect(analysis.verdicts.find((each) => each.dag_id === 'worker')?.verdict).toBe('event_driven');
  });
});

describe('assets and lineage', () => {
  it('gives a candidate per asset of the schedule, with its join', () => {
    const schedule = onAssets({ all: [asset('s3://a/x'), { any: [asset('s3://a/y'), asset('s3://a/z')] }] });
    const analysis = inferAnalysis(graph([dag('d', { schedule })]));
    expect(analysis.candidates.map((each) => each.fields['uri'])).toEqual(['s3://a/x', 's3://a/y', 's3://a/z']);
    expect(analysis.fan_ins).toMatchObject([{ join: 'mixed', task_id: null }]);
  });

  const sql = (text: string, connection = 'dwh') =>
    task('run', 'SQLExecuteQueryOperator', { arguments: { sql: text, conn_id: connection } });
  const writer = dag('a', { schedule: cron('0 2 * * *'), tasks: [sql('CREATE OR REPLACE TABLE mart.t AS SELECT * FROM raw.t')] });

  it('finds the DAG that writes what another one reads an hour later', () => {
    const reader = dag('b', { tasks: [sql('SELECT * FROM "mart"."t" -- FROM other.u')] });
    const analysis = inferAnalysis(graph([writer, reader]));
    expect(analysis.candidates).toMatchObject([{ dag_id: 'b', source_kind: 'asset', confidence: 'medium', fields: { external_dag_id: 'a' } }]);
    expect(analysis.hazards.filter((each) => each.rule === 'H27')).toHaveLength(1);
  });

  it('says of two that start together that nothing keeps them in order', () => {
    const reader = dag('b', { schedule: cron('0 2 * * *'), tasks: [sql('SELECT * FROM mart.t')] });
    const [hazard] = inferAnalysis(graph([writer, reader])).hazards.filter((each) => each.rule === 'H27');
    expect(hazard?.message).toContain('nothing keeps them in order');
  });

  it.each([
    ['another database', dag('b', { tasks: [sql('SELECT * FROM mart.t', 'other')] })],
    ['a comment', dag('b', { tasks: [sql('SELECT 1 /* FROM mart.t */')] })],
    ['a text', dag('b', { tasks: [sql("SELECT 'x FROM mart.t'")] })],
    ['a table that the reader writes itself', dag('b', { tasks: [sql('INSERT OVERWRITE mart.t SELECT 1; SELECT * FROM mart.t')] })],
    ['a DAG without a clock', dag('b', { schedule: onAssets(asset('x')), tasks: [sql('SELECT * FROM mart.t')] })],
  ])('is not misled by %s', (_, reader) => {
    expect(inferAnalysis(graph([writer, reader])).hazards.filter((each) => each.rule === 'H27')).toEqual([]);
  });

  it('leaves pairs alone that Airflow links', () => {
    const reader = dag('b', { tasks: [sql('SELECT * FROM mart.t')] });
    const dependency = { source: 'a', target: 'b', kind: 'sensor' as const, dependency_id: 'wait', file: 'f.py', line: 1 };
    expect(inferAnalysis(graph([writer, reader], { dag_dependencies: [dependency] })).candidates).toEqual([]);
  });
});

describe('code of its own', () => {
  const fact = (kind: 'call' | 'loop' | 'uri', name: string, detail = '') => ({ kind, name, detail, file: 'dags/code.py', line: 3 });

  it('reads a PythonSensor by what its function calls', () => {
    const body = [fact('call', 'hook.check_for_key'), fact('uri', 's3://b/k', 's3://b/k')];
    expect(only([task('wait', 'PythonSensor', { body })])).toMatchObject({ source_kind: 's3', fields: { uri: 's3://b/k' }, confidence: 'medium' });
  });

  it('takes the address from a call, unless there are two', () => {
    const one = [fact('call', 'requests.get', 'https://api/ready'), fact('loop', 'while')];
    expect(only([task('wait', 'PythonOperator', { body: one })]).fields).toEqual({ uri: 'https://api/ready' });
    const two = [...one, fact('call', 'requests.post', 'https://other/x')];
    expect(only([task('wait', 'PythonOperator', { body: two })]).fields).toEqual({});
  });

  it('sees a polling loop in an ordinary task, and no loop in a plain call', () => {
    const polling = task('wait', 'PythonOperator', { body: [fact('call', 'requests.get'), fact('loop', 'while', 'time.sleep')] });
    expect(only([polling])).toMatchObject({ source_kind: 'webhook', confidence: 'low', replaces: { mode: 'loop' } });
    expect(candidates([task('get', 'PythonOperator', { body: [fact('call', 'requests.get')] })])).toEqual([]);
  });

  it('reads the poke method of a class of its own', () => {
    const own = { operator_bases: ['BaseSensorOperator', 'BaseOperator'], body: [fact('call', 'S3Hook.check_for_key'), fact('uri', 's3://b/k', 's3://b/k')] };
    expect(only([task('wait', 'LandingSensor', own)])).toMatchObject({ source_kind: 's3', fields: { uri: 's3://b/k' }, confidence: 'medium' });
    expect(candidates([task('wait', 'LandingSensor', { ...own, body: [] })])).toEqual([]);
  });

  it('reads the command of a BashSensor', () => {
    const found = only([task('wait', 'BashSensor', { arguments: { bash_command: 'aws s3 ls s3://b/done.flag' } })]);
    expect(found).toMatchObject({ source_kind: 's3', fields: { uri: 's3://b/done.flag' } });
  });
});
