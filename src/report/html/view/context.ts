import type { Evidence, FanIn, Hazard, RankedDag, TriggerCandidate, Verdict } from '../../../model/analysis.js';
import type { Phase, PlanDocument, Stage } from '../../../model/plan.js';
import { reliancesOf } from '../../facts/reliances.js';
import type { Reliance } from '../../facts/reliances.js';
import { createWeeks } from '../../facts/sample-week.js';
import type { Weeks } from '../../facts/sample-week.js';
import { anchorsOf } from '../anchors.js';
import type { Anchors } from '../anchors.js';
import { contractAnchors } from './contracts.js';
import { taskAccess } from './task-access.js';

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
  readonly ranking: ReadonlyMap<string, RankedDag>;
  /** The phases that touch a stage, by its id, in order. */
  readonly phases: ReadonlyMap<string, readonly Phase[]>;
  readonly reliances: ReadonlyMap<string, readonly Reliance[]>;
  readonly access: ReturnType<typeof taskAccess>;
  readonly contractAnchors: ReadonlyMap<string, string>;
  readonly eventNames: ReadonlyMap<string, string>;
  readonly weeks: Weeks;
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

function phasesByStage({ phases }: PlanDocument): Map<string, Phase[]> {
  const found = new Map<string, Phase[]>();
  for (const phase of phases) {
    for (const stage of [...phase.emits, ...phase.changes.map((change) => change.stage)]) {
      const list = found.get(stage);
      if (list === undefined) found.set(stage, [phase]);
      else list.push(phase);
    }
  }
  return found;
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
    ranking: new Map((analysis.ranking ?? []).map((item) => [item.dag_id, item])),
    phases: phasesByStage(plan),
    reliances: reliancesOf(plan),
    access: taskAccess(analysis),
    contractAnchors: contractAnchors(plan),
    eventNames: new Map(plan.contracts.map(({ id, event, version }) => [id, `${event} v${version}`])),
    weeks: createWeeks(),
  };
}
