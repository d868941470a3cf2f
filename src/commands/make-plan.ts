import type { AnalysisDocument } from '../model/analysis.js';
import type { UserContext } from '../model/context.js';
import type { PlanDocument } from '../model/plan.js';
import type { Options } from '../options/options.js';
import { planAnalysis } from '../pipeline.js';
import type { ClaudeOptions, Estimate, Logger } from '../plan/claude/options.js';
import type { Io } from './io.js';

/** A plan by rules; Claude refines it when the environment holds a credential and the user didn't say --offline. */
export async function makePlan(analysis: AnalysisDocument, options: Options, io: Io): Promise<PlanDocument> {
  const plan = await planAnalysis(analysis, await contextOf(options, io));
  if (options.offline) return plan;
  const { hasCredential } = await import('../plan/claude/credential.js');
  if (!hasCredential(options.processEnvironment)) return plan;
  const { refinePlan } = await import('../plan/claude/refine.js');
  const refined = await refinePlan(plan, claudeOptions(options, io), { logger: loggerTo(io) });
  io.note(`Claude: ${refined.refinement.detail}`);
  return refined;
}

async function contextOf({ contextFile }: Options, io: Io): Promise<UserContext> {
  if (contextFile === undefined) return {};
  const { readContext } = await import('../options/read-context.js');
  io.note(`Context: ${contextFile}`);
  return readContext(contextFile);
}

function claudeOptions({ model, maxCost, baseUrl, processEnvironment }: Options, io: Io): ClaudeOptions {
  return {
    environment: processEnvironment,
    ...(model !== undefined && { model }),
    ...(maxCost !== undefined && { maxCost }),
    ...(baseUrl !== undefined && { baseUrl }),
    onProgress: (progress) => {
      if (progress.kind === 'estimated') io.note(describeEstimate(progress.estimate));
    },
  };
}

function describeEstimate({ model, stages, inputTokens, expectedCost, highestCost, priceDate }: Estimate): string {
  const size = `Claude: asking ${model} about ${stages} DAGs, ${inputTokens} input tokens`;
  if (expectedCost === undefined || highestCost === undefined) return `${size}, at a price that is not known`;
  return `${size}, about $${expectedCost.toFixed(2)} and at most $${highestCost.toFixed(2)} (prices of ${priceDate})`;
}

function loggerTo(io: Io): Logger {
  const say = (message: string) => io.note(`Claude: ${message}`);
  const ignore = () => undefined;
  return { error: say, warn: say, info: ignore, debug: ignore };
}
