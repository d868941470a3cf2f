import type { AnalysisDocument } from '../../model/analysis.js';
import type { UserContext } from '../../model/context.js';
import type { PlanDocument } from '../../model/plan.js';
import { notAsked } from '../claude/not-asked.js';
import { buildContracts } from '../controls/contracts.js';
import { withControls } from '../controls/controls.js';
import { buildRunbook } from '../controls/runbook.js';
import { collectPlanFacts } from '../facts/plan-facts.js';
import { scorePlan } from '../score.js';
import { decideAll } from './decide.js';
import { planPhases } from './phases.js';
import { rankQuestions } from './questions.js';
import { buildStage } from './stage.js';
import { summarize } from './summary.js';
import { PLAN_SCHEMA_VERSION } from '../../model/version.js';

/** The whole plan by rules alone: complete, valid, and the same bytes for the same analysis and context. */
export function planOffline(analysis: AnalysisDocument, context: UserContext = {}): PlanDocument {
  const facts = collectPlanFacts(analysis, context);
  const decisions = decideAll(facts);
  const placed = [...facts.dags.values()].flatMap((dag) => {
    const decision = decisions.get(dag.dag_id);
    return decision ? [buildStage(dag, decision, facts)] : [];
  });
  const planned = planPhases(placed, facts);
  const stages = withControls(planned.stages, facts);
  const { phases } = planned;
  const plan = {
    schema: 'dag2event/plan' as const,
    schema_version: PLAN_SCHEMA_VERSION,
    tool_version: analysis.tool_version,
    analysis,
    summary: summarize(stages, phases),
    stages,
    phases,
    contracts: buildContracts(stages, facts),
    runbook: buildRunbook(stages),
    context,
    questions: rankQuestions(stages, decisions, facts),
    refinement: notAsked,
  };
  return { ...plan, score: scorePlan(plan) };
}
