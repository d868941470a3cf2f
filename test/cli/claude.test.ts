import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PlanDocument } from '../../src/model/plan.js';
import type { FakeServer, Scene } from '../claude/fake-server.js';
import { startFakeServer } from '../claude/fake-server.js';
import { run } from './run.js';

const repository = path.join(import.meta.dirname, '../../fixtures/plans/webhook-bursts');
const key = 'sk-ant-api03-THE-SECRET-KEY-0123456789';
const empty: Scene = { kind: 'reply', text: JSON.stringify({ stages: [], phases: [] }) };

let cache = '';
let server: FakeServer | undefined;
beforeEach(() => {
  cache = mkdtempSync(path.join(tmpdir(), 'claude-'));
});
afterEach(async () => {
  await server?.close();
  server = undefined;
});

interface Told {
  exitCode: number;
  stdout: string;
  stderr: string;
  requests: number;
  bodies: string[];
}

async function plan(scenes: Scene[], words: string[] = [], environment: Record<string, string> = { ANTHROPIC_API_KEY: key }): Promise<Told> {
  await server?.close();
  server = await startFakeServer({ scenes });
  const { exitCode, stdout, stderr } = await run(
    ['plan', repository, '--format', 'json', '--output', '-', '--cache-dir', cache, ...words],
    { workingDirectory: cache, environment: { ...environment, ANTHROPIC_BASE_URL: server.url } },
  );
  expect(stdout + stderr).not.toContain(key);
  // What was sent is told by --show-payload alone.
  if (!words.includes('--show-payload')) expect(stdout + stderr).not.toContain('dag_data');
  return { exitCode, stdout, stderr, requests: server.messages.length, bodies: server.messages.map(({ body }) => body) };
}

const refinement = ({ stdout }: Told): PlanDocument['refinement'] => PlanDocument.parse(JSON.parse(stdout)).refinement;

describe('plan with a credential', () => {
  test('asks, says beforehand what it costs, and the second run asks nobody', async () => {
    const first = await plan([empty]);
    expect([first.exitCode, first.requests]).toEqual([0, 1]);
    expect(first.stderr).toMatch(/asking claude-\S+ about 2 DAGs in 1 call, \d+ input tokens, about \$\d/);
    expect(refinement(first)).toMatchObject({ status: 'applied', calls: 1, cache_hits: 0, sdk: expect.stringMatching(/^\d+\.\d+/), prompt_version: expect.stringMatching(/./) });
    const second = await plan([empty]);
    expect([second.exitCode, second.requests]).toEqual([0, 0]);
    expect(refinement(second)).toMatchObject({ cache_hits: 1, cost_usd: 0 });
    for (const file of readdirSync(cache, { recursive: true, withFileTypes: true }))
      if (file.isFile()) expect(readFileSync(path.join(file.parentPath, file.name), 'latin1')).not.toContain(key);
  });

  test('--no-cache keeps nothing and asks again', async () => {
    await plan([empty], ['--no-cache']);
    expect((await plan([empty], ['--no-cache'])).requests).toBe(1);
  });

  test('--replay-only asks nobody, and without an earlier answer the rules stand', async () => {
    const told = await plan([empty], ['--replay-only']);
    expect([told.exitCode, told.requests, refinement(told).status]).toEqual([0, 0, 'failed']);
    expect((await plan([empty], ['--replay-only', '--claude'])).exitCode).toBe(3);
    await plan([empty]);
    expect((await plan([empty], ['--replay-only', '--claude'])).exitCode).toBe(0);
  });

  test.each<[string, Scene]>([
    ['a refusal', { kind: 'reply', text: '', stop: 'refusal' }],
    ['a truncated reply', { kind: 'reply', text: '{"stages":', stop: 'max_tokens' }],
    ['an overloaded service', { kind: 'error', status: 529, type: 'overloaded_error', headers: { 'retry-after-ms': '5' } }],
    ['a cut stream', { kind: 'cut', text: '{"stages":[],"phases":[]}' }],
    ['no JSON', { kind: 'reply', text: 'I would rather not.' }],
    ['a wrong key', { kind: 'error', status: 401, type: 'authentication_error', message: `invalid ${key}` }],
  ])('%s: the plan by rules is written whole, and only --claude makes that incomplete', async (_name, scene) => {
    const offline = JSON.parse((await plan([empty], ['--offline'])).stdout) as PlanDocument;
    const told = await plan([scene]);
    expect(told.exitCode).toBe(0);
    expect({ ...(JSON.parse(told.stdout) as PlanDocument), refinement: undefined }).toEqual({ ...offline, refinement: undefined });
    expect((await plan([scene], ['--claude'])).exitCode).toBe(3);
  });

  test('what may cost more than a dollar is not asked for without somebody who agrees', async () => {
    const dear = ['--model', 'claude-fable-5-1'];
    const told = await plan([empty], dear);
    expect([told.exitCode, told.requests]).toEqual([0, 0]);
    expect(told.stderr).toContain('give --max-cost to agree');
    expect((await plan([empty], [...dear, '--max-cost', '20'])).requests).toBe(1);
  });

  test('--effort goes over the wire; a wrong one is a usage error', async () => {
    const { bodies } = await plan([empty], ['--effort', 'low']);
    expect(JSON.parse(bodies[0] ?? '{}')).toMatchObject({ output_config: { effort: 'low' } });
    expect((await plan([empty], ['--effort', 'hard'])).exitCode).toBe(2);
  });
});

describe('before anybody is asked', () => {
  test('--dry-run sends nothing, not even to be counted', async () => {
    const told = await plan([empty], ['--dry-run']);
    expect([told.exitCode, told.requests, server?.counts.length, told.stdout]).toEqual([0, 0, 0, '']);
    expect(told.stderr).toContain('Claude: asking');
  });

  test('--dry-run --show-payload prints exactly what then goes out', async () => {
    const [shown] = JSON.parse((await plan([empty], ['--dry-run', '--show-payload'])).stdout) as Record<string, unknown>[];
    const { bodies } = await plan([empty]);
    const { stream, ...sent } = JSON.parse(bodies[0] ?? '{}') as Record<string, unknown>;
    expect(stream).toBe(true);
    expect({ ...sent, max_tokens: 0 }).toEqual({ ...shown, max_tokens: 0 });
  });

  test('--claude without a credential, or with --offline, is a usage error', async () => {
    const without = await plan([empty], ['--claude'], {});
    expect([without.exitCode, without.stderr]).toEqual([2, expect.stringContaining('no credential')]);
    expect((await plan([empty], ['--claude', '--offline'])).exitCode).toBe(2);
  });
});
