import type { PlanDocument } from '../../model/plan.js';
import { collectPlanFacts } from '../facts/plan-facts.js';
import { wireBody } from './client.js';
import { planQuestions, totalOf } from './estimate.js';
import type { ClaudeOptions, Estimate } from './options.js';
import { buildPayloads } from './payload.js';

export interface Preview {
  /** Undefined when there is nothing to ask about. */
  estimate: Estimate | undefined;
  /** The bodies of the first requests, as they would go out. */
  bodies: Record<string, unknown>[];
}

/** What would be sent, and what it may cost. Nothing is sent, not even to be counted. */
export async function previewRequests(plan: PlanDocument, options: ClaudeOptions): Promise<Preview> {
  const payloads = buildPayloads(plan, collectPlanFacts(plan.analysis, plan.context));
  if (payloads.length === 0) return { estimate: undefined, bodies: [] };
  const questions = await planQuestions(payloads, options, undefined, new AbortController().signal);
  return { estimate: totalOf(questions), bodies: await Promise.all(questions.map(({ request }) => wireBody(request))) };
}
