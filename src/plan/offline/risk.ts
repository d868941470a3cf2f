import type { Severity } from '../../model/analysis.js';
import { compareText } from '../../model/place.js';
import type { Stage } from '../../model/plan.js';
import type { PlanFacts } from '../facts/plan-facts.js';

const severityRisk: Record<Severity, number> = { high: 5, medium: 2, low: 1 };
const PARTIAL_RISK = 3;
const FAN_IN_RISK = 2;

/** How much can go wrong when this DAG moves: a coarse sum that only serves to order DAGs. */
function riskOf({ dag_id, trigger }: Stage, facts: PlanFacts): number {
  const hazards = (facts.hazardsOf.get(dag_id) ?? []).reduce((sum, { severity }) => sum + severityRisk[severity], 0);
  const partial = facts.dags.get(dag_id)?.status === 'partial' ? PARTIAL_RISK : 0;
  const fanIn = (trigger?.candidates.length ?? 0) > 1 ? FAN_IN_RISK : 0;
  return hazards + partial + fanIn + (facts.consumersOf.get(dag_id)?.length ?? 0);
}

/** Whether a polling task goes away: the slot that it holds is the gain that everybody sees first. */
function replacesPolling({ trigger }: Stage, facts: PlanFacts): boolean {
  return trigger?.candidates.some((id) => facts.candidates.get(id)?.replaces) ?? false;
}

/** Low risk first, then those that stop polling, then by name. */
export function compareByRisk(facts: PlanFacts): (a: Stage, b: Stage) => number {
  const risks = new Map<Stage, number>();
  const risk = (stage: Stage): number => {
    const known = risks.get(stage) ?? riskOf(stage, facts);
    risks.set(stage, known);
    return known;
  };
  return (a, b) =>
    risk(a) - risk(b) ||
    Number(replacesPolling(b, facts)) - Number(replacesPolling(a, facts)) ||
    compareText(a.dag_id, b.dag_id);
}
