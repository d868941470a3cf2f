import type { TriggerCandidate } from '../../model/analysis.js';
import type { Dag, GraphDocument } from '../../model/graph.js';
import { compareText } from '../../model/place.js';
import type { Stage } from '../../model/plan.js';
import { isSteady } from './cadence.js';
import type { Producers } from './producers.js';
import { isPush } from './push.js';

/**
 * A DAG that relies on another one's clock. `sensor`: it polls for that DAG's run by logical date, which event runs
 * don't carry. `clock`: it reads what the other wrote and trusts that it ran early enough.
 */
export interface Coupling {
  kind: 'sensor' | 'clock';
  producer: string;
  consumer: string;
}

interface Sources {
  graph: GraphDocument;
  dags: ReadonlyMap<string, Dag>;
  candidates: readonly TriggerCandidate[];
  producers: ReadonlyMap<string, Producers>;
  today: ReadonlyMap<string, Stage['today']>;
}

/** Every clock coupling between two different DAGs of the repository, once, sensors before mere clock couplings. */
export function findCouplings({ graph, dags, candidates, producers, today }: Sources): Coupling[] {
  const found = new Map<string, Coupling>();
  const add = (kind: Coupling['kind'], producer: string, consumer: string): void => {
    const key = JSON.stringify([producer, consumer]);
    if (producer === consumer || !today.has(producer) || !today.has(consumer)) return;
    if (kind === 'clock' && (found.has(key) || isSteady(producer, consumer, { dags }))) return;
    found.set(key, { kind, producer, consumer });
  };
  for (const dag of graph.dags)
    for (const task of dag.tasks)
      if (task.link?.kind === 'sensor' && task.link.external_dag_id !== null)
        add('sensor', task.link.external_dag_id, dag.dag_id);
  for (const link of graph.dag_dependencies) if (link.kind === 'sensor') add('sensor', link.source, link.target);
  for (const candidate of candidates) {
    const polls = candidate.source_kind === 'dag_completion' && candidate.replaces !== null;
    if (isPush(candidate)) continue;
    if (!polls && !isClocked(today.get(candidate.dag_id))) continue;
    for (const producer of producers.get(candidate.id)?.known ?? [])
      add(polls ? 'sensor' : 'clock', producer, candidate.dag_id);
  }
  return [...found.values()].sort(
    (a, b) => compareText(a.producer, b.producer) || compareText(a.consumer, b.consumer),
  );
}

function isClocked(today: Stage['today'] | undefined): boolean {
  return today === 'cron' || today === 'hybrid' || today === 'unknown';
}
