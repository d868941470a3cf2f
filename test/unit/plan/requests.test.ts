import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkPlan } from '../../../src/plan/invariants/check-plan.js';
import { renderPlanMarkdown } from '../../../src/report/markdown/plan.js';
import { planOf } from './good-plans.js';

const folder = path.join(import.meta.dirname, '../../../fixtures/plans');
const requests = readdirSync(folder).filter((name) => name !== 'expected');

describe.each(requests)('the request %s', (name) => {
  test('gets the plan that was read and agreed to, and it holds every invariant', async () => {
    const plan = await planOf(path.join(folder, name));
    expect(checkPlan(plan)).toEqual([]);
    await expect(renderPlanMarkdown(plan)).toMatchFileSnapshot(path.join(folder, 'expected', `${name}.plan.md`));
  });
});
