import type { ApiKind } from '../../knowledge/airflow/api.js';
import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyInstance, PyList, PyNative, PyTuple, Unknown } from '../values.js';
import type { NativeCall, Value, PyClass } from '../values.js';
import { assetClass, assetDecorator, assetOperators, conditionConstructor, makeAlias, makeWatcher, multiAssetDecorator } from './assets.js';
import { equipWithConnections } from './connections.js';
import { chain, chainLinear, crossDownstream } from './chain.js';
import { configurationFunction, configurationObject } from './configuration.js';
import { dagClass } from './dag.js';
import { databricksGroupClass } from './databricks-group.js';
import { defineModelledClass } from './define.js';
import { enumClass } from './enums.js';
import { airflowException } from './errors.js';
import { groupClass } from './group.js';
import { exactlyOne, returnsFirst } from './helpers.js';
import { dependencyMethods } from './operator-methods.js';
import { operatorClass } from './operator-class.js';
import { makeParam } from './params.js';
import { contextWrapper } from './setup-methods.js';
import { LabelState } from './state.js';
import { dagDecorator, groupDecorator, makeDecorators, markingDecorator } from './taskflow.js';
import { pinnedRelease } from './provider-releases.js';
import { timezoneFunctions } from './timezone.js';
import { timetableClass } from './timetables.js';
import { variableClass } from './variables.js';
import { makeXCom } from './xcom.js';
import { isVenvInstalled } from './machine-probes.js';
import { worldOf } from './world.js';

const builtinPlace: Place = { file: '', line: 1 };

type Maker = (rt: Runtime, path: string) => Value;

const native =
  (name: string, call: NativeCall): Maker =>
  () =>
    new PyNative(name, call, false);

/** A class whose construction is one function. */
const constructed =
  (call: NativeCall, methods: Readonly<Record<string, NativeCall>> = {}): Maker =>
  (rt, path) => {
    const cls = defineModelledClass(rt, path, { methods, isOpen: true });
    cls.construct = (runtime, _cls, args, keywords, place) => call(runtime, args, keywords, place);
    cls.isReadyWhenMade = true;
    return cls;
  };

const makeLabel: NativeCall = (rt, [text], keywords) => {
  const cls = defineModelledClass(rt, 'airflow.sdk.definitions.edges.EdgeModifier', { methods: dependencyMethods, isOpen: true });
  const instance = rt.instance(cls);
  const label = keywords.get('label') ?? text;
  instance.native = new LabelState(typeof label === 'string' ? label : '');
  return instance;
};

const timetable: Maker = (rt, path) => timetableClass(rt, path);

/** What we model of Airflow's own API, by the last part of its path; providers' names never get here. */
const makers: Readonly<Record<string, Maker>> = {
  DAG: dagClass,
  TaskGroup: groupClass,
  Variable: variableClass,
  BaseHook: (rt, path) => equipWithConnections(inertClass(rt, path)),
  Connection: (rt, path) => equipWithConnections(inertClass(rt, path)),
  XComArg: constructed(makeXCom),
  Param: constructed(makeParam),
  Label: native('Label', makeLabel),
  EdgeModifier: native('EdgeModifier', makeLabel),
  is_venv_installed: native('is_venv_installed', isVenvInstalled),
  exactly_one: native('exactly_one', exactlyOne),
  chain: native('chain', chain),
  chain_linear: native('chain_linear', chainLinear),
  cross_downstream: native('cross_downstream', crossDownstream),
  task: (rt) => makeDecorators(rt),
  dag: native('dag', dagDecorator),
  task_group: native('task_group', groupDecorator),
  context_wrapper: contextWrapper,
  ContextWrapper: contextWrapper,
  setup_task: native('setup', markingDecorator('isSetup')),
  teardown_task: native('teardown', markingDecorator('isTeardown')),
  Asset: assetClass,
  Dataset: assetClass,
  Model: assetClass,
  AssetAlias: constructed(makeAlias, assetOperators),
  DatasetAlias: constructed(makeAlias, assetOperators),
  AssetAll: constructed(conditionConstructor('all'), assetOperators),
  DatasetAll: constructed(conditionConstructor('all'), assetOperators),
  AssetAny: constructed(conditionConstructor('any'), assetOperators),
  DatasetAny: constructed(conditionConstructor('any'), assetOperators),
  AssetWatcher: constructed(makeWatcher),
  asset: () => {
    const decorator = new PyNative('asset', assetDecorator, false);
    decorator.attributes.set('multi', new PyNative('asset.multi', multiAssetDecorator, false));
    return decorator;
  },
  AssetOrTimeSchedule: timetable,
  DatasetOrTimeSchedule: timetable,
  ContinuousTimetable: timetable,
  CronDataIntervalTimetable: timetable,
  CronPartitionTimetable: timetable,
  CronTriggerTimetable: timetable,
  DeltaDataIntervalTimetable: timetable,
  DeltaTriggerTimetable: timetable,
  EventsTimetable: timetable,
  MultipleCronTriggerTimetable: timetable,
  NullTimetable: timetable,
  OnceTimetable: timetable,
  PartitionedAssetTimetable: timetable,
  ...Object.fromEntries(Object.entries(timezoneFunctions).map(([name, call]) => [name, native(name, call)])),
};

