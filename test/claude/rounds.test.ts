import { afterEach, describe, expect, test } from 'vitest';
import type { PlanDocument } from '../../src/model/plan.js';
import type { ClaudeOptions, KeptReply, ReplyStore } from '../../src/plan/claude/options.js';
import { buildPayload } from '../../src/plan/claude/payload.js';
import { PARALLEL_CALLS, refinePlan } from '../../src/plan/claude/refine.js';
import { collectPlanFacts } from '../../src/plan/facts/plan-facts.js';
import { checkPlan } from '../../src/plan/invariants/check-plan.js';
import { planOffline } from '../../src/plan/offline/plan-offline.js';
import { buildAnalysis } from '../unit/plan/analysis.js';
import { platform } from '../unit/plan/platform.js';
import type { FakeServer, Scene } from './fake-server.js';
import { startFakeServer } from './fake-server.js';

const key = 'sk-ant-api03-THE-SECRET-KEY-0123456789';
const offline = planOffline(platform());
const { aliases } = buildPayload(offline, collectPlanFacts(offline.analysis, {}));

interface Stage {
  dag: string;
  rationale?: string;
  dedupe_key?: string[];
  candidates?: string[];
  target?: string;
}

/** A reply about stages of the offline plan, each with some fields changed. */
function answer(...stages: Stage[]): string {
  const whole = stages.map(({ dag, ...changed }) => {
    const stage = offline.stages.find(({ dag_id }) => dag_id === dag);
    const candidates = (stage?.trigger?.candidates ?? []).map((id) => aliases.of('cand', id));
    return { id: aliases.of('dag', dag), target: stage?.target, candidates, join: stage?.trigger?.join ?? 'single', dedupe_key: stage?.dedupe_key ?? [], rationale: 'Better so.', questions: [], ...changed };
  });
  return JSON.stringify({ stages: whole, phases: [] });
}

const says = (text: string, more: Partial<Extract<Scene, { kind: 'reply' }>> = {}): Scene => ({ kind: 'reply', text, ...more });
const keyless = { dag: 'landing_orders', dedupe_key: [] };
const unowned = { dag: 'reconcile', candidates: ['cand_999'] };

const servers: FakeServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function ask(scenes: Scene[], options: Partial<ClaudeOptions> = {}, plan = offline): Promise<{ plan: PlanDocument; server: FakeServer; bodies: SentBody[] }> {
  const server = await startFakeServer({ scenes });
  servers.push(server);
  const ignore = (): void => undefined;
  const refined = await refinePlan(
    plan,
    { baseUrl: server.url, environment: { ANTHROPIC_API_KEY: key }, timeoutMs: 8000, ...options },
    { logger: { error: ignore, warn: ignore, info: ignore, debug: ignore } },
  );
  expect(checkPlan(refined)).toEqual([]);
  return { plan: refined, server, bodies: server.messages.map(({ body }) => JSON.parse(body) as SentBody) };
}

interface SentBody {
  system: { text: string; cache_control?: unknown }[];
  messages: { content: { text: string; cache_control?: unknown }[] }[];
  output_config: { format?: unknown };
}

const taskOf = (sent: SentBody | undefined): string => sent?.messages[0]?.content[1]?.text ?? '';

describe('a part that was refused', () => {
  test('is asked for again with what was found, and the mended one gets in', async () => {
    const { plan, bodies } = await ask([says(answer(keyless)), says(answer({ dag: 'landing_orders', rationale: 'With its key.' }))]);
    expect(plan.refinement).toMatchObject({ status: 'applied', refused: [], calls: 2, repairs: 1, input_tokens: 2000, output_tokens: 1000 });
    expect(plan.stages.find(({ dag_id }) => dag_id === 'landing_orders')).toMatchObject({ author: 'claude', rationale: 'With its key.' });
    expect(plan.refinement.changes.find(({ path }) => path === 'stages/landing_orders/rationale')?.reason).toBe('With its key.');
    const [first, second] = bodies;
    expect(taskOf(second)).toContain('KEY_MISSING');
    expect(taskOf(second)).toContain('<previous_answer>');
    // The same beginning, byte by byte: the service's cache holds it.
    expect([second?.system, second?.messages[0]?.content[0]]).toEqual([first?.system, first?.messages[0]?.content[0]]);
    expect(second?.messages[0]?.content[0]?.cache_control).toEqual({ type: 'ephemeral' });
  });

  test.each([
    ['delivery semantics', { dag: 'landing_orders', candidates: [] }, 'Delivery semantics'],
    ['an incomplete key', keyless, 'Deduplication'],
    ['too risky a move', { dag: 'opaque_one', target: 'event', candidates: [aliases.of('cand', 'c09') ?? ''], dedupe_key: ['bucket', 'key', 'etag'] }, 'Risk'],
  ])('%s is asked about in its own words', async (_name, stage, words) => {
    const { bodies } = await ask([says(answer(stage)), says(answer())]);
    expect(taskOf(bodies[1])).toContain(words);
  });

  test('is asked for at most twice more', async () => {
    const three = [keyless, unowned, { dag: 'export_events', dedupe_key: [] }];
    const { plan, server } = await ask([says(answer(...three)), says(answer(...three.slice(0, 2))), says(answer(...three.slice(0, 1))), says(answer())]);
    expect(server.messages).toHaveLength(3);
    expect(plan.refinement).toMatchObject({ calls: 3, repairs: 2, refused: [expect.stringContaining('KEY_MISSING')] });
  });

  test('a worse second answer does not count', async () => {
    const good = { dag: 'reconcile', rationale: 'Both have to be there.' };
    const { plan, server } = await ask([says(answer(good, keyless)), says(answer(keyless, unowned))]);
    expect(server.messages).toHaveLength(2);
    expect(plan.stages.find(({ dag_id }) => dag_id === 'reconcile')?.author).toBe('claude');
    expect(plan.refinement.status).toBe('partly_applied');
  });

  test('a broken second answer leaves the first one', async () => {
    const good = { dag: 'reconcile', rationale: 'Both have to be there.' };
    const { plan } = await ask([says(answer(good, keyless)), says('no JSON')]);
    expect(plan.stages.find(({ dag_id }) => dag_id === 'reconcile')?.author).toBe('claude');
  });

  test('is not asked for again when the limit could be passed', async () => {
    const { plan, server } = await ask([says(answer(keyless)), says(answer())], { maxCost: 0.2 });
    expect(server.messages).toHaveLength(1);
    expect(plan.refinement.cost_usd).toBeLessThanOrEqual(0.2);
  });
});

