import type { GraphDocument } from '../../model/graph.js';
import { comparePlaces, compareText } from '../../model/place.js';
import type { Place } from '../../model/place.js';
import { unknownCures } from '../../model/unknown.js';
import type { UnknownFact, UnknownKind } from '../../model/unknown.js';

/** One thing that isn't known, with every DAG it takes out of `exact`. */
export interface RankedUnknown {
  readonly kind: UnknownKind;
  readonly reason: string;
  readonly cure: string;
  readonly dagIds: readonly string[];
  readonly places: readonly Place[];
}

interface Group {
  readonly fact: UnknownFact;
  readonly dagIds: Set<string>;
  readonly places: Map<string, Place>;
}

function add(groups: Map<string, Group>, fact: UnknownFact, dagId: string | null): void {
  const key = JSON.stringify([fact.kind, fact.reason]);
  const group = groups.get(key) ?? { fact, dagIds: new Set(), places: new Map() };
  groups.set(key, group);
  if (dagId !== null) group.dagIds.add(dagId);
  group.places.set(`${fact.file}:${fact.line}`, { file: fact.file, line: fact.line });
}

function compareGroups(a: RankedUnknown, b: RankedUnknown): number {
  return (
    b.dagIds.length - a.dagIds.length ||
    b.places.length - a.places.length ||
    compareText(a.kind, b.kind) ||
    compareText(a.reason, b.reason)
  );
}

/** What isn't known, the one that costs most DAGs first. */
export function rankUnknowns(graph: GraphDocument): RankedUnknown[] {
  const groups = new Map<string, Group>();
  for (const fact of graph.unknowns) add(groups, fact, null);
  for (const dag of graph.dags) for (const fact of dag.unknowns) add(groups, fact, dag.dag_id);
  return [...groups.values()]
    .map(({ fact, dagIds, places }) => ({
      kind: fact.kind,
      reason: fact.reason,
      cure: unknownCures[fact.kind],
      dagIds: [...dagIds].sort(compareText),
      places: [...places.values()].sort(comparePlaces),
    }))
    .sort(compareGroups);
}
