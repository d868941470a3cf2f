import { compareText, type Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyFunction, PyInstance, PyList, PyNative, PySet, PyTuple, Unknown } from '../values.js';
import type { Keywords, NativeCall, Value, PyClass } from '../values.js';
import { defineModelledClass } from './define.js';
import { normalizeUri } from './asset-uri.js';
import { FactoryState, WatcherState } from './state.js';
import type { AssetLike, AssetState, Watcher } from './state.js';
import { isAirflow3, stateOf, worldOf } from './world.js';

/** The asset-like state behind a value. */
export function assetOf(value: Value | undefined): AssetLike | undefined {
  const state = stateOf(value);
  switch (state?.kind) {
    case 'asset':
    case 'alias':
    case 'reference':
    case 'all':
    case 'any':
      return state;
    default:
      return undefined;
  }
}

function make(rt: Runtime, cls: PyClass, state: AssetLike): PyInstance {
  const instance = rt.instance(cls);
  instance.native = state;
  if (state.kind === 'asset' || state.kind === 'alias') instance.attributes.set('name', state.name);
  if (state.kind === 'asset') instance.attributes.set('uri', state.uri);
  return instance;
}

const combine =
  (kind: 'all' | 'any'): NativeCall =>
  (rt, [left = null, right = null], _keywords, place) => {
    if (assetOf(right) === undefined && !(right instanceof Unknown)) {
      rt.raise('TypeError', `unsupported operand type(s) for ${kind === 'all' ? '&' : '|'}`, place);
    }
    return makeCondition(rt, kind, [...membersOf(left, kind), ...membersOf(right, kind)]);
  };

/** `a & b & c` is one condition of three. */
function membersOf(value: Value, kind: 'all' | 'any'): readonly Value[] {
  const state = assetOf(value);
  return state !== undefined && (state.kind === 'all' || state.kind === 'any') && state.kind === kind ? state.members : [value];
}

/** What assets, aliases, references and conditions have in common. */
export const assetOperators: Readonly<Record<string, NativeCall>> = {
  __and__: combine('all'),
  __or__: combine('any'),
  __hash__: (rt, [self]) => rt.tuple(keyOf(self)),
  __eq__: (_rt, [self, other]) => assetOf(other) !== undefined && JSON.stringify(keyOf(self)) === JSON.stringify(keyOf(other)),
};

function keyOf(value: Value | undefined): string[] {
  const state = assetOf(value);
  return state?.kind === 'asset' ? [state.name, state.uri] : state?.kind === 'alias' ? [state.name] : [];
}

/** `AssetAll(...)`, `AssetAny(...)`, and a plain list in `schedule=`. */
export function makeCondition(rt: Runtime, kind: 'all' | 'any', members: readonly Value[]): PyInstance {
  const name = isAirflow3(rt) ? 'Asset' : 'Dataset';
  const path = `airflow.sdk.definitions.asset.${name}${kind === 'all' ? 'All' : 'Any'}`;
  return make(rt, defineModelledClass(rt, path, { methods: assetOperators, isOpen: true }), { kind, members });
}

export const conditionConstructor =
  (kind: 'all' | 'any'): NativeCall =>
  (rt, args) =>
    makeCondition(rt, kind, args);

/** The class `Asset` (`Dataset` on 2.x); its first positional argument is the name on 3.x and the URI on 2.x. */
export function assetClass(rt: Runtime, path: string): PyClass {
  const cls = defineModelledClass(rt, path, { methods: assetOperators, isOpen: true });
  if (cls.construct === undefined) {
    cls.construct = (runtime, made, args, keywords, place) => makeAsset(runtime, made, args, keywords, place);
    cls.isReadyWhenMade = true;
    cls.attributes.set('ref', new PyNative('ref', makeReference, false));
  }
  return cls;
}

