import type { PlanDocument, Refinement } from '../../model/plan.js';
import { costOf, priceOf } from '../../knowledge/prices.js';
import { collectPlanFacts } from '../facts/plan-facts.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import { listChanges } from './changes.js';
import type { Connection, StructuredRequest, Usage } from './client.js';
import { sdkVersion } from './client.js';
import type { Answer, Talk } from './conversation.js';
import { converse } from './conversation.js';
import { findCredential } from './credential.js';
import type { Question } from './estimate.js';
import { scorePlan } from '../score.js';
import { connectTo, guessTokens, planQuestions, totalOf } from './estimate.js';
import { isSameWork, mergeParts } from './merge.js';
import { notAsked } from './not-asked.js';
import type { ClaudeOptions, Estimate, Logger } from './options.js';
import { DEFAULT_EFFORT, DEFAULT_IDLE_MS, DEFAULT_MODEL, DEFAULT_TIMEOUT_MS } from './options.js';
import type { Part } from './parts.js';
import type { Payload } from './payload.js';
import { buildPayloads } from './payload.js';
import { PROMPT_VERSION } from './prompt.js';
import { withoutSecrets } from './quiet.js';

/** So many parts of an estate are asked about at once, after the first has filled the service's cache. */
export const PARALLEL_CALLS = 3;

/**
 * Asks Claude to improve a plan. Whatever goes wrong, the given plan comes back whole, and `refinement` says what
 * happened. Nothing of the reply gets in that breaks an invariant.
 */
export async function refinePlan(plan: PlanDocument, options: ClaudeOptions, dependencies: { logger: Logger }): Promise<PlanDocument> {
  const quiet = withoutSecrets(findCredential(options.environment));
  const facts = collectPlanFacts(plan.analysis, plan.context);
  const payloads = buildPayloads(plan, facts);
  const asked = { model: options.model ?? DEFAULT_MODEL, effort: options.effort ?? DEFAULT_EFFORT, sdk: sdkVersion, prompt_version: PROMPT_VERSION };
  const unasked = (detail: string): PlanDocument => withRefinement(plan, { ...asked, status: 'not_asked', detail });
  if (payloads.length === 0) return unasked('No DAG has a source, a hazard or a move to talk about.');
  const connection = await connectTo(options, quiet.logger(dependencies.logger));
  if (!connection) return unasked('No credential was found in the environment.');
  const deadline = startDeadline(options);
  try {
    const questions = await planQuestions(payloads, options, connection, deadline.signal);
    const estimate = totalOf(questions);
    options.onProgress?.({ kind: 'estimated', estimate });
    const tooDear = whyTooDear(estimate, options.maxCost);
    if (tooDear !== undefined) return unasked(tooDear);
    if (options.confirm && !(await options.confirm(estimate))) return unasked('It was not agreed to what the call may cost.');
    const answers = await askAll(questions, talkOf(plan, facts, connection, options, deadline.signal, quiet.text));
    return finish(plan, facts, payloads, answers, asked);
  } finally {
    deadline.end();
  }
}

function talkOf(
  plan: PlanDocument,
  facts: PlanFacts,
  connection: Connection,
  options: ClaudeOptions,
  signal: AbortSignal,
  quiet: (text: string) => string,
): Talk {
  return {
    plan,
    facts,
    connection,
    quiet,
    watch: { signal, idleMs: options.idleMs ?? DEFAULT_IDLE_MS, onText: (characters) => options.onProgress?.({ kind: 'streaming', characters }) },
    mayAsk: (request, spent) => keepsLimit(request, spent, options.maxCost),
  };
}

/** Whether a further call of this size keeps the limit even when its whole output is used. */
function keepsLimit(request: StructuredRequest, spent: Usage, maxCost: number | undefined): boolean {
  if (maxCost === undefined) return true;
  const input = guessTokens(request);
  const price = priceOf(request.model, input);
  if (!price) return false;
  return costOf(price, spent.inputTokens + input, spent.outputTokens + request.maxTokens) <= maxCost;
}

/** The first alone, so that the others read what it put into the service's cache; a failure that all would meet ends it. */
async function askAll(questions: readonly Question[], talk: Talk): Promise<Answer[]> {
  const [first, ...rest] = questions;
  if (!first) return [];
  const answers = [await converse(first.request, first.payload, shareOf(talk, questions.length))];
  if (answers[0]?.failure?.kind === 'failed') return answers;
  for (let at = 0; at < rest.length; at += PARALLEL_CALLS) {
    const group = rest.slice(at, at + PARALLEL_CALLS);
    answers.push(...(await Promise.all(group.map(({ request, payload }) => converse(request, payload, shareOf(talk, questions.length))))));
  }
  return answers;
}