describe('a schema that the service can not compile', () => {
  const tooLarge: Scene = { kind: 'error', status: 400, type: 'invalid_request_error', message: 'The compiled grammar is too large' };

  test.each([['plain', (text: string) => text], ['in a code fence', (text: string) => `\`\`\`json\n${text}\n\`\`\``]])('is said in words instead, and a reply %s is read', async (_name, wrap) => {
    const { plan, bodies } = await ask([tooLarge, says(wrap(answer({ dag: 'reconcile', rationale: 'In words.' })))]);
    expect(plan.stages.find(({ dag_id }) => dag_id === 'reconcile')?.rationale).toBe('In words.');
    expect([bodies[0]?.output_config.format !== undefined, bodies[1]?.output_config.format]).toEqual([true, undefined]);
    expect(taskOf(bodies[1])).toContain('JSON Schema');
  });
});

/** Answers kept in memory. */
function store(isOnly = false, kept = new Map<string, KeptReply>()): ReplyStore & { kept: Map<string, KeptReply> } {
  return { kept, isOnly, get: (id) => kept.get(id), put: (id, reply) => void kept.set(id, reply) };
}

describe('earlier answers', () => {
  const good = says(answer({ dag: 'reconcile', rationale: 'Kept.' }));

  test('make a second run without a request, and without cost', async () => {
    const replies = store();
    const first = await ask([good], { replies });
    const second = await ask([good], { replies });
    expect([second.server.messages.length, second.server.counts.length]).toEqual([0, 0]);
    expect(second.plan.refinement).toMatchObject({ cache_hits: 1, input_tokens: 0, cost_usd: 0 });
    expect({ ...second.plan, refinement: undefined }).toEqual({ ...first.plan, refinement: undefined });
    expect(JSON.stringify([...replies.kept])).not.toContain(key);
  });

  test('are not made of what broke off or was refused', async () => {
    for (const scene of [{ kind: 'cut', text: answer() } as const, says('', { stop: 'refusal' }), { kind: 'stream_error', type: 'overloaded_error' } as const]) {
      const replies = store();
      await ask([scene], { replies });
      expect([...replies.kept.values()].filter(({ type }) => type.includes('event-stream'))).toEqual([]);
    }
  });

  test('are the only ones when that is asked for: an unknown one is a failure without a request', async () => {
    const { plan, server } = await ask([good], { replies: store(true) });
    expect([server.messages.length, server.counts.length]).toEqual([0, 0]);
    expect(plan.refinement).toMatchObject({ status: 'failed', detail: expect.stringContaining('Only earlier answers count') });
  });

  test('belong to one request: another model asks anew', async () => {
    const replies = store();
    await ask([good], { replies });
    const { server } = await ask([good], { replies, model: 'claude-opus-5-5' });
    expect(server.messages).toHaveLength(1);
  });
});

describe('an estate in several parts', () => {
  const ids = Array.from({ length: 400 }, (_, index) => `dag_${index}`);
  const large = planOffline(buildAnalysis({ dags: ids.map((id) => ({ id })), candidates: ids.map((dag, index) => ({ id: `c${index}`, dag, kind: 'gcs', mechanism: 'rest_asset_event' })) }));
  const empty = says(JSON.stringify({ stages: [], phases: [] }), { delayMs: 40 });

  test('is asked about part by part, never more at once than the limit', async () => {
    const { plan, server } = await ask([empty], {}, large);
    expect(server.messages.length).toBeGreaterThan(3);
    expect(plan.refinement.calls).toBe(server.messages.length);
    expect(server.mostAtOnce()).toBeLessThanOrEqual(PARALLEL_CALLS);
    expect(server.mostAtOnce()).toBeGreaterThan(1);
  }, 20_000);

  test('one part without an answer takes no other with it, and is told', async () => {
    const { plan } = await ask([empty, says('no JSON'), empty], {}, large);
    expect(plan.refinement).toMatchObject({ status: 'rejected', detail: expect.stringMatching(/1 of \d+ parts of the estate got no answer/) });
  }, 20_000);

  test('a credential that is not accepted is tried once', async () => {
    const { server } = await ask([{ kind: 'error', status: 401, type: 'authentication_error' }], {}, large);
    expect(server.messages).toHaveLength(1);
  });
});

test('nothing is asked when the price is not agreed to', async () => {
  const { plan, server } = await ask([says(answer())], { confirm: () => Promise.resolve(false) });
  expect(server.messages).toHaveLength(0);
  expect(plan.refinement).toMatchObject({ status: 'not_asked', detail: expect.stringContaining('not agreed') });
});
