import type { SourceKind, TriggerCandidate } from '../../model/analysis.js';
import type { Stage } from '../../model/plan.js';
import type { PlanFacts } from '../facts/plan-facts.js';

export type EventKind = Exclude<SourceKind, 'clock'>;

/** An event that starts a DAG. `candidate` is null where only the start itself is known: somebody sends it. */
export interface Leg {
  kind: EventKind;
  fields: Readonly<Record<string, string>>;
  candidate: TriggerCandidate | null;
}

/** Whether events start the DAG at the end of the plan, beside a clock or alone. */
export function isStartedByEvents({ target }: Pick<Stage, 'target'>): boolean {
  return target === 'event' || target === 'hybrid';
}

/** The events of a stage: its trigger's candidates; of a start that is kept as it is, those that the DAG has today. */
export function legsOf(stage: Stage, facts: PlanFacts): Leg[] {
  if (!isStartedByEvents(stage)) return [];
  const chosen = (stage.trigger?.candidates ?? []).flatMap((id) => facts.candidates.get(id) ?? []);
  const kinds = new Set<SourceKind>(['asset', 'dag_completion']);
  const kept = (facts.candidatesOf.get(stage.dag_id) ?? []).filter(({ source_kind, is_mid_dag }) => kinds.has(source_kind) && !is_mid_dag);
  const legs = (chosen.length > 0 ? chosen : kept).flatMap((candidate) => {
    const { source_kind: kind, fields } = candidate;
    return kind === 'clock' ? [] : [{ kind, fields, candidate }];
  });
  return legs.length > 0 ? legs : [{ kind: 'dag_completion', fields: { dag_id: stage.dag_id }, candidate: null }];
}
