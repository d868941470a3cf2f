import { createRequire } from 'node:module';
import type * as Graphlib from '@dagrejs/graphlib';
import type { Dag } from '../model/graph.js';

const require = createRequire(import.meta.url);

/** A cycle among a DAG's tasks, or undefined; Airflow refuses such a DAG (a task before itself is one too). */
export function findCycle(dag: Dag): string[] | undefined {
  if (canBeOrdered(dag)) return undefined;
  // Loaded for the rare DAG that has a cycle to be named.
  const { Graph, alg } = require('@dagrejs/graphlib') as typeof Graphlib;
  const graph = new Graph({ directed: true });
  for (const task of dag.tasks) graph.setNode(task.task_id);
  for (const edge of dag.edges) {
    if (edge.upstream === edge.downstream) return [edge.upstream];
    graph.setEdge(edge.upstream, edge.downstream);
  }
  return alg.findCycles(graph)[0];
}

/** Whether the tasks have a topological order: takes away, again and again, what nothing is before. */
function canBeOrdered({ tasks, edges }: Dag): boolean {
  const waitsFor = new Map<string, number>(tasks.map((task) => [task.task_id, 0]));
  const after = new Map<string, string[]>();
  for (const { upstream, downstream } of edges) {
    waitsFor.set(downstream, (waitsFor.get(downstream) ?? 0) + 1);
    if (!waitsFor.has(upstream)) waitsFor.set(upstream, 0);
    const list = after.get(upstream);
    if (list === undefined) after.set(upstream, [downstream]);
    else list.push(downstream);
  }
  const open = [...waitsFor].flatMap(([task, count]) => (count === 0 ? [task] : []));
  let taken = 0;
  for (let task = open.pop(); task !== undefined; task = open.pop()) {
    taken += 1;
    for (const next of after.get(task) ?? []) {
      const left = (waitsFor.get(next) ?? 0) - 1;
      waitsFor.set(next, left);
      if (left === 0) open.push(next);
    }
  }
  return taken === waitsFor.size;
}
