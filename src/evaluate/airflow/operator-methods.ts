import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyInstance, PyList, PyTuple, Unknown } from '../values.js';
import type { NativeCall, Value } from '../values.js';
import { property } from './define.js';
import { addReferenceEdges, dependables, groupLeaves, groupRoots, rootsOf, setRelatives } from './edges.js';
import { addTask } from './registration.js';
import { setMark, setupMethods, tasksOf } from './setup-methods.js';
import { DagState } from './state.js';
import type { Dependable, GroupState, TaskState } from './state.js';
import { stateOf, touch, worldOf } from './world.js';

function dependableOf(value: Value): Dependable | undefined {
  const state = stateOf(value);
  return state?.kind === 'task' || state?.kind === 'group' || state?.kind === 'xcom' || state?.kind === 'label' ? state : undefined;
}

/** `self >> other` in either direction; what can't be told of the other side takes the DAG out of `exact`. */
function relate(rt: Runtime, self: Value, other: Value, upstream: boolean, place: Place): void {
  const state = dependableOf(self);
  if (state === undefined) return;
  const { items, hidden } = dependables(rt, other, place);
  if (hidden !== undefined) {
    for (const task of rootsOf(rt, state)) task.dag?.spoil(hidden);
    if (rootsOf(rt, state).length === 0) for (const dag of worldOf(rt).made) dag.spoil(hidden);
  }
  setRelatives(rt, state, items, upstream, place);
}

const shift =
  (upstream: boolean, returnsSelf: boolean): NativeCall =>
  (rt, [self = null, other = null], _keywords, place) => {
    relate(rt, self, other, upstream, place);
    return returnsSelf ? self : other;
  };

const setStream =
  (upstream: boolean): NativeCall =>
  (rt, [self = null, other = null], keywords, place) => {
    relate(rt, self, keywords.get('task_or_task_list') ?? keywords.get('other') ?? other, upstream, place);
    return null;
  };

/** `task > asset` adds an outlet, `asset > task` an inlet. */
const lineage =
  (name: 'inlets' | 'outlets'): NativeCall =>
  (rt, [self = null, other = null], _keywords, place) => {
    const state = stateOf(self);
    if (state?.kind === 'task') addLineage(rt, state, name, other, place);
    return self;
  };

function addLineage(rt: Runtime, task: TaskState, name: 'inlets' | 'outlets', added: Value, place: Place): void {
  touch(rt, task.dag);
  const old = task.instance.attributes.get(name) ?? null;
  const before = old === null ? [] : old instanceof PyList || old instanceof PyTuple ? [...old.items] : [old];
  if (added instanceof Unknown) task.dag?.spoil(added);
  const more = added instanceof PyList || added instanceof PyTuple ? added.items : [added];
  if (old instanceof Unknown) return;
  task.instance.attributes.set(name, rt.list([...before, ...more]));
  rt.step(place);
}

/** What tasks, mapped tasks, groups, XComArgs and labels have in common. */
export const dependencyMethods: Readonly<Record<string, NativeCall>> = {
  __rshift__: shift(false, false),
  __lshift__: shift(true, false),
  __rrshift__: shift(true, true),
  __rlshift__: shift(false, true),
  set_upstream: setStream(true),
  set_downstream: setStream(false),
};

/** Assigning to a task: a templated argument makes data edges, `dag` adds the task to it. */
const setTaskAttribute: NativeCall = (rt, [self = null, name, value = null], _keywords, place) => {
  const state = stateOf(self);
  if (!(self instanceof PyInstance) || typeof name !== 'string') return null;
  if (state?.kind !== 'task') {
    self.attributes.set(name, value);
    return null;
  }
  touch(rt, state.dag);
  if (name === 'dag') {
    const dag = stateOf(value);
    if (dag instanceof DagState) addTask(rt, dag, state, place);
    else if (value instanceof Unknown) for (const each of worldOf(rt).made) each.spoil(value);
    return null;
  }
  if (name === 'is_setup') setMark(rt, state, 'isSetup', value === true, place);
  if (name === 'is_teardown') setMark(rt, state, 'isTeardown', value === true, place);
  if (name === 'task_id' && state.isReady && value !== state.taskId) state.dag?.spoil(rt.unknown('mutation', 'task_id is set after the task was made', place));
  if (name === 'trigger_rule' && state.isReady && (state.dag?.keywords.get('fail_stop') ?? false) !== false) {
    state.dag?.spoil(rt.unknown('mutation', 'trigger_rule is set in a DAG with fail_stop after the task was made', place));
  }
  self.attributes.set(name, value);
  if (state.keywords.has(name)) state.keywords.set(name, value);
  if (state.isReady && state.templateFields?.includes(name) === true) addReferenceEdges(rt, state, value, place);
  return null;
};

