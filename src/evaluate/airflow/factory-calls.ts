import { knownContextKeys } from '../../knowledge/context-keys.js';
import type { Place } from '../../model/place.js';
import type { ParameterNode } from '../../parse/syntax.js';
import type { Runtime } from '../runtime.js';
import { PyClass, PyFunction, Unknown } from '../values.js';
import type { Keywords, Value } from '../values.js';
import { buildDag } from './dag-decorator.js';
import { mergeDefaultArgs } from './default-args.js';
import { refuseExpansion, refuseNames } from './expand-checks.js';
import { callGroup, expandGroup } from './group-decorator.js';
import { makeFactory } from './factories.js';
import { makeMappedTask } from './mapped.js';
import { surroundingsOf, taskFlowId } from './operator-init.js';
import type { FactoryState} from './state.js';
import { TaskState } from './state.js';
import { stateOf, worldOf } from './world.js';
import { xcomOf } from './xcom.js';

/** Calls a decorated function: makes its task, group or DAG. */
export function callFactory(rt: Runtime, state: FactoryState, args: readonly Value[], keywords: Keywords, place: Place): Value {
  switch (state.what) {
    case 'task':
      return callTask(rt, state, args, keywords, place);
    case 'group':
      return callGroup(rt, state, args, keywords, place);
    case 'dag':
      return buildDag(rt, state, args, keywords, place);
    case 'partial':
      return rt.raise('TypeError', "'OperatorPartial' object is not callable", place);
  }
}

function callTask(rt: Runtime, state: FactoryState, args: readonly Value[], keywords: Keywords, place: Place): Value {
  const { operator } = state;
  if (!(operator instanceof PyClass)) return operator instanceof Unknown ? rt.call(operator, args, keywords, place) : null;
  setTeardownRule(rt, state, place);
  const given = new Map<string, Value>(state.keywords);
  const partial = state.keywords.get('op_kwargs');
  given.delete('op_kwargs');
  given.delete('on_failure_fail_dagrun');
  given.delete('multiple_outputs');
  checkBinding(rt, state.callee, operator, args, keywords, place);
  given.set('task_id', taskFlowId(rt, given.get('task_id') ?? null, given, place));
  const opKeywords = rt.dict([...keywords]);
  if (partial !== undefined) rt.call(rt.getAttribute(opKeywords, 'update', place), [partial], new Map(), place);
  given.set('op_args', rt.list([...args]));
  given.set('op_kwargs', opKeywords);
  given.set('python_callable', state.callee);
  const instance = rt.call(operator, [], given, place);
  const task = stateOf(instance);
  if (!(task instanceof TaskState)) return instance;
  finish(task, state);
  return xcomOf(rt, [task]);
}

/** A decorated teardown gets its trigger rule from its first call, which makes Airflow refuse a second one. */
function setTeardownRule(rt: Runtime, state: FactoryState, place: Place): void {
  if (!state.flags.isTeardown) return;
  if (state.keywords.has('trigger_rule')) rt.raise('ValueError', 'Trigger rule not configurable for teardown tasks.', place);
  state.keywords.set('trigger_rule', 'all_done_setup_success');
}

/** Parameters that a decorator fills by itself when the task runs, besides those that every task is given. */
const injected: Readonly<Record<string, readonly string[]>> = {
  'airflow.providers.apache.spark.decorators.pyspark._PySparkDecoratedOperator': ['spark', 'sc'],
  'airflow.providers.snowflake.decorators.snowpark._SnowparkDecoratedOperator': ['session'],
};

/** Python binds the arguments when the task is made: a missing or surplus one is an import error. */
function checkBinding(rt: Runtime, callee: Value, operator: PyClass, args: readonly Value[], keywords: Keywords, place: Place): void {
  if (!(callee instanceof PyFunction)) return;
  const { parameters } = callee.node;
  const positional = parameters.filter((each) => each.form === 'positional' || each.form === 'positional_only');
  const hasStar = parameters.some((each) => each.form === 'star');
  const hasDoubleStar = parameters.some((each) => each.form === 'double_star');
  if (args.length > positional.length && !hasStar) rt.raise('TypeError', 'too many positional arguments', place);
  const names = new Set(parameters.map((each) => each.name));
  for (const name of keywords.keys()) {
    if (!names.has(name) && !hasDoubleStar) rt.raise('TypeError', `got an unexpected keyword argument '${name}'`, place);
  }
  const isFilled = (each: ParameterNode): boolean => each.default !== null || knownContextKeys.has(each.name) || injected[operator.path]?.includes(each.name) === true;
  const firstDefault = positional.findIndex(isFilled);
  positional.forEach((each, index) => {
    const isGiven = index < args.length || keywords.has(each.name) || isFilled(each);
    if (!isGiven && !(firstDefault !== -1 && index > firstDefault && rt.airflow.major < 3)) rt.raise('TypeError', `missing a required argument: '${each.name}'`, place);
  });
}

