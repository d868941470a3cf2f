import { describe, expect, it } from 'vitest';
import { inferAnalysis } from '../../../src/infer/infer.js';
import { AnalysisDocument } from '../../../src/model/analysis.js';
import type { Dag, Task } from '../../../src/model/graph.js';
import { asset, cron, dag, graph, onAssets, task } from './graph.js';

const key = (id: string, bucketKey: string, more: Record<string, number> = {}) =>
  task(id, 'S3KeySensor', { arguments: { bucket_name: 'b', bucket_key: bucketKey, ...more }, template_fields: ['bucket_key'] });

function terms(dags: Dag[], more: Parameters<typeof graph>[1] = {}) {
  return AnalysisDocument.parse(inferAnalysis(graph(dags, more))).fan_ins[0]?.terms;
}

function join(legs: Task[], rule = 'all_success') {
  const end = task('join', 'BashOperator', { trigger_rule: rule });
  return terms([dag('d', { tasks: [...legs, end], edges: legs.map((leg) => `${leg.task_id} >> join`) })]);
}

describe('by what events belong together', () => {
  it.each([
    ['a date in every leg', ['a/{{ ds }}', 'b/{{ ds_nodash }}'], 'date'],
    ['paths that never change', ['a/x.csv', 'b/x.csv'], 'file'],
    ['a date in one leg only', ['a/{{ ds }}', 'b/x.csv'], 'unknown'],
    ['patterns', ['a/*', 'b/*'], 'none'],
  ])('%s', (_, keys, kind) => {
    const found = join(keys.map((each, index) => key(`w${index}`, each)))?.correlation;
    expect(found?.kind).toBe(kind);
    expect(found?.evidence.length ?? 0).toBe(kind === 'none' ? 0 : kind === 'unknown' ? 2 : 2);
  });

  it('knows that the asset queue compares nothing', () => {
    const found = terms([dag('d', { schedule: onAssets({ all: [asset('x'), asset('y')] }) })]);
    expect(found?.correlation.kind).toBe('none');
    expect(found).toMatchObject({ window_seconds: null });
    expect(found?.duplicates).toContain('start nothing');
  });
});

describe('late and missing legs', () => {
  it('gives the shortest timeout as the window', () => {
    expect(join([key('a', 'a', { timeout: 600 }), key('b', 'b', { timeout: 7200 })])).toMatchObject({ window_seconds: 600 });
  });

  it('follows the trigger rule', () => {
    const legs = [key('a', 'a'), key('b', 'b')];
    expect(join(legs)?.partial_arrival).toContain('nothing behind it starts');
    expect(join(legs, 'all_done')?.partial_arrival).toContain('starts with what is there');
    expect(join(legs, 'one_success')?.partial_arrival).toContain('starts with what is there');
  });

  it('names the leg that comes last, by the schedules of those who send', () => {
    const producers = [dag('early', { schedule: cron('0 2 * * *') }), dag('late', { schedule: cron('0 5 * * *') })];
    const assets = producers.map(({ dag_id }) => ({ name: dag_id, uri: dag_id, producers: [{ dag_id, task_id: 't' }], consumers: ['d'], file: 'dags/o.py', line: 1 }));
    const consumer = dag('d', { schedule: onAssets({ all: [asset('early'), asset('late')] }) });
    expect(terms([...producers, consumer], { assets })?.slowest_leg?.text).toBe('late starts last in a day, at 05:00 UTC in June');
    const either = dag('d', { schedule: onAssets({ any: [asset('early'), asset('late')] }) });
    expect(terms([...producers, either], { assets })?.slowest_leg).toBeNull();
  });
});
