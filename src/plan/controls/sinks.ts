import type { Sink } from '../../model/analysis.js';
import type { SinkControl } from '../../model/controls.js';
import type { Dag } from '../../model/graph.js';
import type { Stage } from '../../model/plan.js';
import type { PlanFacts } from '../facts/plan-facts.js';

const byMode: Readonly<Record<Sink['mode'], Pick<SinkControl, 'effect' | 'replay'>>> = {
  overwrite_partition: { effect: 'overwrite', replay: 'A replay with the same date writes the same partition again.' },
  overwrite: { effect: 'overwrite', replay: 'A replay writes the same again.' },
  merge: { effect: 'merge', replay: 'A replay finds its rows and changes nothing more.' },
  delete: { effect: 'overwrite', replay: 'A replay deletes what is gone already.' },
  append: { effect: 'append', replay: 'Delete what the key wrote, then insert again in the same transaction; without a key in the rows a replay doubles them.' },
  side_effect: { effect: 'side_effect', replay: 'A replay asks the key store first and sends nothing for a key that is done.' },
  unknown: { effect: 'unknown', replay: 'Find out whether writing twice is writing once; until then a replay asks the key store first.' },
};

/** What a second delivery does to each sink of a DAG, as the analysis tells it. */
export function sinksOf(stage: Stage, dag: Dag, facts: PlanFacts): SinkControl[] {
  const sinks = (facts.analysis.sinks ?? []).filter(({ dag_id }) => dag_id === dag.dag_id);
  return sinks.map(({ task_id, target, mode, second_delivery, evidence }) => ({
    task_id,
    sink: target,
    ...byMode[mode],
    second_delivery,
    dedupe_key: second_delivery === 'harmless' ? [] : [...stage.dedupe_key],
    evidence,
  }));
}