/** Each of several conversations keeps its own share of the limit: together they keep the whole. */
function shareOf(talk: Talk, count: number): Talk {
  return {
    ...talk,
    mayAsk: (request, spent) => talk.mayAsk({ ...request, maxTokens: request.maxTokens * count }, { inputTokens: spent.inputTokens * count, outputTokens: spent.outputTokens * count, cacheHits: 0 }),
  };
}

/** One limit over counting, retries, waits and the stream: the service may ask for an hour of patience. */
function startDeadline({ signal, timeoutMs = DEFAULT_TIMEOUT_MS }: ClaudeOptions): { signal: AbortSignal; end: () => void } {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new DOMException('the total time is over', 'TimeoutError')), timeoutMs);
  return { signal: AbortSignal.any([limit.signal, ...(signal ? [signal] : [])]), end: () => clearTimeout(timer) };
}

/** Why the call is not made: it could pass the limit, or nobody can say whether it would. */
function whyTooDear({ model, highestCost, priceDate }: Estimate, maxCost: number | undefined): string | undefined {
  if (maxCost === undefined) return undefined;
  if (highestCost === undefined) return `The price of ${model} is not in the table of ${priceDate}, so the limit of $${maxCost} could not be kept.`;
  if (highestCost <= maxCost) return undefined;
  return `The call may cost $${highestCost.toFixed(4)} (prices of ${priceDate}), more than the limit of $${maxCost}.`;
}

type Asked = Pick<Refinement, 'model' | 'effort' | 'sdk' | 'prompt_version'>;

function finish(plan: PlanDocument, facts: PlanFacts, payloads: readonly Payload[], answers: readonly Answer[], asked: Asked): PlanDocument {
  const spent = { ...asked, ...spending(asked.model, answers) };
  const failures = answers.flatMap(({ failure }) => failure ?? []);
  const [failure] = failures;
  if (failure && failures.length === answers.length) return withRefinement(plan, { ...spent, status: failure.kind, detail: failure.detail });
  const { plan: merged, refused } = merge(answers.flatMap(({ parts }) => parts), plan, facts);
  const all = [...new Set([...answers.flatMap((answer) => answer.refused), ...refused])];
  const changes = listChanges(plan, merged);
  const detail = [`Claude changed ${changes.length} fields of the plan; ${all.length} parts were refused.`, ...partsFailed(failures.map((one) => one.detail), payloads.length), ...leftOut(payloads)].join(' ');
  return withRefinement({ ...merged, score: scorePlan(merged) }, { ...spent, status: statusOf(changes.length, all.length + failures.length), detail, changes, refused: all });
}

function partsFailed(details: readonly string[], payloads: number): string[] {
  return details.length === 0 ? [] : [`${details.length} of ${payloads} parts of the estate got no answer: ${[...new Set(details)].join(' ')}`];
}

function merge(parts: readonly Part[], plan: PlanDocument, facts: PlanFacts): { plan: PlanDocument; refused: string[] } {
  const merged = mergeParts(plan, parts, facts);
  const replanned = parts.filter(({ kind, id }) => {
    const phase = merged.plan.phases.find((one) => one.id === id);
    return kind === 'phase' && !(phase && isSameWork(phase, plan.phases.find((one) => one.id === id)));
  });
  const gone = replanned.map(({ id }) => `PHASE_REPLANNED ${id}: its DAGs changed with the targets, so the words for it no longer fit.`);
  return { plan: merged.plan, refused: [...merged.refused, ...gone] };
}

function statusOf(changes: number, refused: number): Refinement['status'] {
  if (refused === 0) return 'applied';
  return changes > 0 ? 'partly_applied' : 'rejected';
}

function leftOut(payloads: readonly Payload[]): string[] {
  const count = payloads.reduce((sum, payload) => sum + payload.leftOut, 0);
  return count === 0 ? [] : [`${count} further DAGs were not sent and keep what the rules say.`];
}

function spending(model: string, answers: readonly Answer[]): Partial<Refinement> {
  const sum = (value: (answer: Answer) => number): number => answers.reduce((total, answer) => total + value(answer), 0);
  const cost = sum(({ usage: { inputTokens, outputTokens } }) => {
    const price = priceOf(model, inputTokens);
    return price ? costOf(price, inputTokens, outputTokens) : 0;
  });
  return {
    calls: sum(({ calls }) => calls),
    cache_hits: sum(({ usage }) => usage.cacheHits),
    repairs: sum(({ repairs }) => repairs),
    input_tokens: sum(({ usage }) => usage.inputTokens),
    output_tokens: sum(({ usage }) => usage.outputTokens),
    cost_usd: cost,
  };
}

function withRefinement(plan: PlanDocument, refinement: Partial<Refinement> & Pick<Refinement, 'status' | 'detail'>): PlanDocument {
  return { ...plan, refinement: { ...notAsked, ...refinement } };
}
