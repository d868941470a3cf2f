import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyDict, PyInstance, Unknown } from '../values.js';
import type { Keywords, NativeCall, Value, PyClass } from '../values.js';
import { readMapping } from './default-args.js';
import { defineModelledClass, property } from './define.js';
import { raiseAirflow } from './errors.js';
import { dependencyMethods, groupEnds } from './operator-methods.js';
import { addToGroup } from './registration.js';
import { DagState, GroupState, TaskState } from './state.js';
import { plainTexts } from './texts.js';
import { currentGroup, isAirflow3, stateOf, worldOf } from './world.js';

const positionalNames = ['group_id', 'prefix_group_id', 'parent_group', 'dag', 'default_args', 'tooltip', 'ui_color', 'ui_fgcolor', 'add_suffix_on_collision'];
const names3 = ['group_id', 'group_display_name', 'prefix_group_id', 'parent_group', 'dag', 'default_args', 'tooltip', 'ui_color', 'ui_fgcolor', 'add_suffix_on_collision'];

/** The class `TaskGroup` of the analysed version. */
export function groupClass(rt: Runtime, path: string): PyClass {
  const cls = defineModelledClass(rt, path, { methods: groupMethods, properties: groupProperties, isOpen: true });
  cls.construct ??= (runtime, made) => runtime.instance(made);
  return cls;
}

const initializeGroup: NativeCall = (rt, [self = null, ...args], keywords, place) => {
  if (!(self instanceof PyInstance)) return null;
  const order = isAirflow3(rt) ? names3 : positionalNames;
  const bound = new Map(keywords);
  args.forEach((value, index) => bound.set(order[index] ?? `argument ${index.toString()}`, value));
  for (const name of bound.keys()) {
    if (!names3.includes(name)) rt.raise('TypeError', `TaskGroup.__init__() got an unexpected keyword argument '${name}'`, place);
  }
  makeGroup(rt, self, plainTexts(bound), place);
  return null;
};

/** Sets up a group: its parent, its id (with a suffix where that is asked for), its default arguments. */
export function makeGroup(rt: Runtime, self: PyInstance, bound: Keywords, place: Place): GroupState | undefined {
  const world = worldOf(rt);
  const parentValue = stateOf(bound.get('parent_group'));
  const dagValue = stateOf(bound.get('dag'));
  const givenDag = dagValue instanceof DagState ? dagValue : undefined;
  const parent = parentValue instanceof GroupState ? parentValue : currentGroup(world, givenDag);
  const dag = parent?.dag ?? givenDag ?? world.dags.at(-1);
  for (const name of ['parent_group', 'dag', 'prefix_group_id']) spoilIfUnknown(dag, bound.get(name));
  if (dag === undefined) {
    if (bound.get('dag') instanceof Unknown) return undefined;
    raiseAirflow(rt, 'RuntimeError', 'TaskGroup can only be used inside a dag', place);
  }
  const label = labelOf(rt, bound, dag, parent ?? dag.root, place);
  const hasPrefix = bound.get('prefix_group_id') !== false;
  const state = new GroupState(self, label, hasPrefix, parent ?? dag.root, dag, place);
  self.native = state;
  const tooltip = bound.get('tooltip');
  state.tooltip = typeof tooltip === 'string' ? tooltip : '';
  const id = state.groupId ?? label;
  addToGroup(rt, parent ?? dag.root, id, state, place);
  state.defaultArgs = mergeGroupDefaults(rt, parent, bound.get('default_args'));
  for (const each of [id, `${id}.downstream_join_id`, `${id}.upstream_join_id`]) dag.usedGroupIds.add(each);
  return state;
}

function spoilIfUnknown(dag: DagState | undefined, value: Value | undefined): void {
  if (value instanceof Unknown) dag?.spoil(value);
}

