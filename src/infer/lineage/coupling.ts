import type { Dag, Task } from '../../model/graph.js';
import type { InferContext } from '../context.js';
import { resourcesOf, type Resource } from './resources.js';

/** A DAG that reads what another one writes, while nothing but their clocks makes it come after. */
export interface ClockCoupling {
  reader: { dag: Dag; task: Task };
  writer: { dag: Dag; task: Task };
  resource: Resource;
}

interface Access {
  dag: Dag;
  task: Task;
  resource: Resource;
}

/** All pairs of time-scheduled DAGs that only the clock links, once per reading DAG, writing DAG and resource. */
export function findClockCouplings(context: InferContext): ClockCoupling[] {
  const scheduled = context.graph.dags.filter((dag) => isOnClock(dag));
  const { reads, writes } = accessesOf(scheduled);
  const linked = linkedPairs(context);
  const found = new Map<string, ClockCoupling>();
  for (const read of reads) {
    const writers = writes.get(read.resource.key) ?? [];
    // What a DAG writes itself it doesn't wait for: a staging table of its own, a table that it updates.
    if (writers.some((write) => write.dag === read.dag)) continue;
    for (const write of writers) {
      const pair = pairKey(write.dag.dag_id, read.dag.dag_id);
      if (linked.has(pair)) continue;
      const key = `${pair}\n${read.resource.key}`;
      if (!found.has(key)) found.set(key, { reader: read, writer: write, resource: read.resource });
    }
  }
  return [...found.values()];
}

function isOnClock(dag: Dag): boolean {
  return dag.schedule.kind === 'cron' || dag.schedule.kind === 'delta' || dag.schedule.kind === 'timetable';
}

function accessesOf(dags: readonly Dag[]): { reads: Access[]; writes: Map<string, Access[]> } {
  const reads: Access[] = [];
  const writes = new Map<string, Access[]>();
  for (const dag of dags) {
    for (const task of dag.tasks) {
      const resources = resourcesOf(task);
      reads.push(...resources.reads.map((resource) => ({ dag, task, resource })));
      for (const resource of resources.writes) {
        const access = { dag, task, resource };
        const others = writes.get(resource.key);
        if (others) others.push(access);
        else writes.set(resource.key, [access]);
      }
    }
  }
  return { reads, writes };
}

/** Pairs that Airflow itself links, in either direction, directly or through other DAGs. */
function linkedPairs(context: InferContext): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  for (const { source, target } of context.graph.dag_dependencies) next.set(source, [...(next.get(source) ?? []), target]);
  const pairs = new Set<string>();
  for (const start of next.keys()) {
    const queue = [start];
    const seen = new Set<string>(queue);
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      for (const target of next.get(id) ?? []) {
        if (seen.has(target)) continue;
        seen.add(target);
        queue.push(target);
        pairs.add(pairKey(start, target));
      }
    }
  }
  return pairs;
}

function pairKey(source: string, target: string): string {
  return `${source}\n${target}`;
}
