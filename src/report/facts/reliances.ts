import type { Place } from '../../model/place.js';
import type { PlanDocument } from '../../model/plan.js';

/**
 * Something that stops matching when a DAG's schedule changes: `awaited` – a sensor of another DAG looks for its runs;
 * `waiting` – its own sensor looks for another DAG's runs; `read` – another DAG reads what it wrote and trusts the hour.
 */
export interface Reliance {
  readonly kind: 'awaited' | 'waiting' | 'read';
  /** The other DAG; null where it isn't known which. */
  readonly dagId: string | null;
  /** The task that looks or reads. */
  readonly taskId: string | null;
  readonly detail: string;
  readonly place: Place | null;
}

/** What stops matching, by the DAG whose schedule would change. */
export function reliancesOf({ analysis }: PlanDocument): ReadonlyMap<string, readonly Reliance[]> {
  const found = new Map<string, Reliance[]>();
  const add = (dagId: string, reliance: Reliance): void => {
    const list = found.get(dagId);
    if (list === undefined) found.set(dagId, [reliance]);
    else list.push(reliance);
  };
  for (const dag of analysis.graph.dags) {
    for (const { task_id: taskId, link, file, line } of dag.tasks) {
      if (link?.kind !== 'sensor') continue;
      const { external_dag_id: awaited } = link;
      const detail = link.external_task_ids.length === 0 ? '' : link.external_task_ids.join(', ');
      const place = { file, line };
      if (awaited !== null && awaited !== dag.dag_id) add(awaited, { kind: 'awaited', dagId: dag.dag_id, taskId, detail, place });
      add(dag.dag_id, { kind: 'waiting', dagId: awaited, taskId, detail, place });
    }
  }
  const places = new Map(analysis.evidence.map(({ id, place }) => [id, place]));
  for (const { dag_id: reader, source_kind: kind, fields, task_id: taskId, evidence } of analysis.candidates) {
    const writer = fields['external_dag_id'];
    if (kind !== 'asset' || writer === undefined || writer === reader) continue;
    add(writer, { kind: 'read', dagId: reader, taskId, detail: fields['resource'] ?? fields['name'] ?? fields['uri'] ?? '', place: places.get(evidence[0] ?? '') ?? null });
  }
  return found;
}
