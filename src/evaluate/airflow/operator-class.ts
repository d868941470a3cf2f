import { defineModelledClass } from './define.js';
import { applyDefaults, initializeOperator } from './operator-init.js';
import { dependencyMethods, operatorProperties, operatorMethods } from './operator-methods.js';
import { makePartial } from './mapped.js';
import { TaskState } from './state.js';
import { worldOf } from './world.js';
import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyClass, PyClassMethod, PyFunction, PyNative, Unknown } from '../values.js';

const builtinPlace: Place = { file: '', line: 1 };

/** Properties of provider operators that give what the task returns, as `output` does. */
const resultProperties: Readonly<Record<string, readonly string[]>> = {
  'airflow.providers.yandex.operators.dataproc.DataprocCreateClusterOperator': ['cluster_id'],
};

/** The class of an operator that Airflow or a provider ships, by its dotted path. */
export function operatorClass(rt: Runtime, path: string): PyClass {
  const world = worldOf(rt);
  const known = world.classes.get(path);
  if (known !== undefined) return known;
  const facts = world.api.operator(path);
  const dot = path.lastIndexOf('.');
  const name = facts?.name ?? path.slice(dot + 1);
  const [parentPath] = facts?.bases ?? [];
  const parent = parentPath === undefined ? undefined : baseOf(rt, facts?.bases ?? []);
  const cls = new PyClass(rt.stamp(), name, path.slice(0, dot), parent === undefined ? [rt.builtinClass('object')] : [parent], undefined);
  world.classes.set(path, cls);
  cls.mro = parent === undefined ? [cls, rt.builtinClass('object')] : [cls, ...parent.mro];
  cls.unknownBase = new Unknown({ kind: 'not_modelled', text: `an attribute of ${name} that only its own code knows`, place: builtinPlace }, path, true);
  if (parent === undefined) equipBaseOperator(rt, cls);
  cls.attributes.set('__init__', new PyNative('__init__', (runtime, args, keywords, place) => initializeOperator(runtime, args, keywords, place, path)));
  const fields = facts?.templateFields;
  cls.attributes.set('template_fields', fields === null || fields === undefined ? cls.unknownBase : rt.tuple([...fields]));
  for (const each of resultProperties[path] ?? []) cls.attributes.set(each, operatorProperties['output'] ?? null);
  cls.attributes.set('template_ext', rt.tuple([...(facts?.templateExtensions ?? [])]));
  return cls;
}

/** The nearest ancestor that is an operator; mixins carry nothing that matters here. */
function baseOf(rt: Runtime, bases: readonly string[]): PyClass | undefined {
  const { api } = worldOf(rt);
  const path = bases.find((each) => api.operator(each) !== undefined);
  return path === undefined ? undefined : operatorClass(rt, path);
}

function equipBaseOperator(rt: Runtime, cls: PyClass): void {
  cls.construct = (runtime, made, _args, _keywords, place) => {
    const instance = runtime.instance(made);
    instance.native = new TaskState(instance, place);
    return instance;
  };
  for (const [name, call] of Object.entries({ ...dependencyMethods, ...operatorMethods })) cls.attributes.set(name, new PyNative(name, call));
  for (const [name, property] of Object.entries(operatorProperties)) cls.attributes.set(name, property);
  // What an argument is when nobody gives it; subclasses may keep theirs under other names, so only the base's are sure.
  for (const [name, value] of Object.entries(worldOf(rt).api.operator(cls.path)?.defaults ?? {})) {
    if (!Object.hasOwn(operatorProperties, name)) cls.attributes.set(name, typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value);
  }
  cls.attributes.set('partial', new PyClassMethod(new PyNative('partial', makePartial)));
}

/** The class `BaseOperator` of the analysed version. */
export function baseOperatorClass(rt: Runtime): PyClass {
  const { api } = worldOf(rt);
  const path = api.version === '3.2' ? 'airflow.sdk.bases.operator.BaseOperator' : 'airflow.models.baseoperator.BaseOperator';
  return operatorClass(rt, path);
}

/** Wraps an operator subclass's own `__init__` as Airflow's metaclass does: `default_args` fill what isn't given. */
export function finishOperatorClass(_rt: Runtime, cls: PyClass): void {
  const own = cls.attributes.get('__init__');
  if (!(own instanceof PyFunction)) return;
  cls.attributes.set('__init__', new PyNative('__init__', (rt, args, keywords, place) => applyDefaults(rt, own, cls, args, keywords, place)));
}

/** A class for mapped tasks: they are no instances of their operator's class. */
export function mappedOperatorClass(rt: Runtime): PyClass {
  return defineModelledClass(rt, 'airflow.models.mappedoperator.MappedOperator', {
    methods: { ...dependencyMethods, ...operatorMethods },
    properties: operatorProperties,
  });
}

