import { describe, expect, test } from 'vitest';
import { checkPlan } from '../../src/plan/invariants/check-plan.js';
import { planOffline } from '../../src/plan/offline/plan-offline.js';
import { refinePlan } from '../../src/plan/claude/refine.js';
import { platform } from '../unit/plan/platform.js';

const isWanted = process.env['DAG2EVENT_LIVE'] === '1' && process.env['ANTHROPIC_API_KEY'] !== undefined;

/** Costs money: runs only when DAG2EVENT_LIVE=1 and a key are there. */
describe.runIf(isWanted)('the real service', () => {
  test('takes the request, and its answer holds every invariant', async () => {
    const say = (text: string): void => void process.stderr.write(`${text}\n`);
    const ignore = (): void => undefined;
    const refined = await refinePlan(planOffline(platform()), { environment: process.env, maxCost: 0.5 }, { logger: { error: say, warn: say, info: ignore, debug: ignore } });
    const { status, detail, cost_usd, input_tokens, output_tokens } = refined.refinement;
    say(`${status}: ${detail} ${input_tokens} in, ${output_tokens} out, $${cost_usd.toFixed(4)}`);
    expect(['applied', 'partly_applied', 'rejected']).toContain(status);
    expect(checkPlan(refined)).toEqual([]);
  }, 600_000);
});
