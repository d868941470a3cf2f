import type { Place } from '../../model/place.js';
import type { ParameterNode } from '../../parse/syntax.js';
import type { Runtime } from '../runtime.js';
import { PyDict, PyInstance, PyTuple, PyList, Unknown } from '../values.js';
import type { Keywords, Value, PyClass, PyFunction } from '../values.js';
import { mergeDefaultArgs } from './default-args.js';
import { addReferenceEdges } from './edges.js';
import { plainTexts } from './texts.js';
import { raiseAirflow } from './errors.js';
import { addTask, addToGroup, uniqueTaskId } from './registration.js';
import { isLate, isLost } from './earlier-arguments.js';
import { noteInContext } from './setup-context.js';
import { checkSubdag, isSubdagOperator } from './subdags.js';
import type { TaskState } from './state.js';
import { DagState, GroupState } from './state.js';
import { currentGroup, isAirflow3, stateOf, worldOf } from './world.js';

/** Names that every operator takes; an unknown class is held to take anything. */
const anyOperator = new Set(['default_args', 'params', '_airflow_mapped_validation_only']);

/** Arguments that an `__init__` takes out of its `**kwargs` by itself, so that no signature shows them (2.x). */
const swallowed: Readonly<Record<string, readonly string[]>> = { 'airflow.operators.python.PythonOperator': ['provide_context'] };

interface Surroundings {
  readonly dag: DagState | undefined;
  readonly group: GroupState | undefined;
}

/** The DAG and group that a task's arguments and the open `with` blocks say. */
function surroundingsOf(rt: Runtime, keywords: Keywords, place: Place): Surroundings {
  const world = worldOf(rt);
  const dag = stateOf(keywords.get('dag'));
  const group = stateOf(keywords.get('task_group'));
  for (const name of ['dag', 'task_group']) {
    const value = keywords.get(name);
    if (value instanceof Unknown) for (const each of world.made) each.spoil(value);
  }
  const own = dag instanceof DagState ? dag : world.dags.at(-1);
  const ownGroup = group instanceof GroupState ? group : own === undefined ? undefined : currentGroup(world, own);
  if (own === undefined && group instanceof GroupState && isAirflow3(rt)) return { dag: undefined, group };
  rt.step(place);
  return { dag: own, group: ownGroup };
}

function refusePositional(rt: Runtime, args: readonly Value[], place: Place): void {
  if (args.length > 1) raiseAirflow(rt, isAirflow3(rt) ? 'TypeError' : 'AirflowException', 'Use keyword arguments when initializing operators', place);
}

function refuseMissing(rt: Runtime, missing: readonly string[], place: Place): void {
  if (missing.length === 0) return;
  const names = [...missing].sort().map((name) => `'${name}'`);
  const text = names.length === 1 ? `missing keyword argument ${names.join('')}` : `missing keyword arguments ${names.join(', ')}`;
  raiseAirflow(rt, isAirflow3(rt) ? 'TypeError' : 'AirflowException', text, place);
}

/** The `__init__` of a class of the repository, with what Airflow's metaclass wraps around it. */
export function applyDefaults(rt: Runtime, own: PyFunction, cls: PyClass, args: readonly Value[], keywords: Keywords, place: Place): Value {
  const [self = null] = args;
  refusePositional(rt, args, place);
  const merged = new Map(keywords);
  const { dag, group } = surroundingsOf(rt, keywords, place);
  if (dag !== undefined) merged.set('dag', dag.instance);
  if (group !== undefined && group !== dag?.root) merged.set('task_group', group.instance);
  const defaults = mergeDefaultArgs(rt, dag, group, keywords.get('default_args'), place);
  merged.delete('default_args');
  const parameters = own.node.parameters.slice(1).filter((each) => each.form !== 'star' && each.form !== 'double_star');
  for (const parameter of parameters) {
    const value = defaults.values.get(parameter.name);
    if (!merged.has(parameter.name) && value !== undefined) merged.set(parameter.name, value);
  }
  const isMissing = (each: ParameterNode): boolean => each.default === null && each.name !== 'task_id' && !merged.has(each.name);
  if (defaults.hidden === undefined) refuseMissing(rt, parameters.filter(isMissing).map((each) => each.name), place);
  else for (const each of parameters.filter(isMissing)) merged.set(each.name, defaults.hidden);
  const result = rt.call(own, [self], new Map([...merged, ['default_args', rt.dict([...defaults.values])]]), place);
  const state = stateOf(self);
  if (state?.kind === 'task') {
    for (const [name, value] of merged) if (!state.keywords.has(name)) state.keywords.set(name, value);
    if (isOutermost(state, cls)) finishInit(rt, state, place);
  }
  return result;
}

