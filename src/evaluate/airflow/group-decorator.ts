import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyFunction, PyInstance, Unknown } from '../values.js';
import type { Keywords, Value } from '../values.js';
import { defineModelledClass } from './define.js';
import { dependables, references, setRelatives } from './edges.js';
import { groupClass } from './group.js';
import type { FactoryState } from './state.js';
import { GroupState } from './state.js';
import { isAirflow3, stateOf, worldOf } from './world.js';
import { xcomOf } from './xcom.js';

function openGroup(rt: Runtime, state: FactoryState, place: Place): Value {
  const path = isAirflow3(rt) ? 'airflow.sdk.definitions.taskgroup.TaskGroup' : 'airflow.utils.task_group.TaskGroup';
  const keywords = new Map(state.keywords);
  keywords.set('add_suffix_on_collision', true);
  const instance = rt.call(groupClass(rt, path), [], keywords, place);
  const group = stateOf(instance);
  if (!(group instanceof GroupState)) return instance;
  const doc = rt.findAttribute(state.callee, '__doc__', place);
  if (typeof doc === 'string' && group.tooltip === '') group.tooltip = doc;
  return instance;
}

/** Runs the function inside a new group; gives what it returns, or else the group. */
function runInGroup(rt: Runtime, state: FactoryState, args: readonly Value[], keywords: Keywords, place: Place): Value {
  const instance = openGroup(rt, state, place);
  const group = stateOf(instance);
  if (!(group instanceof GroupState)) return instance;
  const world = worldOf(rt);
  world.groups.push(group);
  let result: Value;
  try {
    result = rt.call(state.callee, args, keywords, place);
  } finally {
    world.groups.pop();
  }
  return result ?? instance;
}

/** Calls a `@task_group` function. */
export function callGroup(rt: Runtime, state: FactoryState, args: readonly Value[], keywords: Keywords, place: Place): Value {
  return runInGroup(rt, state, args, keywords, place);
}

/** `.expand()` of a `@task_group`: inner tasks that read a mapped argument depend on what it comes from, and so do the roots. */
export function expandGroup(rt: Runtime, state: FactoryState, expanded: Keywords, place: Place): Value {
  const sources = [...expanded.values()].flatMap((value) => references(value));
  const hidden = [...expanded.values()].find((value) => value instanceof Unknown);
  const argument = mappedArgument(rt, sources);
  const names = expanded.has('') ? parameterNames(state.callee) : [...expanded.keys()];
  const keywords = new Map<string, Value>(state.partial);
  for (const name of names) if (!state.partial.has(name)) keywords.set(name, argument);
  const instance = openGroup(rt, state, place);
  const group = stateOf(instance);
  if (!(group instanceof GroupState)) return instance;
  group.isMapped = true;
  if (hidden instanceof Unknown) group.dag?.spoil(hidden);
  const world = worldOf(rt);
  world.groups.push(group);
  let result: Value;
  try {
    result = rt.call(state.callee, [], keywords, place);
    for (const source of sources) setRelatives(rt, group, dependables(rt, source.instance, place).items, true, place);
  } finally {
    world.groups.pop();
  }
  return result ?? instance;
}

function parameterNames(callee: Value): string[] {
  return callee instanceof PyFunction ? callee.node.parameters.map((each) => each.name) : [];
}

/** What the function of a mapped group gets for a mapped argument: a reference to what it comes from. */
function mappedArgument(rt: Runtime, sources: Parameters<typeof xcomOf>[1]): Value {
  if (sources.length > 0) return xcomOf(rt, sources);
  const cls = defineModelledClass(rt, 'airflow.models.expandinput.MappedArgument', {
    methods: { __iter__: (runtime, _args, _keywords, place) => runtime.raise('TypeError', "'MappedArgument' object is not iterable", place) },
    isOpen: true,
  });
  return new PyInstance(rt.stamp(), cls);
}

