import type { Dag, GraphDocument, Task } from '../model/graph.js';
import { createGaps, type Gaps } from '../util/cron/gap.js';
import { createMeetings, type Meetings } from '../util/cron/meet.js';
import { createPaces, type Paces } from '../util/cron/pace.js';
import { indexAssets, type AssetIndex } from './asset-index.js';
import { createEvidenceBook, type EvidenceBook } from './evidence.js';
import { cascadesOf, type Cascade } from './fan-outs.js';
import { accessesOf } from './lineage/accesses.js';
import type { TaskAccesses } from './lineage/resource.js';
import { waitingTasks, type WaitingTask } from './sensors.js';
import { topologyOf, type Topology } from './topology.js';

/** What the detectors and rules of one run share. Nothing here outlives the run. */
export interface InferContext {
  graph: GraphDocument;
  /** The analysed Airflow release, e.g. `2.11.2`. */
  release: string;
  dags: ReadonlyMap<string, DagFacts>;
  /** DAG id to the tasks of other DAGs that start it by TriggerDagRunOperator. */
  pushes: ReadonlyMap<string, readonly Push[]>;
  /** Whether the logical dates of two crons meet. */
  meetings: Meetings;
  /** Mean time from a start of one cron to the next of another. */
  gaps: Gaps;
  /** Runs per day of a cron. */
  paces: Paces;
  /** DAG id to what one run of it starts; only of DAGs that start others. */
  cascades: ReadonlyMap<string, Cascade>;
  /** Pool to the DAGs that use it and start by themselves, by schedule; without the default pool, which is everybody's. */
  poolUsers: ReadonlyMap<string, PoolUsers>;
  assets: AssetIndex;
  book: EvidenceBook;
  /** What a task reads and writes; worked out once. */
  accessesOf: (dag: Dag, task: Task) => TaskAccesses;
}

/** A DAG that uses a pool, with its first task that does. */
export interface PoolUser {
  dag: Dag;
  task: Task;
}

/** Schedule, as text, to the DAGs that have it. */
export type PoolUsers = ReadonlyMap<string, readonly PoolUser[]>;

/** A task that starts another DAG. */
export interface Push {
  dag: Dag;
  task: Task;
  wait_for_completion: boolean;
  has_conf: boolean;
}

/** A DAG with what is looked up about it again and again. */
export interface DagFacts {
  dag: Dag;
  topology: Topology;
  waiting: readonly WaitingTask[];
}

/** Indexes a graph for inference. */
export function createInferContext(graph: GraphDocument): InferContext {
  const dags = graph.dags.map((dag) => [dag.dag_id, factsOf(dag)] as const);
  return {
    graph,
    release: graph.airflow_version.version,
    dags: new Map(dags),
    pushes: pushesOf(graph),
    meetings: createMeetings(),
    gaps: createGaps(),
    paces: createPaces(),
    cascades: cascadesOf(graph),
    poolUsers: poolUsersOf(graph),
    assets: indexAssets(graph.assets),
    book: createEvidenceBook(),
    accessesOf: rememberAccesses(),
  };
}

function rememberAccesses(): InferContext['accessesOf'] {
  const known = new Map<Task, TaskAccesses>();
  return (dag, task) => {
    const accesses = known.get(task) ?? accessesOf(dag, task);
    known.set(task, accesses);
    return accesses;
  };
}

function pushesOf(graph: GraphDocument): Map<string, Push[]> {
  const pushes = new Map<string, Push[]>();
  for (const dag of graph.dags) {
    for (const task of dag.tasks) {
      if (task.link?.kind !== 'trigger' || task.link.trigger_dag_id === null || task.link.trigger_dag_id === dag.dag_id) continue;
      const { trigger_dag_id: target, wait_for_completion, has_conf } = task.link;
      pushes.set(target, [...(pushes.get(target) ?? []), { dag, task, wait_for_completion, has_conf }]);
    }
  }
  return pushes;
}

function factsOf(dag: Dag): DagFacts {
  const topology = topologyOf(dag);
  return { dag, topology, waiting: waitingTasks(dag, topology) };
}

function poolUsersOf(graph: GraphDocument): Map<string, Map<string, PoolUser[]>> {
  const pools = new Map<string, Map<string, PoolUser[]>>();
  for (const dag of graph.dags) {
    if (!startsByItself(dag)) continue;
    const seen = new Set<string>();
    for (const task of dag.tasks) {
      if (task.pool === null || task.pool === 'default_pool' || seen.has(task.pool)) continue;
      seen.add(task.pool);
      const users = pools.get(task.pool) ?? new Map<string, PoolUser[]>();
      pools.set(task.pool, users);
      const key = JSON.stringify(dag.schedule);
      const same = users.get(key);
      if (same) same.push({ dag, task });
      else users.set(key, [{ dag, task }]);
    }
  }
  return pools;
}

function startsByItself({ schedule }: Dag): boolean {
  return schedule.kind !== 'none' && schedule.kind !== 'once' && schedule.kind !== 'unknown';
}