/** Whether a class is the one whose `__init__` the call began with. */
function isOutermost(state: TaskState, cls: PyClass): boolean {
  return state.instance.cls.mro.find((each) => each.attributes.has('__init__')) === cls;
}

/** The `__init__` of an operator that Airflow or a provider ships. */
export function initializeOperator(rt: Runtime, args: readonly Value[], keywords: Keywords, place: Place, path: string): Value {
  const [self = null] = args;
  const state = stateOf(self);
  if (!(self instanceof PyInstance) || state?.kind !== 'task') return null;
  refusePositional(rt, args, place);
  const merged = collectArguments(rt, state, plainTexts(keywords), place, path);
  setUpTask(rt, state, self, merged, place);
  const [outer] = state.instance.cls.mro.filter((each) => each.attributes.has('__init__'));
  if (outer?.path === path) finishInit(rt, state, place);
  return null;
}

interface Collected extends Surroundings {
  readonly values: Map<string, Value>;
}

function collectArguments(rt: Runtime, state: TaskState, keywords: Keywords, place: Place, path: string): Collected {
  const { api } = worldOf(rt);
  const surroundings = surroundingsOf(rt, keywords, place);
  const defaults = mergeDefaultArgs(rt, surroundings.dag, surroundings.group, keywords.get('default_args'), place);
  const accepted = api.acceptedParameters(path);
  const values = new Map(keywords);
  values.delete('default_args');
  values.delete('_airflow_mapped_validation_only');
  for (const [name, value] of defaults.values) if (!values.has(name) && (accepted === null || accepted.has(name))) values.set(name, value);
  if (accepted !== null) refuseUnexpected(rt, state, keywords, accepted, path, place);
  const facts = api.operator(path);
  const required = new Set([...(facts?.required ?? []), ...(facts?.bases ?? []).flatMap((base) => requiredOf(rt, base, facts?.parameters ?? null))]);
  required.delete('task_id');
  const missing = [...required].filter((name) => !values.has(name));
  if (defaults.hidden === undefined) refuseMissing(rt, missing.filter((name) => !isLate(rt, path, name, place)), place);
  if (defaults.hidden !== undefined && surroundings.dag !== undefined && !values.has('trigger_rule')) surroundings.dag.spoil(defaults.hidden);
  return { ...surroundings, values };
}

/** What an ancestor requires, unless the class's own `__init__` names it (it then hands a value on by itself). */
function requiredOf(rt: Runtime, base: string, own: readonly string[] | null): readonly string[] {
  // A class with its own `__init__` can give its ancestor's arguments by itself: only inherited ones must be given.
  return own === null ? (worldOf(rt).api.operator(base)?.required ?? []) : [];
}

function refuseUnexpected(rt: Runtime, state: TaskState, keywords: Keywords, accepted: ReadonlySet<string>, path: string, place: Place): void {
  const taken = [path, ...(worldOf(rt).api.operator(path)?.bases ?? [])].flatMap((each) => swallowed[each] ?? []);
  const surplus = [...keywords.keys()].filter((name) => !accepted.has(name) && !anyOperator.has(name) && !taken.includes(name));
  const unexpected = surplus.filter((name) => !isLost(rt, path, name, place));
  if (unexpected.length === 0) return;
  const name = path.slice(path.lastIndexOf('.') + 1);
  const taskId = keywords.get('task_id');
  const text = `Invalid arguments were passed to ${name} (task_id: ${typeof taskId === 'string' ? taskId : state.taskId}). Invalid arguments were: ${unexpected.join(', ')}`;
  raiseAirflow(rt, isAirflow3(rt) ? 'TypeError' : 'AirflowException', text, place);
}

