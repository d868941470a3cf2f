import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyClass, PyFunction, PyNative, Unknown } from '../values.js';
import type { Keywords, NativeCall, Value } from '../values.js';
import { defineModelledClass } from './define.js';
import { makeFactory } from './factories.js';
import { operatorClass } from './operator-class.js';
import type { DagState } from './state.js';
import { FactoryState } from './state.js';
import { isAirflow3, stateOf, worldOf } from './world.js';

const noFlags = { isSetup: false, isTeardown: false } as const;

/** The object `task`: a decorator by itself and, by attribute, one for every kind of task. `dag.task` is bound to its DAG. */
export function makeDecorators(rt: Runtime, dag?: DagState): Value {
  const cls = defineModelledClass(rt, 'airflow.sdk.TaskDecoratorCollection', {
    methods: {
      __call__: (runtime, [self, ...args], keywords, place) => decorate(runtime, 'python', boundDag(self), args, keywords, place),
      __getattr__: (runtime, [self, name = null], _keywords, place) => decoratorNamed(runtime, name, boundDag(self), place),
    },
  });
  const instance = rt.instance(cls);
  if (dag !== undefined) instance.attributes.set('_dag', dag.instance);
  return instance;
}

function boundDag(self: Value | undefined): Value | undefined {
  return typeof self === 'object' && self?.kind === 'instance' ? self.attributes.get('_dag') : undefined;
}

function decoratorNamed(rt: Runtime, name: Value, dag: Value | undefined, place: Place): Value {
  if (typeof name !== 'string') return rt.unknown('not_modelled', 'a task decorator whose name is not known', place);
  if (name === 'run_if' || name === 'skip_if') return new PyNative(name, () => new PyNative(name, (_rt, [factory = null]) => factory, false), false);
  if (worldOf(rt).api.decorator(name) === undefined) {
    if (name.startsWith('__')) return rt.raise('AttributeError', `task has no attribute '${name}'`, place);
    // A provider that is not in the tables may register it.
    return rt.unknown('not_modelled', `@task.${name} is not a decorator that is known`, place, `airflow.decorators.task.${name}`);
  }
  return new PyNative(`task.${name}`, (runtime, args, keywords, at) => decorate(runtime, name, dag, args, keywords, at), false);
}

/** `@task`, `@task(...)`: gives a factory, or a decorator that does. */
function decorate(rt: Runtime, name: string, dag: Value | undefined, args: readonly Value[], keywords: Keywords, place: Place): Value {
  const [callee] = args;
  const given = keywords.get('python_callable') ?? callee;
  const settings = new Map(keywords);
  settings.delete('python_callable');
  if (dag !== undefined && !settings.has('dag')) settings.set('dag', dag);
  if (given !== undefined && given !== null) return makeTaskFactory(rt, name, given, settings, place);
  return new PyNative(`task.${name}`, (runtime, [inner = null], _keywords, at) => makeTaskFactory(runtime, name, inner, settings, at), false);
}

function makeTaskFactory(rt: Runtime, name: string, callee: Value, settings: Map<string, Value>, place: Place): Value {
  const decorator = worldOf(rt).api.decorator(name);
  if (decorator === undefined) return rt.unknown('not_modelled', `@task.${name}`, place);
  if (callee instanceof PyClass) raiseNotCallable(rt, place);
  const keywords = new Map(settings);
  if (!keywords.has('task_id')) keywords.set('task_id', callee instanceof Unknown ? callee : rt.getAttribute(callee, '__name__', place));
  if (callee instanceof PyFunction && callee.node.parameters.some((each) => each.name === 'self')) {
    rt.raise('TypeError', '@task does not support methods', place);
  }
  return makeFactory(rt, { what: 'task', callee, operator: operatorClass(rt, decorator.path), keywords, partial: new Map(), flags: noFlags });
}

function raiseNotCallable(rt: Runtime, place: Place): never {
  return rt.raise('TypeError', '@task works on functions', place);
}

/** `@setup` and `@teardown`: mark the tasks of a decorated function. */
export const markingDecorator =
  (flag: 'isSetup' | 'isTeardown'): NativeCall =>
  (rt, [callee], keywords, place) => {
    if (callee === undefined) return new PyNative(flag, (runtime, [inner = null], _keywords, at) => mark(runtime, flag, inner, at), false);
    rt.step(place, keywords.size);
    return mark(rt, flag, callee, place);
  };

function mark(rt: Runtime, flag: 'isSetup' | 'isTeardown', callee: Value, place: Place): Value {
  const state = stateOf(callee);
  const factory = state instanceof FactoryState ? state : stateOf(makeTaskFactory(rt, 'python', callee, new Map(), place));
  if (!(factory instanceof FactoryState)) return callee;
  const flags = { ...noFlags, [flag]: true };
  if (factory.what !== 'task') return rt.raise('TypeError', `@${flag === 'isSetup' ? 'setup' : 'teardown'} works on tasks`, place);
  return makeFactory(rt, { what: 'task', callee: factory.callee, operator: factory.operator, keywords: factory.keywords, partial: factory.partial, flags });
}

/** `@task_group` and `@task_group(...)`. */
export const groupDecorator: NativeCall = (rt, [callee], keywords, place) => {
  const make = (runtime: Runtime, inner: Value, at: Place): Value => {
    const settings = new Map(keywords);
    if (!settings.has('group_id')) settings.set('group_id', runtime.getAttribute(inner, '__name__', at));
    return makeFactory(runtime, { what: 'group', callee: inner, operator: null, keywords: settings, partial: new Map(), flags: noFlags });
  };
  if (callee instanceof PyFunction || callee instanceof Unknown) return make(rt, callee, place);
  if (typeof callee === 'string') keywords = new Map([...keywords, ['group_id', callee]]);
  return new PyNative('task_group', (runtime, [inner = null], _keywords, at) => make(runtime, inner, at), false);
};

const legacyPositional = ['dag_id', 'description', 'schedule', 'schedule_interval'];

/** `@dag` and `@dag(...)`: the DAG is made when the function is called. */
export const dagDecorator: NativeCall = (rt, args, keywords, place) => {
  const [first] = args;
  const settings = new Map(keywords);
  const make = (runtime: Runtime, inner: Value, at: Place): Value => {
    if (!settings.has('dag_id') || settings.get('dag_id') === '') settings.set('dag_id', runtime.getAttribute(inner, '__name__', at));
    return makeFactory(runtime, { what: 'dag', callee: inner, operator: null, keywords: settings, partial: new Map(), flags: noFlags });
  };
  if (first instanceof PyFunction) return make(rt, first, place);
  args.forEach((value, index) => {
    const name = legacyPositional[index];
    if (name !== undefined && !settings.has(name) && (index === 0 || !isAirflow3(rt))) settings.set(name, value);
  });
  return new PyNative('dag', (runtime, [inner = null], _keywords, at) => make(runtime, inner, at), false);
};
