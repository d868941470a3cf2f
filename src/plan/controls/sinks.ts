import type { SinkControl } from '../../model/controls.js';
import type { Dag } from '../../model/graph.js';
import type { Stage } from '../../model/plan.js';
import type { PlanFacts } from '../facts/plan-facts.js';

const bySinkRule: Readonly<Record<string, Pick<SinkControl, 'effect' | 'replay'>>> = {
  H26: { effect: 'append', replay: 'Delete what the key wrote, then insert again in the same transaction; without a key in the rows a replay doubles them.' },
  H28: { effect: 'side_effect', replay: 'A replay asks the key store first and sends nothing for a key that is done.' },
};

/** Sinks of which the analysis knows that a second delivery harms them. */
export function sinksOf(stage: Stage, dag: Dag, facts: PlanFacts): SinkControl[] {
  return (facts.hazardsOf.get(dag.dag_id) ?? []).flatMap(({ rule, task_id, message, evidence }) => {
    const row = bySinkRule[rule];
    if (!row) return [];
    return [{ task_id: task_id ?? '', sink: message, ...row, second_delivery: 'harmful' as const, dedupe_key: [...stage.dedupe_key], evidence }];
  });
}