/** What `BaseOperator.__init__` does: id, group, DAG. */
function setUpTask(rt: Runtime, state: TaskState, self: PyInstance, collected: Collected, place: Place): void {
  const { values, dag, group } = collected;
  describeClass(rt, state, self.cls);
  for (const [name, value] of values) {
    state.keywords.set(name, value);
    if (name !== 'dag' && name !== 'task_group') self.attributes.set(name, value);
  }
  if (values.get('wait_for_downstream') === true) self.attributes.set('depends_on_past', true);
  identify(rt, state, values.get('task_id'), dag, group, place);
  self.attributes.set('task_id', state.taskId);
  checkTriggerRule(rt, state, values.get('trigger_rule'), place);
  checkResources(rt, values.get('resources'), place);
  if (worldOf(rt).setups.isActive) noteInContext(rt, state);
  if (dag !== undefined) addTask(rt, dag, state, place);
  if (isSubdagOperator(state)) checkSubdag(rt, state, values, place);
}

function identify(rt: Runtime, state: TaskState, given: Value | undefined, dag: DagState | undefined, group: GroupState | undefined, place: Place): void {
  if (given === undefined) refuseMissing(rt, ['task_id'], place);
  if (given instanceof Unknown) dag?.spoil(given);
  if (typeof given !== 'string' && !(given instanceof Unknown)) {
    const text = rt.str(given ?? null, place);
    const name = isAirflow3(rt) ? 'TypeError' : 'AirflowException';
    return raiseAirflow(rt, name, `The key has to be a string and is ${rt.classOf(given ?? null).name}:${typeof text === 'string' ? text : ''}`, place);
  }
  const label = typeof given === 'string' ? given : unknownId(state, dag);
  if (typeof given === 'string') checkKey(rt, hasUnknownId(group) ? label : (group?.childId(label) ?? label), place);
  if (group !== undefined) {
    state.group = group;
    state.taskId = group.childId(label);
    addToGroup(rt, group, state.taskId, state, place);
  } else state.taskId = label;
}

/** Whether the id that a group's tasks get before their own isn't known. */
function hasUnknownId(group: GroupState | undefined): boolean {
  return group?.groupId?.includes('<') === true;
}

/** A stand-in for an id that isn't known; it can't be mistaken for one, because ids hold no `<`. */
function unknownId(state: TaskState, dag: DagState | undefined): string {
  const line = state.place.line.toString();
  const taken = [...(dag?.tasks.keys() ?? [])].filter((id) => id.includes(`<unknown at line ${line}`)).length;
  return `<unknown at line ${line}${taken === 0 ? '' : ` #${(taken + 1).toString()}`}>`;
}

function checkKey(rt: Runtime, key: string, place: Place): void {
  if ([...key].length > 250) raiseAirflow(rt, isAirflow3(rt) ? 'ValueError' : 'AirflowException', 'The key has to be less than 250 characters', place);
  if (!/^[\p{L}\p{N}\p{M}_.-]+$/u.test(key)) {
    const text = `The key '${key}' has to be made of alphanumeric characters, dashes, dots and underscores exclusively`;
    raiseAirflow(rt, isAirflow3(rt) ? 'ValueError' : 'AirflowException', text, place);
  }
}

function checkTriggerRule(rt: Runtime, state: TaskState, rule: Value | undefined, place: Place): void {
  if (rule === undefined) return;
  if (rule instanceof Unknown) {
    state.dag?.spoil(rule);
    worldOf(rt).dags.at(-1)?.spoil(rule);
    return;
  }
  const text = rt.str(rule, place);
  const members = worldOf(rt).api.enumMembers(triggerRulePath(rt)) ?? {};
  const names = Object.values(members);
  if (typeof text === 'string' && names.length > 0 && !names.includes(text)) {
    raiseAirflow(rt, isAirflow3(rt) ? 'ValueError' : 'AirflowException', `The trigger_rule must be one of ${names.join(', ')}; received '${text}'.`, place);
  }
}

