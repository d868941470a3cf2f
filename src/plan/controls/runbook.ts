import type { RunbookEntry, Situation } from '../../model/runbook.js';
import { situations } from '../../model/runbook.js';
import type { Stage } from '../../model/plan.js';
import { runbookTexts } from '../tables/runbook.js';

/** Whom a situation can hit. */
const concerns: Record<Situation, (stage: Stage) => boolean> = {
  duplicates: ({ controls }) => controls !== null,
  out_of_order: ({ controls }) => controls?.ordering.guarantee === 'none' || controls?.ordering.guarantee === 'per_key',
  schema_change: ({ controls }) => controls !== null,
  trigger_storm: ({ controls }) => controls !== null,
  silent_dead_letters: ({ controls }) => controls !== null,
  source_outage: ({ controls }) => controls !== null,
  replay_after_rollback: ({ wave }) => wave > 0,
};

/** The runbook: every situation that can hit a DAG of the plan, with what the on-call does. */
export function buildRunbook(stages: readonly Stage[]): RunbookEntry[] {
  return situations.flatMap((situation) => {
    const dags = stages.filter(concerns[situation]).map(({ dag_id }) => dag_id);
    return dags.length === 0 ? [] : [{ situation, dags, ...runbookTexts[situation] }];
  });
}
