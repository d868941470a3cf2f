import type { ParameterFacts } from '../../knowledge/airflow/api.js';
import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyDict, PyInstance, PyNative, Unknown } from '../values.js';
import type { Keywords, NativeCall, Value, PyClass } from '../values.js';
import { defineModelledClass, property } from './define.js';
import { checkParams } from './deployment-checks.js';
import { dependables, setRelatives } from './edges.js';
import { raiseAirflow } from './errors.js';
import { addTask } from './registration.js';
import { makeDagParam } from './params.js';
import { checkSchedule } from './schedule-check.js';
import { DagState, TaskState } from './state.js';
import { makeDecorators } from './taskflow.js';
import { plainTexts } from './texts.js';
import { isAirflow3, stateOf, worldOf } from './world.js';

/** The class `DAG` of the analysed version. */
export function dagClass(rt: Runtime, path: string): PyClass {
  const cls = defineModelledClass(rt, path, { methods: dagMethods, properties: dagProperties, isOpen: true });
  if (cls.construct === undefined) {
    cls.construct = (runtime, made) => runtime.instance(made);
    for (const parameter of worldOf(rt).api.signature(path) ?? []) setDefault(cls, parameter);
  }
  return cls;
}

/** What an argument's attribute is when nobody gives it, where the signature says so. */
function setDefault(cls: PyClass, { name, default: value }: ParameterFacts): void {
  if (value === undefined || cls.attributes.has(name)) return;
  cls.attributes.set(name, typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value);
}

function stateOfDag(value: Value | undefined): DagState | undefined {
  const state = stateOf(value);
  return state instanceof DagState ? state : undefined;
}

/** Binds `DAG(...)`'s arguments by the version's own signature. */
function bindArguments(rt: Runtime, args: readonly Value[], keywords: Keywords, place: Place): Map<string, Value> {
  const { api } = worldOf(rt);
  const signature = api.signature(isAirflow3(rt) ? 'airflow.sdk.definitions.dag.DAG' : 'airflow.models.dag.DAG') ?? [];
  const bound = new Map<string, Value>();
  const positional = signature.filter((each) => each.kind.startsWith('positional'));
  if (args.length > positional.length) rt.raise('TypeError', `DAG.__init__() takes ${(positional.length + 1).toString()} positional arguments`, place);
  args.forEach((value, index) => {
    const parameter = positional[index];
    if (parameter !== undefined) bound.set(parameter.name, value);
  });
  const names = new Set(signature.map((each) => each.name));
  for (const [name, value] of keywords) {
    if (bound.has(name)) rt.raise('TypeError', `DAG.__init__() got multiple values for argument '${name}'`, place);
    if (names.size > 0 && !names.has(name)) rt.raise('TypeError', `DAG.__init__() got an unexpected keyword argument '${name}'`, place);
    bound.set(name, value);
  }
  if (!bound.has('dag_id')) rt.raise('TypeError', "DAG.__init__() missing 1 required positional argument: 'dag_id'", place);
  return bound;
}

const initializeDag: NativeCall = (rt, [self = null, ...args], keywords, place) => {
  if (!(self instanceof PyInstance)) return null;
  const bound = plainTexts(bindArguments(rt, args, keywords, place));
  const defaults = bound.get('default_args');
  if (defaults instanceof PyDict && defaults.taint === undefined) {
    bound.set('default_args', rt.dict([...defaults.entries.values()].map(({ key, value }) => [key, value] as const)));
  }
  const given = bound.get('dag_id') ?? null;
  const dagId = typeof given === 'string' ? given : undefined;
  if (dagId !== undefined) checkDagId(rt, dagId, place);
  else if (!(given instanceof Unknown)) raiseAirflow(rt, isAirflow3(rt) ? 'TypeError' : 'AirflowException', 'The key has to be a string', place);
  const state = new DagState(self, dagId, bound, rt.placeInDagFile(place));
  self.native = state;
  if (given instanceof Unknown) state.spoil(given);
  for (const [name, value] of bound) if (!Object.hasOwn(dagProperties, name)) self.attributes.set(name, value);
  if (!self.attributes.has('default_args')) self.attributes.set('default_args', rt.dict());
  checkSchedule(rt, state, place);
  checkParams(rt, state, place);
  // A DAG made under a condition exists only when it holds.
  const reason = rt.doubtOn({ stamp: 0, taint: undefined });
  if (reason !== undefined) state.spoil(reason);
  state.conditions = rt.conditionsOn({ stamp: 0 });
  worldOf(rt).made.push(state);
  return null;
};

function checkDagId(rt: Runtime, dagId: string, place: Place): void {
  const name = isAirflow3(rt) ? 'ValueError' : 'AirflowException';
  if ([...dagId].length > 250) raiseAirflow(rt, name, 'The key has to be less than 250 characters', place);
  if (!/^[\p{L}\p{N}\p{M}_.-]+$/u.test(dagId)) {
    const text = `The key '${dagId}' has to be made of alphanumeric characters, dashes, dots and underscores exclusively`;
    raiseAirflow(rt, name, text, place);
  }
}

