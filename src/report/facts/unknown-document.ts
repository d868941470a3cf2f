import type { GraphDocument } from '../../model/graph.js';
import { rankRemedies, rankUnknowns } from './unknown-ranking.js';

/** The part of a graph that `--unknowns` is about, with the ranking that its text shows. */
export function onlyUnknowns(graph: GraphDocument): unknown {
  const dags = graph.dags.filter((dag) => dag.status !== 'exact');
  return {
    name: graph.name,
    remedies: rankRemedies(graph).map(({ remedy, kinds, dagIds, unlockedDagIds }) => ({ remedy, kinds, dags: dagIds, exact_with_it_alone: unlockedDagIds })),
    ranking: rankUnknowns(graph).map(({ kind, reason, cure, dagIds, unlockedDagIds, places }) => ({
      kind, cause: reason, cure, dags: dagIds, exact_with_it_alone: unlockedDagIds, places,
    })),
    dags: dags.map(({ dag_id, status, file, line, unknowns }) => ({ dag_id, status, file, line, unknowns })),
    import_errors: graph.import_errors,
    inputs: graph.inputs.filter((input) => input.state === 'missing'),
    opaque_modules: graph.opaque_modules,
    unknowns: graph.unknowns,
  };
}
