import type { Dag, Task } from '../model/graph.js';

/** A DAG's tasks and edges, indexed once. */
export interface Topology {
  tasks: ReadonlyMap<string, Task>;
  upstream(taskId: string): readonly string[];
  downstream(taskId: string): readonly string[];
  /** Every task that must come before, nearest first. */
  ancestors(taskId: string): readonly string[];
}

/** Indexes a DAG. Edges that name no task of the DAG are left out. */
export function topologyOf(dag: Dag): Topology {
  const tasks = new Map(dag.tasks.map((task) => [task.task_id, task]));
  const upstream = new Map<string, string[]>();
  const downstream = new Map<string, string[]>();
  for (const edge of dag.edges) {
    if (!tasks.has(edge.upstream) || !tasks.has(edge.downstream)) continue;
    append(upstream, edge.downstream, edge.upstream);
    append(downstream, edge.upstream, edge.downstream);
  }
  const parents = (taskId: string) => upstream.get(taskId) ?? [];
  return {
    tasks,
    upstream: parents,
    downstream: (taskId) => downstream.get(taskId) ?? [],
    ancestors: (taskId) => reach(taskId, parents),
  };
}

/** Task ids so ordered that upstream tasks come first; tasks in a cycle come last, in their given order. */
export function tasksInOrder(dag: Dag, topology: Topology): string[] {
  const open = new Map(dag.tasks.map((task) => [task.task_id, new Set(topology.upstream(task.task_id)).size]));
  const ready = [...open].filter(([, count]) => count === 0).map(([taskId]) => taskId);
  const ordered: string[] = [];
  for (let taskId = ready.shift(); taskId !== undefined; taskId = ready.shift()) {
    ordered.push(taskId);
    open.delete(taskId);
    for (const next of new Set(topology.downstream(taskId))) {
      const left = (open.get(next) ?? 0) - 1;
      open.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  return [...ordered, ...open.keys()];
}

function append(index: Map<string, string[]>, key: string, value: string): void {
  const list = index.get(key);
  if (list) list.push(value);
  else index.set(key, [value]);
}

function reach(start: string, next: (taskId: string) => readonly string[]): string[] {
  const seen = new Set<string>([start]);
  const queue = [start];
  for (let taskId = queue.shift(); taskId !== undefined; taskId = queue.shift()) {
    for (const neighbour of next(taskId)) {
      if (seen.has(neighbour)) continue;
      seen.add(neighbour);
      queue.push(neighbour);
    }
  }
  seen.delete(start);
  return [...seen];
}
