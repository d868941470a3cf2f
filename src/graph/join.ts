import type { Dag, GraphDocument } from '../model/graph.js';
import { compareText } from '../model/place.js';
import { collectAssets, collectDependencies } from './dag-links.js';

/** A repository beside the one that is judged. */
export interface Neighbour {
  readonly name: string;
  readonly graph: GraphDocument;
}

/** The place of a neighbour's file among all files. */
export function neighbourFile(name: string, file: string): string {
  return `${name}:${file}`;
}

/**
 * One estate of several repositories: links and assets are drawn over all. Of a dag_id that two of them use the own DAG
 * stays, else the first neighbour's. What is wrong in the neighbours' own files is not taken over.
 */
export function joinGraphs(own: GraphDocument, neighbours: readonly Neighbour[]): GraphDocument {
  const dags = new Map(own.dags.map((dag) => [dag.dag_id, dag]));
  for (const { name, graph } of neighbours) {
    for (const dag of graph.dags) if (!dags.has(dag.dag_id)) dags.set(dag.dag_id, moved(dag, name));
  }
  const all = [...dags.values()].sort((a, b) => compareText(a.dag_id, b.dag_id));
  const assets = collectAssets(all);
  return { ...own, dags: all, assets, dag_dependencies: collectDependencies(all, assets) };
}

/** A DAG with all its places in the neighbour's files. */
function moved(dag: Dag, name: string): Dag {
  const move = <T extends { file: string }>(each: T): T => ({ ...each, file: neighbourFile(name, each.file) });
  return {
    ...move(dag),
    tasks: dag.tasks.map((task) => ({ ...move(task), callable: task.callable === null ? null : move(task.callable), body: task.body.map(move) })),
    edges: dag.edges.map(move),
    task_groups: dag.task_groups.map(move),
    unknowns: dag.unknowns.map(move),
    assumptions: dag.assumptions.map(move),
  };
}