const dagMethods: Readonly<Record<string, NativeCall>> = {
  __init__: initializeDag,
  __enter__: (rt, [self = null]) => {
    const state = stateOfDag(self);
    if (state !== undefined) worldOf(rt).dags.push(state);
    return self;
  },
  __exit__: (rt, [self = null]) => {
    const world = worldOf(rt);
    world.dags.pop();
    const state = stateOfDag(self);
    if (state !== undefined && state.keywords.get('auto_register') !== false) world.registered.add(state);
    return null;
  },
  __setattr__: (rt, [self = null, name, value = null], _keywords, place) => {
    if (!(self instanceof PyInstance) || typeof name !== 'string') return null;
    const state = stateOfDag(self);
    if (state !== undefined && ['schedule', 'schedule_interval', 'timetable', 'dag_id', 'task_dict'].includes(name)) {
      state.spoil(rt.unknown('mutation', `${name} is set after the DAG was made`, place));
    }
    const reason = rt.doubtOn(self);
    self.attributes.set(name, reason === undefined ? value : new Unknown(reason.reason));
    return null;
  },
  add_task: (rt, [self, task = null], keywords, place) => {
    addTasks(rt, stateOfDag(self), [keywords.get('task') ?? task], place);
    return null;
  },
  add_tasks: (rt, [self, tasks = null], keywords, place) => {
    const items = rt.items(keywords.get('tasks') ?? tasks, place);
    if (items instanceof Unknown) stateOfDag(self)?.spoil(items);
    else addTasks(rt, stateOfDag(self), items, place);
    return null;
  },
  set_dependency: (rt, [self, from = null, to = null], keywords, place) => {
    const state = stateOfDag(self);
    const upstream = taskOf(rt, state, keywords.get('upstream_task_id') ?? from, place);
    const downstream = taskOf(rt, state, keywords.get('downstream_task_id') ?? to, place);
    if (upstream !== undefined && downstream !== undefined) setRelatives(rt, upstream, dependables(rt, downstream.instance, place).items, false, place);
    return null;
  },
  get_task: (rt, [self, id = null], keywords, place) => {
    const task = taskOf(rt, stateOfDag(self), keywords.get('task_id') ?? id, place);
    return task?.instance ?? rt.unknown('not_modelled', 'a task whose id is not known', place);
  },
  has_task: (_rt, [self, id]) => typeof id === 'string' && stateOfDag(self)?.tasks.has(id) === true,
  param: (rt, [, name = null]) => makeDagParam(rt, name),
  log: () => null,
};

function addTasks(rt: Runtime, dag: DagState | undefined, tasks: readonly Value[], place: Place): void {
  for (const each of tasks) {
    const task = stateOf(each);
    if (dag !== undefined && task instanceof TaskState) addTask(rt, dag, task, place);
    else if (each instanceof Unknown) dag?.spoil(each);
  }
}

function taskOf(rt: Runtime, dag: DagState | undefined, id: Value, place: Place): TaskState | undefined {
  if (id instanceof Unknown) {
    dag?.spoil(id);
    return undefined;
  }
  const task = typeof id === 'string' ? dag?.tasks.get(id) : undefined;
  if (task === undefined && typeof id === 'string') raiseAirflow(rt, 'TaskNotFound', `Task ${id} not found`, place);
  return task;
}

const ofDag = (get: (rt: Runtime, dag: DagState) => Value): Value =>
  property((rt, self, place) => {
    const state = stateOfDag(self);
    return state === undefined ? rt.unknown('not_modelled', 'a DAG that was not initialised', place) : get(rt, state);
  });

const dagProperties: Readonly<Record<string, Value>> = {
  dag_id: ofDag((rt, dag) => dag.dagId ?? dag.unknowns[0] ?? rt.unknown('not_modelled', 'dag_id', dag.place)),
  task_ids: ofDag((rt, dag) => rt.list([...dag.tasks.keys()])),
  tasks: ofDag((rt, dag) => rt.list([...dag.tasks.values()].map((task) => task.instance))),
  task_dict: ofDag((rt, dag) => rt.dict([...dag.tasks].map(([id, task]) => [id, task.instance] as const))),
  roots: ofDag((rt, dag) => rt.list([...dag.tasks.values()].filter((task) => task.upstream.size === 0).map((task) => task.instance))),
  leaves: ofDag((rt, dag) => rt.list([...dag.tasks.values()].filter((task) => task.downstream.size === 0).map((task) => task.instance))),
  task_group: ofDag((rt, dag) => rootGroup(rt, dag)),
  task: ofDag((rt, dag) => makeDecorators(rt, dag)),
  folder: ofDag((_rt, dag) => `/repo/${dag.place.file.split('/').slice(0, -1).join('/')}`),
};

/** `dag.task_group`: used as a decorator it is `task_group` bound to the DAG, which is not modelled. */
function rootGroup(rt: Runtime, dag: DagState): Value {
  return new PyNative('task_group', (_rt, _args, _keywords, place) => {
    const reason = rt.unknown('not_modelled', 'dag.task_group used as a value', place);
    dag.spoil(reason);
    return reason;
  }, false);
}
