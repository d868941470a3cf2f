import type { Evidence, FanIn, Hazard, TriggerCandidate, Verdict } from '../../../model/analysis.js';
import type { PlanDocument, Stage } from '../../../model/plan.js';
import { anchorsOf } from '../anchors.js';
import type { Anchors } from '../anchors.js';

/** A plan with the look-ups that its views need, made once. */
export interface PlanContext {
  readonly plan: PlanDocument;
  readonly anchors: Anchors;
  readonly evidence: ReadonlyMap<string, Evidence>;
  readonly candidateById: ReadonlyMap<string, TriggerCandidate>;
  readonly stageById: ReadonlyMap<string, Stage>;
  readonly stages: ReadonlyMap<string, Stage>;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly candidates: ReadonlyMap<string, readonly TriggerCandidate[]>;
  readonly fanIns: ReadonlyMap<string, readonly FanIn[]>;
  readonly hazards: ReadonlyMap<string, readonly Hazard[]>;
}

function byDag<Item extends { dag_id: string }>(items: readonly Item[]): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.dag_id);
    if (group === undefined) groups.set(item.dag_id, [item]);
    else group.push(item);
  }
  return groups;
}

export function contextOf(plan: PlanDocument): PlanContext {
  const { analysis } = plan;
  return {
    plan,
    anchors: anchorsOf(analysis.graph.dags.map((dag) => dag.dag_id)),
    evidence: new Map(analysis.evidence.map((item) => [item.id, item])),
    candidateById: new Map(analysis.candidates.map((item) => [item.id, item])),
    stageById: new Map(plan.stages.map((item) => [item.id, item])),
    stages: new Map(plan.stages.map((item) => [item.dag_id, item])),
    verdicts: new Map(analysis.verdicts.map((item) => [item.dag_id, item])),
    candidates: byDag(analysis.candidates),
    fanIns: byDag(analysis.fan_ins),
    hazards: byDag(analysis.hazards),
  };
}