/** What we model of providers, and functions whose bare names others have too, by their whole paths. */
const makersByPath: Readonly<Record<string, Maker>> = {
  ...Object.fromEntries(['get', 'getboolean', 'getint', 'getfloat'].map((name) => [`airflow.configuration.${name}`, native(name, configurationFunction(name))])),
  'airflow.providers.databricks.operators.databricks_workflow.DatabricksWorkflowTaskGroup': databricksGroupClass,
  'airflow.providers.openlineage.api.emission_policy.extend_global_openlineage_emission_policy': native('extend_global_openlineage_emission_policy', returnsFirst),
};

/** Functions of Airflow that only compute or log: calling one leaves DAGs alone, and its result isn't known. */
const parseTimeOnly = new Set(['days_ago', 'utcnow', 'now']);

/** The value of a name that Airflow exports, made once per run. */
export function apiValue(rt: Runtime, path: string, kind: ApiKind, imported: string): Value {
  const world = worldOf(rt);
  const known = world.values.get(path);
  if (known !== undefined) return known;
  const value = makeValue(rt, path, kind, imported);
  world.values.set(path, value);
  return value;
}

function makeValue(rt: Runtime, path: string, kind: ApiKind, imported: string): Value {
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (kind === 'operator') return operatorClass(rt, path);
  const isCore = !path.startsWith('airflow.providers.');
  if (kind === 'class' && isCore) {
    const exception = airflowException(rt, name);
    if (exception !== undefined) return exception;
  }
  const { api } = worldOf(rt);
  const maker = isCore && isModelledKind(path, name) ? makers[name] : undefined;
  if (maker !== undefined) return maker(rt, path);
  const byPath = Object.hasOwn(makersByPath, path) ? makersByPath[path] : undefined;
  if (byPath !== undefined) return byPath(rt, path);
  if (kind === 'class' && api.enumMembers(path) !== undefined) return enumClass(rt, path);
  if (kind === 'class') return inertClass(rt, path);
  if (isCore && name === 'conf') return configurationObject(rt);
  if (kind === 'value' && (name === '__version__' || path === 'airflow.version.version')) return isCore ? rt.airflow.text : releaseOf(rt, path);
  const constant = kind === 'value' ? api.value(path) : undefined;
  if (constant !== undefined) return fromConstant(rt, constant);
  return inertFunction(rt, path, imported, parseTimeOnly.has(name));
}

/** The release of a provider as the repository pins it. */
function releaseOf(rt: Runtime, path: string): Value {
  return pinnedRelease(rt, path) ?? new Unknown({ kind: 'version', text: `${path} is of a release that no file of the repository pins`, place: builtinPlace }, path);
}

/** Helper functions with the same last name live in modules that aren't the API. */
function isModelledKind(path: string, name: string): boolean {
  if (Object.hasOwn(timezoneFunctions, name)) return path.includes('.timezone') || path.startsWith('airflow.utils.dates.');
  return true;
}

/** A class that isn't modelled: its instances are inert and what they hold isn't known. */
function inertClass(rt: Runtime, path: string): PyClass {
  const cls = defineModelledClass(rt, path, { isOpen: true });
  cls.construct ??= (runtime, made, args, keywords) => {
    const instance = runtime.instance(made);
    const parameters = worldOf(runtime).api.signature(path)?.filter((each) => each.kind.startsWith('positional')) ?? [];
    args.forEach((value, index) => {
      const name = parameters[index]?.name;
      if (name !== undefined) instance.attributes.set(name, value);
    });
    for (const [key, value] of keywords) instance.attributes.set(key, value);
    return instance;
  };
  return cls;
}

function fromConstant(rt: Runtime, value: unknown): Value {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return rt.list(value.map((each) => fromConstant(rt, each)));
  if (typeof value === 'object') return rt.dict(Object.entries(value).map(([key, each]) => [key, fromConstant(rt, each)] as const));
  return null;
}

/** A function that isn't modelled. What it gives isn't known; a DAG or task that it gets may be changed by it. */
function inertFunction(_rt: Runtime, path: string, imported: string, isTime: boolean): Value {
  const kind = isTime ? 'time' : 'not_modelled';
  const reason = { kind, text: isTime ? `${imported} depends on the clock` : `${imported} is not modelled`, place: builtinPlace } as const;
  const call: NativeCall = (rt, args, keywords, place) => {
    const result = new Unknown({ ...reason, place }, '', true);
    for (const value of [...args, ...keywords.values()]) if (isDagPart(value)) rt.escape(value, result);
    return result;
  };
  const native = new PyNative(path, call, false);
  return path.endsWith('.settings') ? new Unknown(reason, imported, true) : native;
}

function isDagPart(value: Value): boolean {
  if (value instanceof PyList || value instanceof PyTuple) return value.items.some(isDagPart);
  return value instanceof PyInstance && value.native !== undefined;
}
