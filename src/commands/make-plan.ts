import { createInterface } from 'node:readline/promises';
import { keptReplies } from '../cache/replies.js';
import type { ExitCode } from '../errors.js';
import { KnownError, exitCodes } from '../errors.js';
import type { AnalysisDocument } from '../model/analysis.js';
import type { UserContext } from '../model/context.js';
import type { PlanDocument } from '../model/plan.js';
import type { Options } from '../options/options.js';
import { planAnalysis } from '../pipeline.js';
import type { ClaudeOptions, Estimate, Logger } from '../plan/claude/options.js';
import type { Io } from './io.js';

/** US dollars that a call may cost at most before somebody is asked. */
const ASK_ABOVE = 1;

/** A plan by rules; Claude refines it when the environment holds a credential and the user didn't say --offline. */
export async function makePlan(analysis: AnalysisDocument, options: Options, io: Io): Promise<PlanDocument> {
  if (options.claude && options.offline) throw new KnownError('--claude and --offline contradict each other', 'give one of them');
  const plan = await offlinePlan(analysis, options, io);
  if (options.offline) return plan;
  const { hasCredential } = await import('../plan/claude/credential.js');
  if (!hasCredential(options.processEnvironment)) {
    if (options.claude) throw new KnownError('--claude is given, but the environment holds no credential', 'set ANTHROPIC_API_KEY, or leave --claude out for the plan by rules');
    return plan;
  }
  if (options.showPayload) for (const body of (await preview(plan, options, io)).bodies) io.note(JSON.stringify(body, undefined, 1));
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  // Ctrl-C ends the call and keeps the plan; a second one ends the process.
  process.once('SIGINT', stop);
  try {
    const { refinePlan } = await import('../plan/claude/refine.js');
    const refined = await refinePlan(plan, { ...claudeOptions(options, io), signal: stopping.signal }, { logger: loggerTo(io) });
    io.note(`Claude: ${refined.refinement.detail}`);
    return refined;
  } finally {
    process.removeListener('SIGINT', stop);
  }
}

/** The plan by rules, with the user's context. */
export async function offlinePlan(analysis: AnalysisDocument, options: Options, io: Io): Promise<PlanDocument> {
  return planAnalysis(analysis, await contextOf(options, io));
}

/** Incomplete when the user insisted on Claude, and it had no part in the plan. */
export function exitCodeOf({ refinement }: PlanDocument, options: Options): ExitCode {
  const hasPart = refinement.status === 'applied' || refinement.status === 'partly_applied';
  return options.claude && !hasPart ? exitCodes.incomplete : exitCodes.clean;
}

/** What would be sent and what it may cost, told to the user. */
export async function preview(plan: PlanDocument, options: Options, io: Io): Promise<{ bodies: Record<string, unknown>[] }> {
  const { previewRequests } = await import('../plan/claude/preview.js');
  const { estimate, bodies } = await previewRequests(plan, claudeOptions(options, io));
  io.note(estimate ? describeEstimate(estimate) : 'Claude: there is nothing to ask about');
  return { bodies };
}

async function contextOf({ contextFile }: Options, io: Io): Promise<UserContext> {
  if (contextFile === undefined) return {};
  const { readContext } = await import('../options/read-context.js');
  io.note(`Context: ${contextFile}`);
  return readContext(contextFile);
}

function claudeOptions(options: Options, io: Io): ClaudeOptions {
  const { model, effort, maxCost, baseUrl, processEnvironment, repliesFolder, replayOnly } = options;
  if (replayOnly && repliesFolder === undefined) throw new KnownError('--replay-only needs the answers that were kept', 'leave --no-cache out, or give --cache-dir');
  return {
    environment: processEnvironment,
    ...(model !== undefined && { model }),
    ...(effort !== undefined && { effort }),
    ...(maxCost !== undefined && { maxCost }),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(repliesFolder !== undefined && { replies: keptReplies(repliesFolder, replayOnly) }),
    // Who gave a limit has agreed to everything below it; an answer that is kept costs nothing.
    ...(maxCost === undefined && !replayOnly && { confirm: (estimate: Estimate) => agreed(estimate, io) }),
    onProgress: (progress) => {
      if (progress.kind === 'estimated') io.note(describeEstimate(progress.estimate));
    },
  };
}

/** Whether the user agrees to what a call may cost; without a terminal only what is cheap is agreed to. */
async function agreed({ highestCost }: Estimate, io: Io): Promise<boolean> {
  if (highestCost !== undefined && highestCost <= ASK_ABOVE) return true;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    io.note(`Claude: it may cost more than $${ASK_ABOVE}; give --max-cost to agree`);
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question('Go on? [y/N] ')).trim());
  } finally {
    terminal.close();
  }
}

function describeEstimate({ model, calls, stages, inputTokens, expectedCost, highestCost, priceDate }: Estimate): string {
  const size = `Claude: asking ${model} about ${stages} DAGs in ${calls} ${calls === 1 ? 'call' : 'calls'}, ${inputTokens} input tokens`;
  if (expectedCost === undefined || highestCost === undefined) return `${size}, at a price that is not known`;
  return `${size}, about $${expectedCost.toFixed(2)} and at most $${highestCost.toFixed(2)}, and the same again for each of two repairs (prices of ${priceDate})`;
}

function loggerTo(io: Io): Logger {
  const say = (message: string) => io.note(`Claude: ${message}`);
  const ignore = () => undefined;
  return { error: say, warn: say, info: ignore, debug: ignore };
}
