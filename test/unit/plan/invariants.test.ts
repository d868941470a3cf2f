import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PlanDocument } from '../../../src/model/plan.js';
import { checkPlan, invariants } from '../../../src/plan/invariants/check-plan.js';
import { planOffline } from '../../../src/plan/offline/plan-offline.js';
import { controlMutants } from './control-mutants.js';
import { mutants } from './mutants.js';
import { platform } from './platform.js';

const good = planOffline(platform());
const codes = invariants.flatMap((invariant) => invariant.codes);

describe('invariants', () => {
  test('a good plan breaks none', () => {
    expect(checkPlan(good)).toEqual([]);
  });

  test('each code belongs to one invariant', () => {
    expect([...new Set(codes)]).toEqual(codes);
  });

  test('every code has a mutant and every mutant a code', () => {
    expect([...new Set([...mutants, ...controlMutants].map(({ code }) => code))].sort()).toEqual([...codes].sort());
  });

  test.each(mutants.map((mutant) => [mutant.code, mutant.name, mutant] as const))('%s catches: %s', (code, _name, mutant) => {
    const plan = structuredClone(good);
    mutant.mutate(plan);
    const violations = checkPlan(plan);
    expect(violations.map((violation) => violation.code)).toContain(code);
    for (const { message, mend, path } of violations) {
      expect(message).not.toBe('');
      expect(mend).not.toBe('');
      expect(path).toMatch(/^\/(stages|phases|questions|contracts|runbook)/);
    }
  });

  test('every code but the shape-breaking ones is caught on a document that the schema accepts', () => {
    const accepted = mutants.filter(({ mutate }) => {
      const plan = structuredClone(good);
      mutate(plan);
      return PlanDocument.safeParse(plan).success;
    });
    expect(accepted.length).toBeGreaterThan(mutants.length * 0.8);
  });

  test('several mutations at once never look like a good plan', () => {
    const some = fc.uniqueArray(fc.constantFrom(...mutants), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(some, (chosen) => {
        const plan = structuredClone(good);
        for (const { mutate } of chosen) mutate(plan);
        const found = checkPlan(plan);
        expect(found).not.toEqual([]);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
