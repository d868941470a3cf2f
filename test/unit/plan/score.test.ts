import { describe, expect, test } from 'vitest';
import type { PlanDocument } from '../../../src/model/plan.js';
import { planOffline } from '../../../src/plan/offline/plan-offline.js';
import { scorePlan } from '../../../src/plan/score.js';
import { controlMutants } from './control-mutants.js';
import { mutants } from './mutants.js';
import { platform } from './platform.js';

const good = planOffline(platform());
const partOf = (plan: PlanDocument, name: string): number => scorePlan(plan).parts.find((part) => part.name === name)?.share ?? Number.NaN;

describe('the score of a plan', () => {
  test('is what the plan says, its weights sum up to 100, and a safe plan is wholly sound', () => {
    expect(scorePlan(good)).toEqual(good.score);
    expect(good.score.parts.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
    expect(partOf(good, 'sound')).toBe(1);
  });

  test.each([...mutants, ...controlMutants].map((mutant) => [mutant.code, mutant.name, mutant] as const))('falls with %s: %s', (_code, _name, mutant) => {
    const bad = structuredClone(good);
    mutant.mutate(bad);
    expect(scorePlan(bad).total).toBeLessThan(good.score.total);
  });

  test('rises with what the team tells', () => {
    const told = planOffline(platform(), { owners: [{ dags: ['*'], owner: 'data' }], latency: [{ dags: ['*'], minutes: 30 }], throughput: [{ dags: ['*'], 'events-per-hour': 2 }] });
    expect(told.score.total).toBeGreaterThan(good.score.total);
    expect(partOf(told, 'known_operation')).toBeGreaterThan(partOf(good, 'known_operation'));
  });

  test('falls when a DAG that could move stays', () => {
    const careful = structuredClone(good);
    for (const stage of careful.stages) if (stage.dag_id === 'landing_orders') stage.target = 'cron';
    expect(partOf(careful, 'wait_removed')).toBeLessThan(partOf(good, 'wait_removed'));
  });
});
