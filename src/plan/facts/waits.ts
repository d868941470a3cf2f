import type { TriggerCandidate } from '../../model/analysis.js';
import type { PlanFacts } from './plan-facts.js';

/** An ExternalTaskSensor that would stay in a DAG although its events come by another way. */
export interface WaitLeft {
  task_id: string;
  external_dag_id: string | null;
}

/** Sensors on other DAGs' runs that the trigger's candidates don't replace: in an event run they would wait for ever. */
export function waitsLeft(dagId: string, legs: readonly TriggerCandidate[], facts: PlanFacts): WaitLeft[] {
  const tasks = new Set(legs.map(({ task_id }) => task_id));
  const producers = new Set(legs.flatMap(({ id }) => facts.producers.get(id)?.known ?? []));
  return (facts.dags.get(dagId)?.tasks ?? []).flatMap(({ task_id, link }) => {
    if (link?.kind !== 'sensor' || tasks.has(task_id)) return [];
    if (link.external_dag_id !== null && producers.has(link.external_dag_id)) return [];
    return [{ task_id, external_dag_id: link.external_dag_id }];
  });
}
