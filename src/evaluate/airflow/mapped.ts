import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyClass, PyDict, PyList, PyTuple, Unknown } from '../values.js';
import type { Keywords, NativeCall, Value } from '../values.js';
import { mergeDefaultArgs } from './default-args.js';
import { addReferenceEdges } from './edges.js';
import { raiseAirflow } from './errors.js';
import { makeFactory } from './factories.js';
import { describeClass, surroundingsOf } from './operator-init.js';
import { addTask, addToGroup } from './registration.js';
import { TaskState } from './state.js';
import { plainTexts } from './texts.js';
import type { DagState, GroupState } from './state.js';
import { stateOf, worldOf } from './world.js';

/** `Operator.partial(task_id=..., ...)`: the id gets its prefix now, the task is made by `.expand()`. */
export const makePartial: NativeCall = (rt, [cls = null, ...args], keywords, place) => {
  if (!(cls instanceof PyClass)) return rt.unknown('not_modelled', 'partial() of something that is no class', place);
  if (args.length > 0) rt.raise('TypeError', 'partial() takes keyword arguments only', place);
  const { dag, group } = surroundingsOf(rt, keywords, place);
  const merged = new Map<string, Value>();
  const base = worldOf(rt).api.acceptedParameters(baseOperatorPath(cls) ?? '');
  const defaults = mergeDefaultArgs(rt, dag, group, keywords.get('default_args'), place);
  for (const [name, value] of defaults.values) if (base === null || base.has(name)) merged.set(name, value);
  if (defaults.hidden !== undefined && dag !== undefined) dag.spoil(defaults.hidden);
  for (const [name, value] of keywords) if (name !== 'default_args') merged.set(name, value);
  if (dag !== undefined) merged.set('dag', dag.instance);
  if (group !== undefined && group.label !== undefined) merged.set('task_group', group.instance);
  const taskId = merged.get('task_id');
  if (taskId === undefined) rt.raise('TypeError', "partial() missing 1 required keyword-only argument: 'task_id'", place);
  return makeFactory(rt, { what: 'partial', callee: cls, operator: cls, keywords: merged, partial: new Map(), flags: { isSetup: false, isTeardown: false } });
};

function baseOperatorPath(cls: PyClass): string | undefined {
  return cls.mro.find((each) => each.name === 'BaseOperator' && each.module.startsWith('airflow.'))?.path;
}

export interface Expansion {
  readonly operator: PyClass;
  readonly keywords: ReadonlyMap<string, Value>;
  /** The id before groups prefix it. */
  readonly taskId: Value;
  /** What the task expands over, by argument; of `expand_kwargs` the one value under an empty name. */
  readonly expanded: Keywords;
  readonly dag: DagState | undefined;
  readonly group: GroupState | undefined;
  readonly flags: { readonly isSetup: boolean; readonly isTeardown: boolean };
}

/** Makes the one node that stands for all instances of a mapped task. */
export function makeMappedTask(rt: Runtime, expansion: Expansion, place: Place): TaskState {
  const { operator, expanded, dag, group } = expansion;
  const keywords = plainTexts(expansion.keywords);
  const instance = rt.instance(worldOf(rt).services.mappedOperatorClass(rt));
  const state = new TaskState(instance, place);
  instance.native = state;
  refuseUnmappable(rt, expanded, place);
  for (let each = group; each !== undefined; each = each.parent) {
    if (each.isMapped && mappedClosest(group) !== undefined) {
      rt.raise('NotImplementedError', 'operator expansion in an expanded task group is not yet supported', place);
    }
  }
  describeClass(rt, state, operator);
  state.isMapped = true;
  state.isSetup = expansion.flags.isSetup;
  state.isTeardown = expansion.flags.isTeardown;
  for (const [name, value] of keywords) {
    state.keywords.set(name, value);
    instance.attributes.set(name, value);
  }
  if (keywords.get('wait_for_downstream') === true) instance.attributes.set('depends_on_past', true);
  for (const [name, value] of expanded) state.expanded.set(name, value);
  if (expansion.taskId instanceof Unknown) dag?.spoil(expansion.taskId);
  const label = typeof expansion.taskId === 'string' ? expansion.taskId : `<unknown at line ${place.line.toString()}>`;
  state.taskId = group?.childId(label) ?? label;
  instance.attributes.set('task_id', state.taskId);
  if (group !== undefined) {
    state.group = group;
    addToGroup(rt, group, state.taskId, state, place);
  }
  if (dag !== undefined) addTask(rt, dag, state, place);
  wire(rt, state, keywords, expanded, place);
  state.isReady = true;
  return state;
}

function mappedClosest(group: GroupState | undefined): GroupState | undefined {
  for (let each = group; each !== undefined; each = each.parent) if (each.isMapped) return each;
  return undefined;
}

function wire(rt: Runtime, state: TaskState, keywords: Keywords, expanded: Keywords, place: Place): void {
  for (const value of expanded.values()) addReferenceEdges(rt, state, value, place);
  if (state.templateFields === undefined) {
    state.dag?.spoil(rt.unknown('not_modelled', `which arguments of ${state.operator} are templated`, place));
    return;
  }
  for (const [name, value] of keywords) if (state.templateFields.includes(name)) addReferenceEdges(rt, state, value, place);
}

function refuseUnmappable(rt: Runtime, expanded: Keywords, place: Place): void {
  for (const [name, value] of expanded) {
    if (value instanceof Unknown || value instanceof PyList || value instanceof PyTuple || value instanceof PyDict) continue;
    const kind = stateOf(value)?.kind;
    if (kind === 'xcom' || (typeof value === 'object' && value !== null && value.kind === 'instance')) continue;
    raiseAirflow(rt, 'ValueError', `expand() got an unexpected type '${rt.classOf(value).name}' for keyword argument ${name}`, place);
  }
}