const makeReference: NativeCall = (rt, _args, keywords, place) => {
  const name = keywords.get('name') ?? null;
  const uri = keywords.get('uri') ?? null;
  if (name instanceof Unknown || uri instanceof Unknown) return rt.unknown('not_modelled', 'a reference to an asset that is not known', place);
  const cls = defineModelledClass(rt, 'airflow.sdk.definitions.asset.AssetRef', { methods: assetOperators, isOpen: true });
  return make(rt, cls, { kind: 'reference', name: typeof name === 'string' ? name : undefined, uri: typeof uri === 'string' ? uri : undefined });
};

function makeAsset(rt: Runtime, cls: PyClass, args: readonly Value[], keywords: Keywords, place: Place): Value {
  const is3 = isAirflow3(rt);
  const nameGiven = keywords.get('name') ?? (is3 ? args[0] : undefined) ?? null;
  const uriGiven = keywords.get('uri') ?? args[is3 ? 1 : 0] ?? null;
  if (nameGiven instanceof Unknown) return new Unknown(nameGiven.reason);
  if (uriGiven instanceof Unknown) return new Unknown(uriGiven.reason);
  const name = textOf(rt, nameGiven, place);
  const uri = textOf(rt, uriGiven, place);
  const given = uri ?? name;
  if (given === undefined) return rt.raise('TypeError', 'Asset expected at least one of: name, uri', place);
  const normalized = normalizeUri(rt, given, place);
  if (normalized instanceof Unknown) return normalized;
  const watchers = watchersOf(rt, keywords.get('watchers') ?? null, place);
  if (watchers instanceof Unknown) return watchers;
  const state: AssetState = { kind: 'asset', name: name ?? (is3 ? given : normalized), uri: normalized, watchers, place };
  return make(rt, cls, state);
}

function textOf(rt: Runtime, value: Value, place: Place): string | undefined {
  if (value === null) return undefined;
  const text = typeof value === 'string' ? value : rt.str(value, place);
  return typeof text === 'string' ? text : undefined;
}

function watchersOf(rt: Runtime, value: Value, place: Place): Watcher[] | Unknown {
  if (value === null) return [];
  const items = rt.items(value, place);
  if (items instanceof Unknown) return items;
  const watchers: Watcher[] = [];
  for (const item of items) {
    const name = rt.findAttribute(item, 'name', place);
    if (name instanceof Unknown) return name;
    const own = item instanceof PyInstance && item.native instanceof WatcherState ? item.native.place : place;
    if (typeof name === 'string') watchers.push({ name, trigger: rt.findAttribute(item, 'trigger', place) ?? null, place: own });
  }
  return watchers.sort((a, b) => compareText(a.name, b.name));
}

/** `AssetAlias(name)`. */
export const makeAlias: NativeCall = (rt, [name], keywords) => {
  const given = keywords.get('name') ?? name ?? null;
  if (typeof given !== 'string') return given;
  const cls = defineModelledClass(rt, 'airflow.sdk.definitions.asset.AssetAlias', { methods: assetOperators, isOpen: true });
  return make(rt, cls, { kind: 'alias', name: given });
};

/** `AssetWatcher(name=..., trigger=...)`. */
export const makeWatcher: NativeCall = (rt, [name, trigger], keywords, place) => {
  const cls = defineModelledClass(rt, 'airflow.sdk.definitions.asset.AssetWatcher', { isOpen: true });
  const instance = rt.instance(cls);
  instance.native = new WatcherState(place);
  instance.attributes.set('name', keywords.get('name') ?? name ?? null);
  instance.attributes.set('trigger', keywords.get('trigger') ?? trigger ?? null);
  return instance;
};

/** `@asset(...)`: a DAG with one task whose outlet is the asset; the result is the asset itself. */
export const assetDecorator: NativeCall = (rt, _args, keywords) =>
  new PyNative('asset', (runtime, [callee = null], _keywords, place) => defineAsset(runtime, callee, keywords, place), false);

/** `@asset.multi(...)`: one task that emits several assets. */
export const multiAssetDecorator: NativeCall = (rt, _args, keywords) =>
  new PyNative('asset.multi', (runtime, [callee = null], _keywords, place) => {
    const name = runtime.getAttribute(callee, '__name__', place);
    buildAssetDag(runtime, callee, name, keywords, keywords.get('outlets') ?? null, place);
    return null;
  }, false);

