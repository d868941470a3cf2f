import type { PlanDocument, Refinement } from '../../model/plan.js';
import { costOf, priceOf } from '../../knowledge/prices.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import { collectPlanFacts } from '../facts/plan-facts.js';
import { listChanges } from './changes.js';
import type { Connection, Outcome, StructuredRequest, Usage } from './client.js';
import { findCredential } from './credential.js';
import { buildRequest, connectTo, estimateRequest } from './estimate.js';
import { interpret } from './interpret.js';
import { isSameWork, mergeParts } from './merge.js';
import type { ClaudeOptions, Estimate, Logger } from './options.js';
import { DEFAULT_IDLE_MS, DEFAULT_TIMEOUT_MS } from './options.js';
import { readParts } from './parts.js';
import type { Payload } from './payload.js';
import { buildPayload } from './payload.js';
import { withoutSecrets } from './quiet.js';
import type { Reply } from './reply.js';

/**
 * Asks Claude once to improve a plan. Whatever goes wrong, the given plan comes back whole, and `refinement` says what
 * happened. Nothing of the reply gets in that breaks an invariant.
 */
export async function refinePlan(
  plan: PlanDocument,
  options: ClaudeOptions,
  dependencies: { logger: Logger },
): Promise<PlanDocument> {
  const quiet = withoutSecrets(findCredential(options.environment));
  const facts = collectPlanFacts(plan.analysis, plan.context);
  const payload = buildPayload(plan, facts);
  const request = buildRequest(payload, options);
  const unasked = (detail: string): PlanDocument => withRefinement(plan, { status: 'not_asked', detail, model: request.model });
  if (payload.dagIds.size === 0) return unasked('No DAG has a source, a hazard or a move to talk about.');
  const connection = await connectTo(options, quiet.logger(dependencies.logger));
  if (!connection) return unasked('No credential was found in the environment.');
  const deadline = startDeadline(options);
  try {
    const counted = await connection.countTokens(request, deadline.signal);
    const estimate = estimateRequest(request, payload, counted, options.maxCost);
    options.onProgress?.({ kind: 'estimated', estimate });
    const tooDear = whyTooDear(estimate, options.maxCost);
    if (tooDear !== undefined) return unasked(tooDear);
    const outcome = await call(connection, { ...request, maxTokens: estimate.maxOutputTokens }, options, deadline.signal);
    return finish(plan, facts, payload, request, outcome, quiet.text);
  } finally {
    deadline.end();
  }
}

function call(connection: Connection, request: StructuredRequest, options: ClaudeOptions, signal: AbortSignal): Promise<Outcome> {
  return connection.ask(request, {
    signal,
    idleMs: options.idleMs ?? DEFAULT_IDLE_MS,
    onText: (characters) => options.onProgress?.({ kind: 'streaming', characters }),
  });
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

function finish(
  plan: PlanDocument,
  facts: PlanFacts,
  payload: Payload,
  request: StructuredRequest,
  outcome: Outcome,
  quiet: (text: string) => string,
): PlanDocument {
  const spent = spending(request.model, outcome.usage);
  // Before anything shortens it: half a key is still half a key.
  const read = interpret(outcome.kind === 'failure' ? { ...outcome, message: quiet(outcome.message) } : outcome);
  if (read.kind !== 'reply') return withRefinement(plan, { ...spent, status: read.kind, detail: read.detail });
  const { plan: merged, refused } = merge(read.reply, plan, facts, payload);
  const changes = listChanges(plan, merged);
  const detail = [`Claude changed ${changes.length} fields of the plan; ${refused.length} parts were refused.`, ...leftOut(payload)].join(' ');
  return withRefinement(merged, { ...spent, status: statusOf(changes.length, refused.length), detail, changes, refused });
}

function merge(reply: Reply, plan: PlanDocument, facts: PlanFacts, payload: Payload): { plan: PlanDocument; refused: string[] } {
  const { parts, refused } = readParts(reply, plan, facts, payload);
  const merged = mergeParts(plan, parts, facts);
  const replanned = parts.filter(({ kind, id }) => {
    const phase = merged.plan.phases.find((one) => one.id === id);
    return kind === 'phase' && !(phase && isSameWork(phase, plan.phases.find((one) => one.id === id)));
  });
  const gone = replanned.map(({ id }) => `PHASE_REPLANNED ${id}: its DAGs changed with the targets, so the words for it no longer fit.`);
  return { plan: merged.plan, refused: [...refused, ...merged.refused, ...gone] };
}

function statusOf(changes: number, refused: number): Refinement['status'] {
  if (refused === 0) return 'applied';
  return changes > 0 ? 'partly_applied' : 'rejected';
}

function leftOut({ leftOut: count }: Payload): string[] {
  return count === 0 ? [] : [`${count} further DAGs were not sent and keep what the rules say.`];
}

function spending(model: string, { inputTokens, outputTokens }: Usage): Partial<Refinement> & { model: string } {
  const price = priceOf(model, inputTokens);
  return { model, input_tokens: inputTokens, output_tokens: outputTokens, cost_usd: price ? costOf(price, inputTokens, outputTokens) : 0 };
}

function withRefinement(plan: PlanDocument, refinement: Partial<Refinement> & Pick<Refinement, 'status' | 'detail'>): PlanDocument {
  const nothing = { model: '', input_tokens: 0, output_tokens: 0, cost_usd: 0, changes: [], refused: [] };
  return { ...plan, refinement: { ...nothing, ...refinement } };
}