function finish(task: TaskState, state: FactoryState): void {
  task.isSetup = state.flags.isSetup;
  task.isTeardown = state.flags.isTeardown;
  if (state.callee instanceof PyFunction) task.callable = state.callee;
}

/** `.expand(...)` and `.expand_kwargs(...)`. */
export function expandFactory(rt: Runtime, state: FactoryState, expanded: Keywords, place: Place): Value {
  if (expanded.size === 0) rt.raise('TypeError', 'no arguments to expand against', place);
  if (state.what === 'group') return expandGroup(rt, state, expanded, place);
  if (state.what === 'dag') return rt.raise('AttributeError', "'function' object has no attribute 'expand'", place);
  if (!(state.operator instanceof PyClass)) return rt.unknown('not_modelled', 'expand() of an operator that is not known', place);
  if (state.what === 'task') refuseExpansion(rt, state, expanded, place);
  const { dag, group } = surroundingsOf(rt, state.keywords, place);
  refuseDuplicates(rt, state, expanded, place);
  // expand_kwargs() leaves the trigger rule of a teardown as it is.
  if (!expanded.has('')) setTeardownRule(rt, state, place);
  const keywords = new Map<string, Value>();
  if (state.what === 'task') {
    const defaults = mergeDefaultArgs(rt, dag, group, state.keywords.get('default_args'), place);
    const accepted = worldOf(rt).api.acceptedParameters(rt.airflow.major >= 3 ? 'airflow.sdk.bases.operator.BaseOperator' : 'airflow.models.baseoperator.BaseOperator');
    for (const [name, value] of defaults.values) if (accepted === null || accepted.has(name)) keywords.set(name, value);
    if (defaults.hidden !== undefined) dag?.spoil(defaults.hidden);
  }
  for (const [name, value] of state.keywords) keywords.set(name, value);
  const given = keywords.get('task_id') ?? null;
  const taskId = state.what === 'task' ? taskFlowId(rt, given, state.keywords, place) : given;
  const task = makeMappedTask(rt, { operator: state.operator, keywords, taskId, expanded, dag, group, flags: state.flags }, place);
  if (state.callee instanceof PyFunction) task.callable = state.callee;
  return state.what === 'task' ? xcomOf(rt, [task]) : task.instance;
}

function refuseDuplicates(rt: Runtime, state: FactoryState, expanded: Keywords, place: Place): void {
  const partial = state.what === 'task' ? namesIn(rt, state.keywords.get('op_kwargs'), place) : [...state.keywords.keys()];
  const again = partial.find((name) => expanded.has(name));
  if (again !== undefined) rt.raise('TypeError', `unmappable or already specified argument: ${again}`, place);
}

function namesIn(rt: Runtime, value: Value | undefined, place: Place): string[] {
  if (value === undefined) return [];
  const items = rt.items(value, place);
  return items instanceof Unknown ? [] : items.filter((item) => typeof item === 'string');
}

/** `.override(...)` and `.partial(...)` of a decorated function: a new factory. */
export function copyFactory(rt: Runtime, state: FactoryState, how: 'override' | 'partial', added: Keywords, place: Place): Value {
  const { what, callee, operator, keywords, partial, flags } = state;
  if (how === 'override') return makeFactory(rt, { what, callee, operator, keywords: new Map([...keywords, ...added]), partial, flags });
  if (what === 'group') return makeFactory(rt, { what, callee, operator, keywords, partial: new Map([...partial, ...added]), flags });
  if (what === 'task') refuseNames(rt, state, 'partial', [...added.keys()], place);
  const old = namesIn(rt, keywords.get('op_kwargs'), place);
  const again = old.find((name) => added.has(name));
  if (again !== undefined) rt.raise('TypeError', `duplicate partial argument: ${again}`, place);
  const merged = rt.dict([...added]);
  const before = keywords.get('op_kwargs');
  if (before !== undefined) rt.call(rt.getAttribute(merged, 'update', place), [before], new Map(), place);
  return makeFactory(rt, { what, callee, operator, keywords: new Map([...keywords, ['op_kwargs', merged]]), partial, flags });
}
