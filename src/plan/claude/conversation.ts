import type { PlanDocument } from '../../model/plan.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import type { Connection, Outcome, StructuredRequest, Usage, Watch } from './client.js';
import { interpret } from './interpret.js';
import type { Interpreted } from './interpret.js';
import { mergeParts } from './merge.js';
import type { Part } from './parts.js';
import { readParts } from './parts.js';
import type { Payload } from './payload.js';
import { MOST_REPAIRS, repairTask } from './repair.js';
import type { Reply } from './reply.js';

/** What became of one payload. */
export interface Answer {
  parts: readonly Part[];
  refused: readonly string[];
  /** Why there is no reply; undefined when there is one. */
  failure: Exclude<Interpreted, { kind: 'reply' }> | undefined;
  usage: Usage;
  calls: number;
  repairs: number;
}

export interface Talk {
  plan: PlanDocument;
  facts: PlanFacts;
  connection: Connection;
  watch: Watch;
  /** Keeps the credential out of what is told. */
  quiet: (text: string) => string;
  /** Whether one more call of this size still keeps the user's limit, after what was spent. */
  mayAsk: (request: StructuredRequest, spent: Usage) => boolean;
}

interface Round {
  reply: Reply;
  parts: Part[];
  refused: string[];
}

/**
 * Asks about one payload, and again with what the checker refused, at most twice and only while less is refused. The best
 * round counts. A grammar that the service can't compile is given up once, for words.
 */
export async function converse(first: StructuredRequest, payload: Payload, talk: Talk): Promise<Answer> {
  const usage: Usage = { inputTokens: 0, outputTokens: 0, cacheHits: 0 };
  const count = { calls: 0, repairs: 0 };
  let request = first;
  let best: Round | undefined;
  let failure: Answer['failure'];
  for (let attempt = 0; attempt <= MOST_REPAIRS; ) {
    if (count.calls > 0 && !talk.mayAsk(request, usage)) break;
    const outcome = await talk.connection.ask(request, talk.watch);
    count.calls += 1;
    add(usage, outcome.usage);
    if (isGrammar(outcome) && request.isEnforced) {
      request = { ...request, isEnforced: false };
      continue;
    }
    const read = interpret(outcome.kind === 'failure' ? { ...outcome, message: talk.quiet(outcome.message) } : outcome);
    if (read.kind !== 'reply') {
      failure = read;
      break;
    }
    const round = judge(read.reply, payload, talk);
    if (best && round.refused.length >= best.refused.length) break;
    best = round;
    const mendable = round.refused.filter((finding) => !finding.startsWith('PART_TWICE'));
    if (mendable.length === 0 || attempt === MOST_REPAIRS) break;
    attempt += 1;
    count.repairs += 1;
    request = { ...request, task: repairTask(first.task, round.reply, mendable) };
  }
  return { parts: best?.parts ?? [], refused: best?.refused ?? [], failure: best ? undefined : failure, usage, ...count };
}

function isGrammar(outcome: Outcome): boolean {
  return outcome.kind === 'failure' && outcome.reason === 'grammar';
}

function add(sum: Usage, { inputTokens, outputTokens, cacheHits }: Usage): void {
  sum.cacheHits += cacheHits;
  sum.inputTokens += inputTokens;
  sum.outputTokens += outputTokens;
}

/** What of a reply would be refused, by itself. */
function judge(reply: Reply, payload: Payload, { plan, facts }: Talk): Round {
  const { parts, refused } = readParts(reply, plan, facts, payload);
  return { reply, parts, refused: [...refused, ...mergeParts(plan, parts, facts).refused] };
}
