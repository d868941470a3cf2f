import type { AnalysisDocument } from '../../model/analysis.js';
import type { PlanDocument, Refinement } from '../../model/plan.js';
import { collectPlanFacts } from '../facts/plan-facts.js';
import { decideAll } from './decide.js';
import { planPhases } from './phases.js';
import { rankQuestions } from './questions.js';
import { buildStage } from './stage.js';
import { summarize } from './summary.js';
import { PLAN_SCHEMA_VERSION } from '../../model/version.js';

const notAsked: Refinement = {
  status: 'not_asked',
  detail: 'Made by rules alone.',
  model: '',
  input_tokens: 0,
  output_tokens: 0,
  cost_usd: 0,
  changes: [],
  refused: [],
};

/** The whole plan by rules alone: complete, valid, and the same bytes for the same analysis. */
export function planOffline(analysis: AnalysisDocument): PlanDocument {
  const facts = collectPlanFacts(analysis);
  const decisions = decideAll(facts);
  const placed = [...facts.dags.values()].flatMap((dag) => {
    const decision = decisions.get(dag.dag_id);
    return decision ? [buildStage(dag, decision, facts)] : [];
  });
  const { stages, phases } = planPhases(placed, facts);
  return {
    schema: 'dag2event/plan',
    schema_version: PLAN_SCHEMA_VERSION,
    tool_version: analysis.tool_version,
    analysis,
    summary: summarize(stages, phases),
    stages,
    phases,
    questions: rankQuestions(stages, decisions, facts),
    refinement: notAsked,
  };
}
