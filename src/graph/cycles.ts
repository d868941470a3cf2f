import { Graph, alg } from '@dagrejs/graphlib';
import type { Dag } from '../model/graph.js';

/** A cycle among a DAG's tasks, or undefined; Airflow refuses such a DAG (a task before itself is one too). */
export function findCycle(dag: Dag): string[] | undefined {
  const graph = new Graph({ directed: true });
  for (const task of dag.tasks) graph.setNode(task.task_id);
  for (const edge of dag.edges) {
    if (edge.upstream === edge.downstream) return [edge.upstream];
    graph.setEdge(edge.upstream, edge.downstream);
  }
  return alg.findCycles(graph)[0];
}