export const operatorMethods: Readonly<Record<string, NativeCall>> = {
  __setattr__: setTaskAttribute,
  __gt__: lineage('outlets'),
  __lt__: lineage('inlets'),
  __or__: (rt, [self = null, other = null], _keywords, place) => {
    relate(rt, self, other, false, place);
    return other;
  },
  ...setupMethods,
  has_dag: (_rt, [self]) => tasksOf(self ?? null).some((task) => task.dag !== undefined),
  add_inlets: (rt, [self, added = null], _keywords, place) => {
    for (const task of tasksOf(self ?? null)) addLineage(rt, task, 'inlets', added, place);
    return null;
  },
  add_outlets: (rt, [self, added = null], _keywords, place) => {
    for (const task of tasksOf(self ?? null)) addLineage(rt, task, 'outlets', added, place);
    return null;
  },
  get_dag: (_rt, [self]) => tasksOf(self ?? null)[0]?.dag?.instance ?? null,
  get_direct_relative_ids: (rt, [self, upstream = false], keywords) => {
    const isUpstream = (keywords.get('upstream') ?? upstream) === true;
    return rt.set(tasksOf(self ?? null).flatMap((task) => ids(isUpstream ? task.upstream : task.downstream)));
  },
};

function ids(tasks: Iterable<TaskState>): string[] {
  return [...tasks].map((task) => task.taskId);
}

const ofTask = (get: (rt: Runtime, task: TaskState) => Value): Value =>
  property((rt, self) => {
    const state = stateOf(self);
    return state?.kind === 'task' ? get(rt, state) : null;
  });

export const operatorProperties: Readonly<Record<string, Value>> = {
  dag: ofTask((_rt, task) => task.dag?.instance ?? null),
  dag_id: ofTask((_rt, task) => task.dag?.dagId ?? null),
  task_group: ofTask((_rt, task) => (task.group === undefined || task.group.label === undefined ? null : task.group.instance)),
  label: ofTask((_rt, task) => labelOf(task)),
  node_id: ofTask((_rt, task) => task.taskId),
  output: ofTask((rt, task) => worldOf(rt).services.xcomOf(rt, [task])),
  task_type: ofTask((_rt, task) => task.operator),
  operator_name: ofTask((_rt, task) => task.operator),
  upstream_task_ids: ofTask((rt, task) => rt.set(ids(task.upstream))),
  downstream_task_ids: ofTask((rt, task) => rt.set(ids(task.downstream))),
  upstream_list: ofTask((rt, task) => rt.list([...task.upstream].map((each) => each.instance))),
  downstream_list: ofTask((rt, task) => rt.list([...task.downstream].map((each) => each.instance))),
  roots: ofTask((rt, task) => rt.list([task.instance])),
  leaves: ofTask((rt, task) => rt.list([task.instance])),
  is_setup: ofTask((_rt, task) => task.isSetup),
  is_teardown: ofTask((_rt, task) => task.isTeardown),
};

function labelOf(task: TaskState): string {
  const { group } = task;
  const prefix = group?.label !== undefined && group.hasPrefix ? `${group.groupId ?? ''}.` : '';
  return task.taskId.startsWith(prefix) ? task.taskId.slice(prefix.length) : task.taskId;
}

/** Roots and leaves of a group as `get_roots()` and `get_leaves()` give them. */
export function groupEnds(rt: Runtime, group: GroupState, which: 'roots' | 'leaves'): Value {
  const tasks = which === 'roots' ? groupRoots(group) : groupLeaves(group);
  return rt.list(tasks.map((task) => task.instance));
}
