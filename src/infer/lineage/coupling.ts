import type { Resource } from '../../model/analysis.js';
import type { Dag, Task } from '../../model/graph.js';
import type { InferContext } from '../context.js';
import type { FoundLink, Side } from './links.js';
import { keyOf, resourceOf } from './resource.js';
import { unify, type Match } from './unify.js';

/** A DAG that reads what another one writes, while nothing but their clocks makes it come after. */
export interface ClockCoupling {
  reader: { dag: Dag; task: Task };
  writer: { dag: Dag; task: Task };
  /** As the reader names it. */
  resource: Resource;
  /** How sure it is that both mean the same, and why. */
  match: Match;
  read: Side;
  written: Side;
}

/** All pairs of time-scheduled DAGs that only the clock links, once per reading DAG, writing DAG and resource. */
export function findClockCouplings(links: readonly FoundLink[], context: InferContext): ClockCoupling[] {
  const linked = linkedPairs(context);
  const found = new Map<string, ClockCoupling>();
  for (const { reader, writer, match } of links) {
    if (reader.dag === writer.dag || !isOnClock(reader.dag) || !isOnClock(writer.dag)) continue;
    const pair = pairKey(writer.dag.dag_id, reader.dag.dag_id);
    if (linked.has(pair) || waitsFor(reader.dag, writer, context)) continue;
    const resource = resourceOf(reader.access.found);
    const key = `${pair}\n${resource.key}`;
    if (!found.has(key)) found.set(key, { reader, writer, resource, match, read: reader, written: writer });
  }
  return [...found.values()];
}

/** Whether a sensor of a DAG looks for what another one writes. */
function waitsFor(dag: Dag, { access }: Side, context: InferContext): boolean {
  return dag.tasks.some((task) => context.accessesOf(dag, task).accesses.some((each) => each.isWait === true && (keyOf(each.found) === keyOf(access.found) || isMatch(unify(access.found, each.found)))));
}

function isMatch(match: Match | undefined): boolean {
  return match !== undefined && match.confidence !== 'low';
}

function isOnClock(dag: Dag): boolean {
  return dag.schedule.kind === 'cron' || dag.schedule.kind === 'delta' || dag.schedule.kind === 'timetable';
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
