import { describe, expect, it } from 'vitest';
import { inferAnalysis } from '../../../src/infer/infer.js';
import type { Dag } from '../../../src/model/graph.js';
import { stepsMeet, type Dates } from '../../../src/util/cron/delta-meet.js';
import { cron, dag, graph, task } from './graph.js';

const hour = 3600;
const steps = (seconds: number, timetable = 'DeltaDataIntervalTimetable'): Dag['schedule'] => ({ kind: 'delta', seconds, timetable });

function verdict(waiting: Partial<Omit<Dag, 'edges'>>, awaited: Partial<Omit<Dag, 'edges'>>, delta: number | null = null): string[] {
  const sensor = task('wait', 'ExternalTaskSensor', {
    link: { kind: 'sensor', external_dag_id: 'load', external_task_ids: [], external_task_group_id: null, execution_delta: delta, has_execution_date_fn: false },
    arguments: { external_dag_id: 'load' },
  });
  const dags = [dag('load', { start_date: '2026-01-01T00:00:00+00:00', ...awaited }), dag('d', { start_date: '2026-01-01T00:00:00+00:00', ...waiting, tasks: [sensor] })];
  const { hazards } = inferAnalysis(graph(dags));
  return hazards.filter(({ rule, dag_id }) => rule === 'H11' && dag_id === 'd').map(({ id, severity }) => `${id.slice(id.indexOf('#') + 1)} ${severity}`);
}

describe('ExternalTaskSensor between steps of a timedelta', () => {
  const caught = { catchup: true };
  it.each<[string, Parameters<typeof verdict>, string[]]>([
    ['the same steps', [{ ...caught, schedule: steps(6 * hour) }, { ...caught, schedule: steps(6 * hour) }], []],
    ['steps that begin half an hour later', [{ ...caught, schedule: steps(6 * hour) }, { ...caught, schedule: steps(6 * hour), start_date: '2026-01-01T00:30:00+00:00' }], ['never high']],
    ['the same with an execution_delta', [{ ...caught, schedule: steps(6 * hour) }, { ...caught, schedule: steps(6 * hour), start_date: '2026-01-01T00:30:00+00:00' }, -hour / 2], []],
    ['wider steps', [{ ...caught, schedule: steps(6 * hour) }, { ...caught, schedule: steps(12 * hour) }], ['sometimes medium']],
    ['a cron on the same dates', [{ ...caught, schedule: cron('0 */6 * * *') }, { ...caught, schedule: steps(6 * hour) }], []],
    ['a cron beside them', [{ ...caught, schedule: cron('30 */6 * * *') }, { ...caught, schedule: steps(6 * hour) }], ['never high']],
    ['steps that wait for a cron', [{ ...caught, schedule: steps(24 * hour) }, { ...caught, schedule: cron('0 0 * * *') }], []],
    ['steps from the epoch or the start date: both beside the cron', [{ schedule: cron('30 * * * *') }, { catchup: false, schedule: steps(hour) }], ['never high']],
    ['steps from the epoch or the start date: one of them meets', [{ schedule: cron('30 * * * *') }, { catchup: false, schedule: steps(hour), start_date: '2026-01-01T00:30:00+00:00' }], []],
    ['steps from whenever the scheduler looks', [{ schedule: cron('0 * * * *') }, { catchup: false, schedule: steps(hour, 'DeltaTriggerTimetable') }], ['chance high']],
    ['a start date that is not known', [{ ...caught, schedule: cron('30 * * * *') }, { ...caught, schedule: steps(hour), start_date: null }], []],
  ])('%s', (_, given, expected) => {
    expect(verdict(...given)).toEqual(expected);
  });
});

/** The arithmetic against looking at every date of some weeks. */
describe('steps that meet', () => {
  const minute = 60_000;
  const side = (step: number, start: number): Dates => ({ kind: 'steps', steps: { step: step * minute, starts: [start * minute], hasChance: false } });

  function byHand(ours: readonly [number, number], theirs: readonly [number, number], shift: number): string {
    const end = 40_000;
    const theirDates = new Set(Array.from({ length: end * 2 }, (_, index) => theirs[1] + (index - end) * theirs[0]));
    const dates = Array.from({ length: 400 }, (_, index) => ours[1] + index * ours[0]);
    const matched = dates.filter((date) => theirDates.has(date - shift)).length;
    return matched === 0 ? 'never' : matched === dates.length ? 'meets' : 'sometimes';
  }

  it('agree with every date looked at', () => {
    const periods = [5, 10, 15, 25, 60];
    for (const ours of periods)
      for (const theirs of periods)
        for (const start of [0, 5, 7])
          for (const shift of [0, 5, -10]) {
            const found = stepsMeet(side(ours, 0), side(theirs, start), shift * 60);
            expect(`${ours} ${theirs} ${start} ${shift} ${found}`).toBe(`${ours} ${theirs} ${start} ${shift} ${byHand([ours, 0], [theirs, start], shift)}`);
          }
  });
});
