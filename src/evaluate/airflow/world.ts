import { airflowApi } from '../../knowledge/airflow/api.js';
import type { AirflowApi } from '../../knowledge/airflow/api.js';
import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyInstance } from '../values.js';
import type { Keywords, PyClass, Unknown, Value } from '../values.js';
import { SetupContext } from './setup-state.js';
import { isAirflowObject } from './state.js';
import type { AirflowObject, DagState, FactoryState, GroupState, TaskState } from './state.js';

/** Parts of the model that need each other; each finds the others here instead of importing them. */
export interface Services {
  readonly operatorClass: (rt: Runtime, path: string) => PyClass;
  readonly mappedOperatorClass: (rt: Runtime) => PyClass;
  readonly dagClass: (rt: Runtime, path: string) => PyClass;
  readonly xcomOf: (rt: Runtime, tasks: readonly TaskState[], key?: string) => Value;
  readonly callFactory: (rt: Runtime, state: FactoryState, args: readonly Value[], keywords: Keywords, place: Place) => Value;
  readonly expandFactory: (rt: Runtime, state: FactoryState, expanded: Keywords, place: Place) => Value;
  readonly copyFactory: (rt: Runtime, state: FactoryState, how: 'override' | 'partial', added: Keywords, place: Place) => Value;
}

/** What Airflow keeps while it reads files: the active DAGs and groups, and what was made. */
export interface World {
  readonly services: Services;
  readonly api: AirflowApi;
  readonly classes: Map<string, PyClass>;
  readonly values: Map<string, Value>;
  /** DAGs whose `with` block is open, innermost last. */
  readonly dags: DagState[];
  readonly groups: GroupState[];
  /** DAGs that the current file made, in order. */
  readonly made: DagState[];
  /** DAGs whose `with` block ended while the current file was read. */
  readonly registered: Set<DagState>;
  /** Open `with` blocks on setup and teardown tasks. */
  readonly setups: SetupContext;
}

// A run has one Airflow, which goes with the run.
const worlds = new WeakMap<Runtime, World>();

/** The run's Airflow. */
export function worldOf(rt: Runtime): World {
  const world = worlds.get(rt);
  if (world === undefined) throw new Error('Airflow is not installed in this runtime');
  return world;
}

/** Gives a runtime its Airflow. */
export function openWorld(rt: Runtime, services: Services): void {
  worlds.set(rt, {
    services,
    api: airflowApi(rt.airflow.text),
    classes: new Map<string, PyClass>(),
    values: new Map<string, Value>(),
    dags: [],
    groups: [],
    made: [],
    registered: new Set<DagState>(),
    setups: new SetupContext(),
  });
}

/** The Airflow object behind a value. */
export function stateOf(value: Value | undefined): AirflowObject | undefined {
  return value instanceof PyInstance && isAirflowObject(value.native) ? value.native : undefined;
}

/** The group that a new task of a DAG falls into. */
export function currentGroup(world: World, dag: DagState | undefined): GroupState | undefined {
  return world.groups.at(-1) ?? (dag ?? world.dags.at(-1))?.root;
}

export function isAirflow3(rt: Runtime): boolean {
  return rt.airflow.major >= 3;
}

/** Takes a DAG out of `exact` when a change to it now may not happen. */
export function touch(rt: Runtime, dag: DagState | undefined): void {
  if (dag === undefined) return;
  rt.touchShared(dag.instance.stamp);
  const reason: Unknown | undefined = rt.doubtOn(dag.instance);
  if (reason !== undefined) dag.spoil(reason);
}

/** Forgets what the file before left open: Airflow reads every file in a fresh process. */
export function resetWorld(rt: Runtime): void {
  const world = worldOf(rt);
  world.dags.length = 0;
  world.groups.length = 0;
  world.made.length = 0;
  world.registered.clear();
  world.setups.reset();
}
