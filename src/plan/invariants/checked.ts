import type { PlanDocument } from '../../model/plan.js';
import { collectPlanFacts } from '../facts/plan-facts.js';
import type { Checked, Progress } from './invariant.js';

/** Prepares a plan for the invariants. Nothing in it is trusted: ids that lead nowhere are simply not found. */
export function prepare(plan: PlanDocument): Checked {
  const stages = new Map(plan.stages.map((stage) => [stage.id, stage]));
  const progress = new Map<string, Progress>();
  const announcedIn = new Map<string, number>();
  plan.phases.forEach((phase, index) => {
    const number = index + 1;
    for (const { stage, to } of phase.changes) {
      const dagId = stages.get(stage)?.dag_id;
      if (dagId !== undefined && to !== 'cron') progress.set(dagId, { ...progress.get(dagId), [to]: number });
    }
    for (const id of phase.emits) {
      const dagId = stages.get(id)?.dag_id;
      if (dagId !== undefined && !announcedIn.has(dagId)) announcedIn.set(dagId, number);
    }
  });
  return {
    plan,
    facts: collectPlanFacts(plan.analysis, plan.context),
    stages,
    stageOf: new Map(plan.stages.map((stage) => [stage.dag_id, stage])),
    progress,
    announcedIn,
  };
}
