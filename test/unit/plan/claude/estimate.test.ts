import { describe, expect, test } from 'vitest';
import { costOf, priceDate, priceOf } from '../../../../src/knowledge/prices.js';
import { findCredential, hasCredential } from '../../../../src/plan/claude/credential.js';
import { estimate } from '../../../../src/plan/claude/estimate.js';
import type { Logger } from '../../../../src/plan/claude/options.js';
import { buildPayloads, MAX_STAGES_SENT } from '../../../../src/plan/claude/payload.js';
import { collectPlanFacts } from '../../../../src/plan/facts/plan-facts.js';
import { planOffline } from '../../../../src/plan/offline/plan-offline.js';
import { buildAnalysis } from '../analysis.js';
import { platform } from '../platform.js';

const ignore = (): void => undefined;
const logger: Logger = { error: ignore, warn: ignore, info: ignore, debug: ignore };

describe('prices', () => {
  test('are dated, and depend on the size of the prompt where they do', () => {
    expect(priceDate).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(priceOf('claude-haiku-5-5', 100_000)?.input).toBe(0.1);
    expect(priceOf('claude-haiku-5-5', 100_001)?.input).toBe(0.5);
    expect(priceOf('claude-of-tomorrow', 1)).toBeUndefined();
    expect(costOf({ input: 2, output: 10 }, 60_000, 12_000)).toBeCloseTo(0.24);
  });
});

describe('credential', () => {
  test.each([
    [{}, undefined],
    [{ ANTHROPIC_API_KEY: ' ' }, undefined],
    [{ ANTHROPIC_API_KEY: 'k', ANTHROPIC_AUTH_TOKEN: 't' }, { kind: 'api_key', value: 'k' }],
    [{ ANTHROPIC_AUTH_TOKEN: 't' }, { kind: 'auth_token', value: 't' }],
    [{ ANTHROPIC_PROFILE: 'work' }, { kind: 'chain' }],
    [{ ANTHROPIC_IDENTITY_TOKEN_FILE: '/token' }, undefined],
    [{ ANTHROPIC_IDENTITY_TOKEN_FILE: '/token', ANTHROPIC_FEDERATION_RULE_ID: 'r', ANTHROPIC_ORGANIZATION_ID: 'o' }, { kind: 'chain' }],
  ])('%j', (environment, expected) => {
    expect(findCredential(environment)).toEqual(expected);
    expect(hasCredential(environment)).toBe(expected !== undefined);
  });
});

describe('estimate', () => {
  const plan = planOffline(platform());

  test('needs no credential', async () => {
    const found = await estimate(plan, { environment: {} }, { logger });
    expect(found).toMatchObject({ model: 'claude-sonnet-5-5', calls: 1, inputSource: 'bytes', priceDate });
    expect(found.highestCost).toBeGreaterThan(found.expectedCost ?? Infinity);
    expect(found.maxOutputTokens).toBeGreaterThan(found.expectedOutputTokens);
  });

  test('a model without a price has no cost, not a cost of nothing', async () => {
    expect(await estimate(plan, { environment: {}, model: 'claude-of-tomorrow' }, { logger })).toMatchObject({ expectedCost: undefined, highestCost: undefined });
  });

  test('lowers the limit of the reply to what may be spent, not below what it needs', async () => {
    const free = await estimate(plan, { environment: {} }, { logger });
    const between = ((free.expectedCost ?? 0) + (free.highestCost ?? 0)) / 2;
    const bounded = await estimate(plan, { environment: {}, maxCost: between }, { logger });
    expect(bounded.highestCost).toBeLessThanOrEqual(between);
    const tight = await estimate(plan, { environment: {}, maxCost: 0.0001 }, { logger });
    expect(tight.highestCost).toBeGreaterThan(0.0001);
  });

  test('an estate too large for one reply is sent in parts, and what no part holds is counted', () => {
    const ids = Array.from({ length: 1000 }, (_, index) => `dag_${index}`);
    const large = planOffline(
      buildAnalysis({ dags: ids.map((id) => ({ id })), candidates: ids.map((dag, index) => ({ id: `c${index}`, dag, kind: 'gcs', mechanism: 'rest_asset_event' })) }),
    );
    const payloads = buildPayloads(large, collectPlanFacts(large.analysis, {}));
    const sent = payloads.flatMap(({ dagIds }) => [...dagIds]);
    expect(Math.max(...payloads.map(({ dagIds }) => dagIds.size))).toBeLessThanOrEqual(MAX_STAGES_SENT);
    expect(new Set(sent).size).toBe(sent.length);
    expect(sent.length + payloads.reduce((sum, { leftOut }) => sum + leftOut, 0)).toBe(1000);
  });
});
