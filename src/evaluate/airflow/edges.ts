import type { Place } from '../../model/place.js';
import { addWay } from '../conditions.js';
import type { Runtime } from '../runtime.js';
import { PyDict, PyInstance, PyList, PySet, PyTuple, Unknown } from '../values.js';
import type { Value } from '../values.js';
import { raiseAirflow } from './errors.js';
import { addTask } from './registration.js';
import { GroupState, LabelState, TaskState, XComState } from './state.js';
import type { Dependable, DagState } from './state.js';
import { isAirflow3, stateOf, touch } from './world.js';

/** The tasks of a value that stand first: what an edge into it reaches. */
export function rootsOf(rt: Runtime, item: Dependable): TaskState[] {
  switch (item.kind) {
    case 'task':
      return [item];
    case 'xcom':
      return [...item.references];
    case 'group':
      return groupRoots(item);
    case 'label':
      return item.downstream.flatMap((each) => rootsOf(rt, each));
  }
}

function leavesOf(rt: Runtime, item: Dependable): TaskState[] {
  switch (item.kind) {
    case 'task':
      return [item];
    case 'xcom':
      return [...item.references];
    case 'group':
      return groupLeaves(item);
    case 'label':
      return item.upstream.flatMap((each) => leavesOf(rt, each));
  }
}

/** Tasks of a group without an upstream task inside it. */
export function groupRoots(group: GroupState): TaskState[] {
  const tasks = new Set(group.tasks());
  return [...tasks].filter((task) => [...task.upstream].every((each) => !tasks.has(each)));
}

/** Tasks of a group without a downstream task inside it; teardowns are replaced by what they wait for. */
export function groupLeaves(group: GroupState): TaskState[] {
  const tasks = new Set(group.tasks());
  const followed = (task: TaskState, except: TaskState): boolean =>
    [...task.downstream].some((each) => each !== except && tasks.has(each) && !each.isTeardown);
  const beforeTeardown = (task: TaskState): TaskState[] =>
    [...task.upstream].flatMap((each) => {
      if (!tasks.has(each)) return [];
      if (each.isTeardown) return beforeTeardown(each);
      if (task.isTeardown && each.isSetup) return [];
      return followed(each, task) ? [] : [each];
    });
  const ends = [...tasks].filter((task) => [...task.downstream].every((each) => !tasks.has(each)));
  return ends.flatMap((task) => (task.isTeardown ? beforeTeardown(task) : [task]));
}

/** What stands on one side of `>>`; undefined when it can't be told. */
export function dependables(rt: Runtime, value: Value, place: Place): { items: Dependable[]; hidden: Unknown | undefined } {
  if (value instanceof Unknown) return { items: [], hidden: value };
  if (value instanceof PyList || value instanceof PyTuple) {
    const items: Dependable[] = [];
    let hidden = value instanceof PyList ? value.taint : undefined;
    for (const each of value.items) {
      const state = stateOf(each);
      if (each instanceof Unknown) hidden ??= each;
      else if (isDependable(state)) items.push(state);
      else rt.raise('AttributeError', `'${rt.classOf(each).name}' object has no attribute 'update_relative'`, place);
    }
    return { items, hidden };
  }
  const state = stateOf(value);
  if (isDependable(state)) return { items: [state], hidden: undefined };
  const { unknownBase } = rt.classOf(value);
  if (unknownBase !== undefined) return { items: [], hidden: unknownBase };
  return rt.raise('AttributeError', `'${rt.classOf(value).name}' object has no attribute 'update_relative'`, place);
}

function isDependable(state: unknown): state is Dependable {
  return state instanceof TaskState || state instanceof GroupState || state instanceof XComState || state instanceof LabelState;
}

/** `self >> others` (or `<<` with `upstream`), as `DependencyMixin.set_downstream` does. */
export function setRelatives(rt: Runtime, self: Dependable, others: readonly Dependable[], upstream: boolean, place: Place, label?: LabelState): void {
  switch (self.kind) {
    case 'task':
      relateTask(rt, self, others, upstream, place, label);
      return;
    case 'xcom':
      for (const task of self.references) relateTask(rt, task, others, upstream, place, label);
      return;
    case 'group':
      relateGroup(rt, self, others, upstream, place);
      return;
    case 'label':
      relateLabel(rt, self, others, upstream, place);
      return;
  }
}

function relateTask(rt: Runtime, self: TaskState, others: readonly Dependable[], upstream: boolean, place: Place, label?: LabelState): void {
  const tasks: TaskState[] = [];
  for (const other of others) {
    updateRelative(rt, other, self, !upstream, place);
    tasks.push(...(upstream ? leavesOf(rt, other) : rootsOf(rt, other)));
  }
  const dags = new Set([self, ...tasks].map((task) => task.dag).filter((dag) => dag !== undefined));
  if (dags.size > 1) {
    const name = isAirflow3(rt) ? 'RuntimeError' : 'AirflowException';
    raiseAirflow(rt, name, 'Tried to set relationships between tasks in more than one DAG', place);
  }
  const [dag] = dags;
  if (dag === undefined) {
    const name = isAirflow3(rt) ? 'ValueError' : 'AirflowException';
    return raiseAirflow(rt, name, "Tried to create relationships between tasks that don't have DAGs yet", place);
  }
  if (self.dag === undefined) addTask(rt, dag, self, place);
  touch(rt, dag);
  rt.touchShared(self.instance.stamp);
  for (const task of tasks) {
    if (task.dag === undefined) addTask(rt, dag, task, place);
    rt.touchShared(task.instance.stamp);
    connect(dag, upstream ? task : self, upstream ? self : task, place, label);
    noteWay(rt, dag, upstream ? task : self, upstream ? self : task);
  }
}

