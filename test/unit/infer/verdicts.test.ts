import { describe, expect, it } from 'vitest';
import { inferAnalysis } from '../../../src/infer/infer.js';
import { AnalysisDocument, type Verdict } from '../../../src/model/analysis.js';
import type { Dag } from '../../../src/model/graph.js';
import { asset, cron, dag, graph, onAssets, task } from './graph.js';

const wait = task('wait', 'S3KeySensor', { arguments: { bucket_name: 'b', bucket_key: 'k' } });

function verdict(more: Parameters<typeof dag>[1] = {}): Verdict | undefined {
  return inferAnalysis(graph([dag('d', more)])).verdicts[0];
}

describe('verdicts', () => {
  it.each<[string, Parameters<typeof dag>[1], Verdict['verdict']]>([
    ['a sensor at the root', { tasks: [wait] }, 'ready'],
    ['a low hazard beside it', { tasks: [wait, task('w', 'BashOperator', { outlets: [asset('x')] })] }, 'ready'],
    ['no event', { tasks: [task('run', 'BashOperator')] }, 'stay_on_cron'],
    ['a calendar', { schedule: cron('0 6 1 * *'), tasks: [task('run', 'BashOperator')] }, 'stay_on_cron'],
    ['catchup', { tasks: [wait], catchup: true, arguments: { catchup: true } }, 'needs_work'],
    ['catchup by default', { tasks: [wait], catchup: true }, 'ready'],
    ['a graph known in part', { tasks: [wait], status: 'partial' }, 'needs_work'],
    ['a sensor after work', { tasks: [task('a', 'BashOperator'), wait], edges: ['a >> wait'] }, 'needs_work'],
    ['assets', { schedule: onAssets(asset('x')) }, 'event_driven'],
    ['no schedule', { schedule: { kind: 'none', timetable: 'NullTimetable' } }, 'manual'],
    ['a schedule that is not known', { schedule: { kind: 'unknown', reason: 'Variable' } }, 'needs_work'],
    [
      'a job that it starts itself',
      {
        tasks: [task('start', 'GlueJobOperator'), task('wait', 'GlueJobSensor', { arguments: { job_name: 'j', run_id: { $xcom: 'start' } } })],
        edges: ['start >> wait'],
      },
      'stay_on_cron',
    ],
  ])('%s: %s', (_, more, expected) => {
    const found = verdict(more);
    expect(found?.verdict).toBe(expected);
    expect(found?.reasons.length).toBeGreaterThan(0);
  });
});

describe('fan-ins', () => {
  const file = (id: string) => task(id, 'FileSensor', { arguments: { filepath: `/${id}` } });

  function fanIns(more: Parameters<typeof dag>[1]) {
    return inferAnalysis(graph([dag('d', more)])).fan_ins;
  }

  it('finds where branches meet, once', () => {
    const tasks = [file('a'), file('b'), file('c'), task('join', 'BashOperator'), task('after', 'BashOperator')];
    const edges = ['a >> join', 'b >> join', 'c >> join', 'join >> after'];
    expect(fanIns({ tasks, edges })).toMatchObject([{ task_id: 'join', join: 'all', legs: { length: 3 } }]);
  });

  it('reads the trigger rule', () => {
    const tasks = [file('a'), file('b'), task('join', 'BashOperator', { trigger_rule: 'one_success' })];
    expect(fanIns({ tasks, edges: ['a >> join', 'b >> join'] })).toMatchObject([{ join: 'any' }]);
  });

  it('sees a chain of sensors meet at its last', () => {
    expect(fanIns({ tasks: [file('a'), file('b')], edges: ['a >> b'] })).toMatchObject([{ task_id: 'b', join: 'all' }]);
  });

  it('says so when branches never meet', () => {
    expect(fanIns({ tasks: [file('a'), file('b')] })).toMatchObject([{ task_id: null, join: 'mixed' }]);
  });

  it('names every task at which the same events meet, and no wait on the way there', () => {
    const tasks = [file('a'), file('b'), task('l', 'BashOperator'), task('r', 'BashOperator')];
    const found = fanIns({ tasks, edges: ['a >> b', 'b >> l', 'b >> r'] });
    expect(found.map((each) => each.task_id)).toEqual(['b']);
    const crossed = fanIns({ tasks, edges: ['a >> l', 'b >> l', 'a >> r', 'b >> r'] });
    expect(crossed.map((each) => each.text)).toEqual(['all of 2 events must come before l, r go on (trigger rule all_success)']);
    const third = fanIns({ tasks: [file('a'), file('b'), file('c'), task('l', 'BashOperator')], edges: ['a >> b', 'b >> l', 'c >> l'] });
    expect(third.map((each) => each.task_id)).toEqual(['l']);
  });

  it('is quiet about one wait before a diamond', () => {
    const tasks = [file('a'), task('l', 'BashOperator'), task('r', 'BashOperator'), task('join', 'BashOperator')];
    expect(fanIns({ tasks, edges: ['a >> l', 'a >> r', 'l >> join', 'r >> join'] })).toEqual([]);
  });
});

describe('the document', () => {
  const dags = (): Dag[] => [
    dag('b', { tasks: [wait, task('run', 'BashOperator', { template_fields: ['bash_command'], arguments: { bash_command: '{{ ds }}' } })] }),
    dag('a', { schedule: onAssets({ all: [asset('x'), asset('y')] }) }),
  ];

  it('is valid, cites only evidence that it holds, and has unique ids', () => {
    const analysis = AnalysisDocument.parse(inferAnalysis(graph(dags())));
    const known = new Set(analysis.evidence.map((each) => each.id));
    const claims = [...analysis.candidates, ...analysis.fan_ins, ...analysis.hazards];
    for (const claim of claims) for (const id of claim.evidence) expect(known).toContain(id);
    expect(known.size).toBe(analysis.evidence.length);
    expect(new Set(claims.map((each) => each.id)).size).toBe(claims.length);
    expect(analysis.fan_ins.flatMap((each) => each.legs).every((leg) => analysis.candidates.some((each) => each.id === leg))).toBe(true);
  });

  it('is the same for the same graph', () => {
    expect(JSON.stringify(inferAnalysis(graph(dags())))).toBe(JSON.stringify(inferAnalysis(graph(dags()))));
  });

  it('survives a cycle of tasks', () => {
    const looped = dag('d', { tasks: [wait, task('x', 'BashOperator')], edges: ['wait >> x', 'x >> wait'] });
    expect(inferAnalysis(graph([looped])).verdicts).toHaveLength(1);
  });
});