function labelOf(rt: Runtime, bound: Keywords, dag: DagState, parent: GroupState, place: Place): string {
  const given = bound.get('group_id') ?? null;
  if (given instanceof Unknown) {
    dag.spoil(given);
    return `<unknown at line ${place.line.toString()}>`;
  }
  if (typeof given !== 'string') return rt.raise('TypeError', `The key has to be a string and is ${rt.classOf(given).name}`, place);
  if (!/^[\p{L}\p{N}\p{M}_-]+$/u.test(given)) {
    const text = `The key '${given}' has to be made of alphanumeric characters, dashes and underscores exclusively`;
    raiseAirflow(rt, isAirflow3(rt) ? 'ValueError' : 'AirflowException', text, place);
  }
  const full = parent.label !== undefined && parent.hasPrefix ? parent.childId(given) : given;
  // 2.x asks for the bare id, 3.x for the full one (airflow/utils/task_group.py `_check_for_group_id_collisions`).
  if (!dag.usedGroupIds.has(isAirflow3(rt) ? full : given)) return given;
  if (bound.get('add_suffix_on_collision') !== true) {
    if (rt.doubtOn(dag.instance) !== undefined) return given;
    raiseAirflow(rt, 'DuplicateTaskIdFound', `group_id '${given}' has already been added to the DAG`, place);
  }
  return withSuffix(given, dag);
}

/** The next free `__1`, `__2`, ... of a group id; Airflow compares with the ids that start with the bare name. */
function withSuffix(label: string, dag: DagState): string {
  const base = label.replace(/__\d+$/, '');
  const suffixes = [...dag.usedGroupIds].flatMap((id) => {
    const rest = id.startsWith(`${base}__`) ? id.slice(base.length + 2) : '';
    return /^\d+$/.test(rest) ? [Number(rest)] : [];
  });
  return suffixes.length === 0 ? `${label}__1` : `${base}__${(Math.max(...suffixes) + 1).toString()}`;
}

function mergeGroupDefaults(rt: Runtime, parent: GroupState | undefined, own: Value | undefined): Value {
  const inherited = parent?.defaultArgs ?? null;
  if (own instanceof Unknown || (own instanceof PyDict && own.taint !== undefined)) return own;
  if (inherited instanceof Unknown || (inherited instanceof PyDict && inherited.taint !== undefined)) return inherited;
  const merged = new Map([...readMapping(inherited).values, ...readMapping(own ?? null).values]);
  return merged.size === 0 ? null : rt.dict([...merged]);
}

const groupMethods: Readonly<Record<string, NativeCall>> = {
  ...dependencyMethods,
  __init__: initializeGroup,
  __enter__: (rt, [self = null]) => {
    const state = stateOf(self);
    if (state instanceof GroupState) worldOf(rt).groups.push(state);
    return self;
  },
  __exit__: (rt) => {
    worldOf(rt).groups.pop();
    return null;
  },
  add: (rt, [self = null, node = null], _keywords, place) => {
    const group = stateOf(self);
    const task = stateOf(node);
    if (group instanceof GroupState && task instanceof TaskState) {
      group.dag?.spoil(rt.unknown('not_modelled', 'a task that is moved into a group by add()', place));
    }
    return node;
  },
  get_roots: (rt, [self = null]) => ends(rt, self, 'roots'),
  get_leaves: (rt, [self = null]) => ends(rt, self, 'leaves'),
  child_id: (_rt, [self = null, label]) => {
    const group = stateOf(self);
    return group instanceof GroupState && typeof label === 'string' ? group.childId(label) : null;
  },
};

function ends(rt: Runtime, self: Value, which: 'roots' | 'leaves'): Value {
  const group = stateOf(self);
  return group instanceof GroupState ? groupEnds(rt, group, which) : rt.list([]);
}

const ofGroup = (get: (rt: Runtime, group: GroupState) => Value): Value =>
  property((rt, self) => {
    const state = stateOf(self);
    return state instanceof GroupState ? get(rt, state) : null;
  });

const groupProperties: Readonly<Record<string, Value>> = {
  group_id: ofGroup((_rt, group) => group.groupId ?? null),
  node_id: ofGroup((_rt, group) => group.groupId ?? null),
  label: ofGroup((_rt, group) => group.label ?? null),
  dag: ofGroup((_rt, group) => group.dag?.instance ?? null),
  roots: ofGroup((rt, group) => groupEnds(rt, group, 'roots')),
  leaves: ofGroup((rt, group) => groupEnds(rt, group, 'leaves')),
  children: ofGroup((rt, group) => rt.dict([...group.children].map(([id, child]) => [id, child.instance] as const))),
};
