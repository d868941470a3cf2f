import type { Dag, GraphDocument } from '../../model/graph.js';
import { comparePlaces, compareText } from '../../model/place.js';
import type { Place } from '../../model/place.js';
import type { UnknownFact, UnknownKind } from '../../model/unknown.js';
import { causeOf, remedies } from './unknown-causes.js';
import type { Cause } from './unknown-causes.js';

/** One thing that isn't known, with every DAG that it touches. */
export interface RankedUnknown {
  readonly kind: UnknownKind;
  readonly reason: string;
  readonly cure: string;
  readonly dagIds: readonly string[];
  /** Those of them that nothing else keeps from being exact. */
  readonly unlockedDagIds: readonly string[];
  readonly places: readonly Place[];
}

/** What one deed would do, e.g. giving the Variables. */
export interface RankedRemedy {
  readonly remedy: string;
  readonly kinds: readonly UnknownKind[];
  readonly dagIds: readonly string[];
  readonly unlockedDagIds: readonly string[];
}

interface Group {
  readonly cause: Cause;
  readonly dagIds: Set<string>;
  readonly unlocked: Set<string>;
  readonly places: Map<string, Place>;
}

const keyOf = ({ kind, text }: Cause): string => JSON.stringify([kind, text]);

function add(groups: Map<string, Group>, fact: UnknownFact, dagId: string | null, isAlone: boolean): void {
  const cause = causeOf(fact);
  const key = keyOf(cause);
  const group = groups.get(key) ?? { cause, dagIds: new Set(), unlocked: new Set(), places: new Map() };
  groups.set(key, group);
  if (dagId !== null) group.dagIds.add(dagId);
  if (dagId !== null && isAlone) group.unlocked.add(dagId);
  group.places.set(`${fact.file}:${fact.line}`, { file: fact.file, line: fact.line });
}

/** Whether all that isn't known of a DAG is one thing. */
function isOneThing(dag: Dag, keyOfFact: (fact: UnknownFact) => string): boolean {
  return new Set(dag.unknowns.map(keyOfFact)).size === 1;
}

const sorted = (ids: Iterable<string>): string[] => [...ids].sort(compareText);

function compareGroups(a: RankedUnknown, b: RankedUnknown): number {
  return (
    b.dagIds.length - a.dagIds.length ||
    b.unlockedDagIds.length - a.unlockedDagIds.length ||
    b.places.length - a.places.length ||
    compareText(a.kind, b.kind) ||
    compareText(a.reason, b.reason)
  );
}

/** What isn't known, the one that costs most DAGs first. */
export function rankUnknowns(graph: GraphDocument): RankedUnknown[] {
  const groups = new Map<string, Group>();
  for (const fact of graph.unknowns) add(groups, fact, null, false);
  for (const dag of graph.dags) {
    const isAlone = isOneThing(dag, (fact) => keyOf(causeOf(fact)));
    for (const fact of dag.unknowns) add(groups, fact, dag.dag_id, isAlone);
  }
  return [...groups.values()]
    .map(({ cause, dagIds, unlocked, places }) => ({
      kind: cause.kind,
      reason: cause.text,
      cure: cause.unlock,
      dagIds: sorted(dagIds),
      unlockedDagIds: sorted(unlocked),
      places: [...places.values()].sort(comparePlaces),
    }))
    .sort(compareGroups);
}

/** What one could do, the deed that helps most DAGs first; what touches no DAG is left out. */
export function rankRemedies(graph: GraphDocument): RankedRemedy[] {
  const found = new Map<string, { kinds: Set<UnknownKind>; dagIds: Set<string>; unlocked: Set<string> }>();
  for (const dag of graph.dags) {
    const isAlone = isOneThing(dag, ({ kind }) => remedies[kind]);
    for (const { kind } of dag.unknowns) {
      const remedy = found.get(remedies[kind]) ?? { kinds: new Set(), dagIds: new Set(), unlocked: new Set() };
      found.set(remedies[kind], remedy);
      remedy.kinds.add(kind);
      remedy.dagIds.add(dag.dag_id);
      if (isAlone) remedy.unlocked.add(dag.dag_id);
    }
  }
  return [...found]
    .map(([remedy, { kinds, dagIds, unlocked }]) => ({ remedy, kinds: [...kinds].sort(compareText), dagIds: sorted(dagIds), unlockedDagIds: sorted(unlocked) }))
    .sort((a, b) => b.dagIds.length - a.dagIds.length || b.unlockedDagIds.length - a.unlockedDagIds.length || compareText(a.remedy, b.remedy));
}
