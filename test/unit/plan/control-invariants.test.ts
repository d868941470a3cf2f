import { describe, expect, test } from 'vitest';
import { PlanDocument } from '../../../src/model/plan.js';
import { checkPlan } from '../../../src/plan/invariants/check-plan.js';
import { controlMutants } from './control-mutants.js';
import { goodPlans } from './good-plans.js';

const plans = await goodPlans();

function has(plan: PlanDocument, need: 'staying' | 'fan_in' | undefined): boolean {
  if (need === 'staying') return plan.stages.some(({ controls }) => controls === null);
  if (need === 'fan_in') return plan.stages.some(({ controls }) => controls?.fan_in);
  return true;
}

const cases = plans.flatMap(({ name, plan }) =>
  controlMutants.filter(({ needs }) => has(plan, needs)).map((mutant) => ({ name: `${name}: ${mutant.code} catches: ${mutant.name}`, plan, mutant })),
);

describe('the operation of a plan', () => {
  test.each(plans)('$name is good, and of the shape that the schema says', ({ plan }) => {
    expect(checkPlan(plan)).toEqual([]);
    expect(PlanDocument.safeParse(plan).error).toBeUndefined();
  });

  test('at least 200 bad plans of at least 40 kinds are seeded', () => {
    expect(cases.length).toBeGreaterThanOrEqual(200);
    expect(new Set(controlMutants.map(({ code }) => code)).size).toBeGreaterThanOrEqual(40);
  });

  test.each(cases)('$name', ({ plan, mutant }) => {
    const bad = structuredClone(plan);
    mutant.mutate(bad);
    const violations = checkPlan(bad);
    expect(violations.map(({ code }) => code)).toContain(mutant.code);
    for (const { message, mend } of violations) expect([message, mend]).not.toContain('');
  });
});