/** `Resources(**resources)`: any other key is a TypeError. */
function checkResources(rt: Runtime, resources: Value | undefined, place: Place): void {
  if (!(resources instanceof PyDict) || resources.taint !== undefined) return;
  for (const { key } of resources.entries.values()) {
    if (typeof key === 'string' && !['cpus', 'ram', 'disk', 'gpus'].includes(key)) {
      rt.raise('TypeError', `Resources.__init__() got an unexpected keyword argument '${key}'`, place);
    }
  }
}

function triggerRulePath(rt: Runtime): string {
  return isAirflow3(rt) ? 'airflow.task.trigger_rule.TriggerRule' : 'airflow.utils.trigger_rule.TriggerRule';
}

/** What is known of the class: its names, and which of its arguments are templated. */
export function describeClass(rt: Runtime, state: TaskState, cls: PyClass): void {
  const { api } = worldOf(rt);
  state.operator = cls.name;
  state.operatorPath = cls.path;
  state.operatorBases = cls.mro.slice(1).map((each) => each.name).filter((name) => name !== 'object');
  state.templateFields = templateFieldsOf(cls);
  const known = cls.mro.find((each) => api.operator(each.path) !== undefined);
  if (known === undefined) state.isOpaque = true;
  const mixins = known === undefined ? [] : (api.operator(known.path)?.bases ?? []).map((path) => path.slice(path.lastIndexOf('.') + 1));
  state.operatorBases = [...new Set([...state.operatorBases, ...mixins])];
}

export function templateFieldsOf(cls: PyClass): readonly string[] | undefined {
  for (const each of cls.mro) {
    const value = each.attributes.get('template_fields');
    if (value === undefined) continue;
    if (value instanceof PyTuple || value instanceof PyList) {
      return value instanceof PyList && value.taint !== undefined ? undefined : textsIn(value);
    }
    return typeof value === 'string' ? [value] : undefined;
  }
  return [];
}

/** What happens once the outermost `__init__` is through: data edges from the templated arguments. */
export function finishInit(rt: Runtime, state: TaskState, place: Place): void {
  const { attributes } = state.instance;
  const fields = fieldsOf(state);
  if (fields === undefined) hideDataEdges(rt, state, place);
  else for (const field of fields) addReferenceEdges(rt, state, attributes.get(field) ?? null, place);
  state.isReady = true;
}

function fieldsOf(state: TaskState): readonly string[] | undefined {
  const own = state.instance.attributes.get('template_fields');
  if (own instanceof PyTuple || own instanceof PyList) {
    state.templateFields = textsIn(own);
  } else if (own !== undefined) state.templateFields = undefined;
  return state.templateFields;
}

/** With template fields that aren't known, a task that got another's result may or may not depend on it. */
function hideDataEdges(rt: Runtime, state: TaskState, place: Place): void {
  for (const value of state.keywords.values()) {
    if (holdsReference(value)) {
      state.dag?.spoil(rt.unknown('not_modelled', `whether ${state.operator} templates an argument that holds another task's result`, place));
      return;
    }
  }
}

function holdsReference(value: Value, depth = 0): boolean {
  if (depth > 6) return false;
  if (value instanceof PyList || value instanceof PyTuple) return value.items.some((each) => holdsReference(each, depth + 1));
  if (value instanceof PyDict) return [...value.entries.values()].some((each) => holdsReference(each.value, depth + 1));
  const kind = stateOf(value)?.kind;
  return kind === 'xcom' || kind === 'task';
}

/** The task id of a TaskFlow task, before groups prefix it. */
export function taskFlowId(rt: Runtime, given: Value, keywords: Keywords, place: Place): Value {
  if (typeof given !== 'string') return given;
  const { dag, group } = surroundingsOf(rt, keywords, place);
  return uniqueTaskId(given, dag, group);
}

export { surroundingsOf };

function textsIn(value: PyTuple | PyList): string[] {
  return [...value.items].filter((item) => typeof item === 'string');
}
