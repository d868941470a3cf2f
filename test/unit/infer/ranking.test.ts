import { describe, expect, it } from 'vitest';
import { inferAnalysis } from '../../../src/infer/infer.js';
import { AnalysisDocument } from '../../../src/model/analysis.js';
import type { Dag } from '../../../src/model/graph.js';
import { cron, dag, graph, task } from './graph.js';

const file = (more: Record<string, number | string> = {}) => task('wait', 'FileSensor', { arguments: { filepath: '/in', ...more } });

function ranking(dags: Dag[], more: Parameters<typeof graph>[1] = {}) {
  return AnalysisDocument.parse(inferAnalysis(graph(dags, more))).ranking ?? [];
}

describe('the order in which to move', () => {
  it('shows every factor, and why a DAG stands behind the one before', () => {
    const early = dag('b_daily', { schedule: cron('0 2 * * *'), tasks: [file({ timeout: 3600 })] });
    const late = dag('a_hourly', { schedule: cron('0 * * * *'), tasks: [file({ timeout: 3600 })] });
    const found = ranking([late, early]);
    expect(found.map(({ dag_id, position, behind }) => [dag_id, position, behind])).toEqual([
      ['b_daily', 1, ''],
      ['a_hourly', 2, 'less latency is won'],
    ]);
    // A sensor covers one of 24 hours: 1/24 of the data waits 30 s, the rest half of 23 hours.
    expect(found[0]?.factors.latency.value).toBe(Math.round((1 / 24) * 30 + (23 / 24) * 23 * 1800));
    expect(found[1]?.factors.latency.value).toBe(30);
    expect(found.map(({ factors }) => factors.slot_hours.value)).toEqual([1, 24]);
  });

  it('puts what needs work behind what is ready', () => {
    const ready = dag('z', { tasks: [file()] });
    const work = dag('a', { tasks: [file()], catchup: true, arguments: { catchup: true } });
    expect(ranking([ready, work]).map(({ dag_id }) => dag_id)).toEqual(['z', 'a']);
    expect(ranking([ready, work])[1]).toMatchObject({ behind: 'it needs work first', factors: { effort: { value: 1, text: 'H9' } } });
  });

  it('counts slots only where a wait holds one', () => {
    const [found] = ranking([dag('d', { tasks: [file({ mode: 'reschedule' })] })]);
    expect(found?.factors.slot_hours).toMatchObject({ value: 0, text: 'none: the waits give their slots back' });
  });

  it('counts who depends on a DAG, with the lines', () => {
    const links = ['x', 'y'].map((target) => ({ source: 'd', target, kind: 'sensor' as const, dependency_id: 'w', file: 'dags/o.py', line: 3 }));
    const [found] = ranking([dag('d', { tasks: [file()] }), dag('x'), dag('y')], { dag_dependencies: links });
    expect(found?.factors.dependants).toMatchObject({ value: 2, text: '2: x, y' });
    expect(found?.factors.dependants.evidence).toHaveLength(2);
  });

  it('leaves out what stays on cron or runs on events', () => {
    expect(ranking([dag('d', { tasks: [task('run', 'BashOperator')] })])).toEqual([]);
  });
});

describe('what a run sets off', () => {
  const link = (source: string, target: string, kind: 'asset' | 'trigger' | 'sensor' = 'asset') => ({ source, target, kind, dependency_id: 'x', file: 'dags/o.py', line: 3 });

  function fanOuts(ids: string[], links: ReturnType<typeof link>[]) {
    const found = AnalysisDocument.parse(inferAnalysis(graph(ids.map((id) => dag(id)), { dag_dependencies: links }))).fan_outs ?? [];
    return found.map(({ dag_id, runs, depth, cycle }) => ({ dag_id, runs, depth, cycle }));
  }

  it('counts runs on every way, and the longest cascade', () => {
    expect(fanOuts(['a', 'b', 'c', 'd'], [link('a', 'b'), link('a', 'c'), link('b', 'd'), link('c', 'd', 'trigger')])).toEqual([
      { dag_id: 'a', runs: 4, depth: 2, cycle: [] },
      { dag_id: 'b', runs: 1, depth: 1, cycle: [] },
      { dag_id: 'c', runs: 1, depth: 1, cycle: [] },
    ]);
  });

  it('finds a cycle, and what leads into it', () => {
    expect(fanOuts(['a', 'b', 'c'], [link('a', 'b'), link('b', 'c'), link('c', 'b')])).toEqual([
      { dag_id: 'a', runs: null, depth: null, cycle: ['b', 'c'] },
      { dag_id: 'b', runs: null, depth: null, cycle: ['b', 'c'] },
      { dag_id: 'c', runs: null, depth: null, cycle: ['c', 'b'] },
    ]);
  });

  it('knows that a sensor starts nothing', () => {
    expect(fanOuts(['a', 'b'], [link('a', 'b', 'sensor')])).toEqual([]);
  });
});