function connect(dag: DagState, from: TaskState, to: TaskState, place: Place, label: LabelState | undefined): void {
  from.downstream.add(to);
  to.upstream.add(from);
  const key = edgeKey(from.taskId, to.taskId);
  if (!dag.edgePlaces.has(key)) dag.edgePlaces.set(key, place);
  if (label !== undefined) dag.labels.set(key, label.text);
}

function noteWay(rt: Runtime, dag: DagState, from: TaskState, to: TaskState): void {
  const key = edgeKey(from.taskId, to.taskId);
  dag.edgeWays.set(key, addWay(dag.edgeWays.get(key) ?? [], rt.conditionsOn(dag.instance)));
}

/** The key of an edge in a DAG's tables; no id holds a line break. */
export function edgeKey(upstream: string, downstream: string): string {
  return `${upstream}\n${downstream}`;
}

function updateRelative(rt: Runtime, item: Dependable, other: Dependable, upstream: boolean, place: Place): void {
  if (item.kind === 'label') {
    relateLabel(rt, item, [other], upstream, place);
  } else if (item.kind === 'group' && upstream && other.kind !== 'group') {
    for (const task of rootsOf(rt, other)) item.upstreamTasks.add(task);
  }
}

/** A label on a group stands on its join node, which is no edge between tasks. */
function relateGroup(rt: Runtime, self: GroupState, others: readonly Dependable[], upstream: boolean, place: Place): void {
  const leaves = upstream ? [] : outgoing(rt, self);
  for (const other of others) if (upstream && other.kind !== 'group') for (const task of rootsOf(rt, other)) self.upstreamTasks.add(task);
  for (const task of upstream ? groupRoots(self) : leaves) relateTask(rt, task, others, upstream, place);
}

/** Leaves of a group; from 3.0 an empty group hands on what stands before it (#49034). */
function outgoing(rt: Runtime, self: GroupState): TaskState[] {
  const leaves = groupLeaves(self);
  if (leaves.length > 0 || !isAirflow3(rt)) return leaves;
  for (let group: GroupState | undefined = self; group !== undefined; group = group.parent) {
    const found = groupLeaves(group);
    if (found.length > 0) return found;
    if (group.upstreamTasks.size > 0) return [...group.upstreamTasks];
  }
  return [];
}

function relateLabel(rt: Runtime, self: LabelState, others: readonly Dependable[], upstream: boolean, place: Place): void {
  const side = upstream ? self.upstream : self.downstream;
  for (const other of others) {
    if (other.kind === 'label') rt.raise('TypeError', 'Cannot use edge labels with EdgeModifier, only tasks, XComArg or TaskGroups', place);
    side.push(other);
  }
  if (self.upstream.length > 0 && self.downstream.length > 0) convertLabel(self);
  for (const other of upstream ? [...self.downstream] : [...self.upstream]) setRelatives(rt, other, others, upstream, place, self);
}

/** When both sides lie in different groups, tasks stand for their whole group (airflow/sdk/definitions/edges.py). */
function convertLabel(self: LabelState): void {
  const groups = new Set([...self.upstream, ...self.downstream].map(groupOfNode).filter((each) => each !== undefined));
  if (groups.size === 1) return;
  self.upstream = self.upstream.map(toGroup);
  self.downstream = self.downstream.map(toGroup);
}

function groupOfNode(item: Dependable): string | undefined {
  if (item.kind === 'group') return item.parent === undefined ? 'root' : (item.parent.groupId ?? 'root');
  const group = item.kind === 'task' ? item.group : item.kind === 'xcom' ? item.references[0]?.group : undefined;
  return group === undefined ? undefined : (group.groupId ?? 'root');
}

function toGroup(item: Dependable): Dependable {
  if (item.kind === 'task') return item.group?.label === undefined ? item : item.group;
  if (item.kind === 'group') return item.parent?.label === undefined ? item : item.parent;
  return item;
}

/** Tasks whose results a value holds, as Airflow walks lists, tuples, sets, dict values and operators. */
export function references(value: Value, depth = 0): TaskState[] {
  // Values nested deeper than this are configuration; XComArgs stand near the top.
  if (depth > 20) return [];
  if (value instanceof PyList || value instanceof PyTuple) return value.items.flatMap((each) => references(each, depth + 1));
  if (value instanceof PySet) return [...value.entries.values()].flatMap((each) => references(each, depth + 1));
  if (value instanceof PyDict) return [...value.entries.values()].flatMap((each) => references(each.value, depth + 1));
  if (!(value instanceof PyInstance)) return [];
  const state = stateOf(value);
  if (state?.kind === 'xcom') return [...state.references];
  if (state?.kind === 'task') {
    return (state.templateFields ?? []).flatMap((field) => references(state.instance.attributes.get(field) ?? null, depth + 1));
  }
  return [];
}

/** Makes the edges of the XComArgs that a value holds. */
export function addReferenceEdges(rt: Runtime, task: TaskState, value: Value, place: Place): void {
  for (const from of references(value)) relateTask(rt, task, [from], true, place);
}