function defineAsset(rt: Runtime, callee: Value, keywords: Keywords, place: Place): Value {
  const name = keywords.get('name') ?? rt.getAttribute(callee, '__name__', place);
  const uri = keywords.get('uri') ?? name;
  const cls = assetClass(rt, 'airflow.sdk.definitions.asset.decorators.AssetDefinition');
  const asset = rt.call(cls, [], new Map([['name', name], ['uri', uri]]), place);
  buildAssetDag(rt, callee, name, keywords, rt.list([asset]), place);
  return asset;
}

/** Arguments of `@asset` that are the DAG's own. */
const dagArguments: ReadonlySet<string> = new Set([
  'schedule', 'is_paused_upon_creation', 'dag_id', 'dag_display_name', 'description', 'params', 'on_success_callback', 'on_failure_callback',
  'access_control', 'owner_links', 'tags', 'start_date', 'end_date', 'default_args', 'catchup', 'max_active_runs',
]);

function buildAssetDag(rt: Runtime, callee: Value, name: Value, keywords: Keywords, outlets: Value, place: Place): void {
  const factory = stateOf(callee);
  const inner = factory instanceof FactoryState ? factory.callee : callee;
  const settings = new Map([...keywords].filter(([each]) => dagArguments.has(each)));
  const dagId = settings.get('dag_id') ?? name;
  settings.set('dag_id', dagId);
  settings.set('catchup', false);
  const own = typeof inner === 'object' && inner?.kind === 'function' ? inner.place : place;
  const dag = rt.call(worldOf(rt).services.dagClass(rt, 'airflow.sdk.definitions.dag.DAG'), [], settings, own);
  if (!(dag instanceof PyInstance)) return;
  rt.call(rt.getAttribute(dag, '__enter__', place), [], new Map(), place);
  const taskId = rt.getAttribute(callee, '__name__', place);
  const plain = worldOf(rt).services.operatorClass(rt, worldOf(rt).api.decorator('python')?.path ?? 'airflow.sdk.bases.operator.BaseOperator');
  const task = rt.call(
    factory instanceof FactoryState ? factory.operator : plain,
    [],
    new Map<string, Value>([...(factory instanceof FactoryState ? factory.keywords : []), ['task_id', taskId], ['python_callable', inner], ['outlets', outlets], ['inlets', rt.list(inletsOf(rt, inner, name, place))], ['op_args', rt.list([])], ['op_kwargs', rt.dict()]]),
    own,
  );
  const state = stateOf(task);
  if (state?.kind === 'task' && inner instanceof PyFunction) state.callable = inner;
  if (state?.kind === 'task' && !(factory instanceof FactoryState)) {
    state.operator = '_AssetMainOperator';
    state.operatorPath = 'airflow.sdk.definitions.asset.decorators._AssetMainOperator';
  }
  rt.call(rt.getAttribute(dag, '__exit__', place), [null, null, null], new Map(), place);
}

/** Parameters without a default name the assets that the function reads. */
function inletsOf(rt: Runtime, callee: Value, name: Value, place: Place): Value[] {
  if (typeof callee !== 'object' || callee?.kind !== 'function') return [];
  return callee.node.parameters.flatMap((parameter) => {
    if (parameter.default !== null || parameter.name === 'self' || parameter.name === 'context' || parameter.name === name) return [];
    return [makeReference(rt, [], new Map([['name', parameter.name]]), place)];
  });
}

/** Assets in a list of inlets or outlets; `hidden` when some entry isn't known. */
export function readLineage(value: Value): { assets: AssetLike[]; hidden: Unknown | undefined } {
  if (value === null) return { assets: [], hidden: undefined };
  if (value instanceof Unknown) return { assets: [], hidden: value };
  const items = value instanceof PyList || value instanceof PyTuple ? value.items : value instanceof PySet ? [...value.entries.values()] : [value];
  const hidden = (value instanceof PyList || value instanceof PySet ? value.taint : undefined) ?? items.find((each) => each instanceof Unknown);
  return { assets: items.map((each) => assetOf(each)).filter((each) => each !== undefined), hidden };
}
