import type { PlanDocument } from '../../model/plan.js';
import { costOf, priceDate, priceOf } from '../../knowledge/prices.js';
import { collectPlanFacts } from '../facts/plan-facts.js';
import type { Connection, StructuredRequest } from './client.js';
import { connect } from './client.js';
import { findCredential } from './credential.js';
import type { ClaudeOptions, Effort, Estimate, Logger } from './options.js';
import { DEFAULT_EFFORT, DEFAULT_MODEL } from './options.js';
import type { Payload } from './payload.js';
import { buildPayloads } from './payload.js';
import { systemPrompt, task } from './prompt.js';
import { Reply } from './reply.js';

/** What the models write for one stage and one phase, rounded up. */
const TOKENS_PER_STAGE = 300;
const TOKENS_PER_PHASE = 250;
/** Thinking counts as output. A guess, made large enough to be a limit that holds. */
const thinkingTokens: Record<Effort, number> = { low: 2_000, medium: 6_000, high: 12_000, xhigh: 24_000, max: 48_000 };
/** What every current model can write in one reply. */
const MOST_OUTPUT_TOKENS = 128_000;
/** The service calls its own count an estimate. */
const COUNT_MARGIN = 1.05;
/** Fewer bytes than this are never one token in JSON like ours. */
const BYTES_PER_TOKEN = 3;

/** The request for a plan, with the limit that its size deserves. */
export function buildRequest(payload: Payload, options: ClaudeOptions): StructuredRequest {
  const effort = options.effort ?? DEFAULT_EFFORT;
  return {
    model: options.model ?? DEFAULT_MODEL,
    effort,
    maxTokens: Math.min(MOST_OUTPUT_TOKENS, 2 * expectedOutput(payload, effort)),
    system: systemPrompt,
    data: payload.data,
    task,
    shape: Reply,
    isEnforced: true,
  };
}

function expectedOutput({ dagIds, phaseIds }: Payload, effort: Effort): number {
  return dagIds.size * TOKENS_PER_STAGE + phaseIds.size * TOKENS_PER_PHASE + thinkingTokens[effort];
}

/** Says what a request will cost. The limit is lowered, never below what is expected, so that `maxCost` holds. */
export function estimateRequest(
  request: StructuredRequest,
  payload: Payload,
  counted: number | undefined,
  maxCost: number | undefined,
): Estimate {
  const inputTokens = counted ?? guessTokens(request);
  const charged = Math.ceil(inputTokens * (counted === undefined ? 1 : COUNT_MARGIN));
  const price = priceOf(request.model, charged);
  const expectedOutputTokens = Math.min(request.maxTokens, expectedOutput(payload, request.effort));
  const affordable =
    price && maxCost !== undefined
      ? Math.floor((maxCost - costOf(price, charged, 0)) / costOf(price, 0, 1))
      : request.maxTokens;
  const maxOutputTokens = Math.max(expectedOutputTokens, Math.min(request.maxTokens, affordable));
  return {
    model: request.model,
    calls: 1,
    inputTokens,
    inputSource: counted === undefined ? 'bytes' : 'counted',
    expectedOutputTokens,
    maxOutputTokens,
    expectedCost: price && costOf(price, charged, expectedOutputTokens),
    highestCost: price && costOf(price, charged, maxOutputTokens),
    priceDate,
    stages: payload.dagIds.size,
  };
}

export function guessTokens({ system, data, task: words }: StructuredRequest): number {
  return Math.ceil(new TextEncoder().encode(system + data + words).length / BYTES_PER_TOKEN);
}

/** One payload with its request and what it may cost. */
export interface Question {
  payload: Payload;
  request: StructuredRequest;
  estimate: Estimate;
}

/** The requests of a plan, each with its estimate; the user's limit is shared out evenly among them. */
export async function planQuestions(
  payloads: readonly Payload[],
  options: ClaudeOptions,
  connection: Connection | undefined,
  signal: AbortSignal,
): Promise<Question[]> {
  const share = options.maxCost === undefined ? undefined : options.maxCost / payloads.length;
  const questions: Question[] = [];
  for (const payload of payloads) {
    const request = buildRequest(payload, options);
    const estimate = estimateRequest(request, payload, await connection?.countTokens(request, signal), share);
    questions.push({ payload, request: { ...request, maxTokens: estimate.maxOutputTokens }, estimate });
  }
  return questions;
}

/** What several requests cost together. */
export function totalOf(questions: readonly Question[]): Estimate {
  const [first, ...rest] = questions.map(({ estimate }) => estimate);
  if (!first) throw new Error('there is nothing to estimate');
  const sum = (a: number | undefined, b: number | undefined): number | undefined => (a === undefined || b === undefined ? undefined : a + b);
  return rest.reduce(
    (total, one) => ({
      ...total,
      calls: total.calls + one.calls,
      inputTokens: total.inputTokens + one.inputTokens,
      inputSource: one.inputSource === 'bytes' ? one.inputSource : total.inputSource,
      expectedOutputTokens: total.expectedOutputTokens + one.expectedOutputTokens,
      maxOutputTokens: total.maxOutputTokens + one.maxOutputTokens,
      expectedCost: sum(total.expectedCost, one.expectedCost),
      highestCost: sum(total.highestCost, one.highestCost),
      stages: total.stages + one.stages,
    }),
    first,
  );
}

/** Says what refining this plan would cost, without asking for it. Counts with the service when a credential is there. */
export async function estimate(plan: PlanDocument, options: ClaudeOptions, dependencies: { logger: Logger }): Promise<Estimate> {
  const payloads = buildPayloads(plan, collectPlanFacts(plan.analysis, plan.context));
  const connection = await connectTo(options, dependencies.logger);
  const signal = options.signal ?? new AbortController().signal;
  return totalOf(await planQuestions(payloads, options, connection, signal));
}

/** A connection by the credential of the environment; undefined when it holds none. */
export async function connectTo(options: ClaudeOptions, logger: Logger): Promise<Connection | undefined> {
  const credential = findCredential(options.environment);
  if (!credential) return undefined;
  return connect({ credential, baseUrl: options.baseUrl ?? options.environment['ANTHROPIC_BASE_URL'], logger, replies: options.replies });
}
