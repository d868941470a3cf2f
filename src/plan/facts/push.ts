import type { TriggerCandidate } from '../../model/analysis.js';

/** A run that another DAG starts today by TriggerDagRunOperator. */
export function isPush({ mechanism, replaces }: TriggerCandidate): boolean {
  return mechanism.kind === 'trigger_dag_run' && replaces === null;
}
