import type { AnalysisDocument } from '../model/analysis.js';
import type { PlanDocument } from '../model/plan.js';
import type { Options } from '../options/options.js';
import { planAnalysis } from '../pipeline.js';
import type { Io } from './io.js';

/** A plan by rules; Claude refines it when a credential is found and the user didn't say --offline. */
export async function makePlan(analysis: AnalysisDocument, _options: Options, _io: Io): Promise<PlanDocument> {
  return planAnalysis(analysis);
}
