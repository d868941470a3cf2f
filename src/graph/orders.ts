import type { Dag } from '../model/graph.js';
import { compareText } from '../model/place.js';
import type { UnknownFact } from '../model/unknown.js';
import type { FileFacts } from './file-facts.js';

/**
 * Judges a file that took something in an order which Python doesn't promise, by what the same file gives in other
 * orders: a DAG that is the same in all of them doesn't hang on it, another one is not exact, for the reasons given.
 */
export function judgeOrders(facts: FileFacts, others: readonly FileFacts[], reasons: readonly UnknownFact[]): FileFacts {
  const isSameFile = others.every((other) => frameOf(other) === frameOf(facts));
  const shapes = others.map((other) => new Map(other.dags.map((dag) => [dag.dag_id, shapeOf(dag)])));
  const isSame = (dag: Dag): boolean => shapes.every((byId) => byId.get(dag.dag_id) === shapeOf(dag));
  const dags = facts.dags.map((dag) => (isSame(dag) ? dag : doubted(dag, reasons)));
  if (isSameFile) return { ...facts, dags };
  const isBroken = others.every((other) => other.importErrors.length > 0);
  return { ...facts, dags, importErrors: isBroken ? facts.importErrors : [], unknowns: [...facts.unknowns, ...reasons] };
}

function doubted(dag: Dag, reasons: readonly UnknownFact[]): Dag {
  return { ...dag, status: dag.status === 'exact' ? 'partial' : dag.status, unknowns: [...dag.unknowns, ...reasons] };
}

function shapeOf(dag: Dag): string {
  return JSON.stringify({ ...dag, assumptions: dag.assumptions.map((each) => JSON.stringify(each)).sort(compareText) });
}

/** What a file gives beside its DAGs, and which DAGs these are. */
function frameOf(facts: FileFacts): string {
  const ids = facts.dags.map((dag) => dag.dag_id).sort(compareText);
  return JSON.stringify([ids, facts.importErrors, facts.unknowns]);
}
