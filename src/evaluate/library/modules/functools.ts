import type { ModuleTable, Runtime } from '../../runtime.js';
import type { NativeCall, Value } from '../../values.js';
import { PyBoundMethod, PyClass, PyFunction, PyNative, PyProperty, Unknown, noKeywords } from '../../values.js';
import { instanceOf, stateOf } from '../arguments.js';
import { defineClass, lenient, lenientFunctions, libraryPlace } from '../define.js';
import { fromPython } from '../from-python.js';

interface PartialState {
  readonly kind: 'partial';
  readonly callee: Value;
  readonly args: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
}

const state = (value: Value | undefined): PartialState | undefined => stateOf<PartialState>(value, 'partial');

const partialClass = defineClass({
  name: 'partial',
  module: 'functools',
  construct: (rt, cls, [callee, ...args], keywords, place) => {
    if (callee === undefined) return rt.raise('TypeError', "type 'partial' takes at least one argument", place);
    const inner = state(callee);
    const made: PartialState = { kind: 'partial', callee: inner?.callee ?? callee, args: [...(inner?.args ?? []), ...args], keywords: new Map([...(inner?.keywords ?? []), ...keywords]) };
    return instanceOf(rt, cls, made);
  },
  methods: {
    __call__: (rt, [self, ...args], keywords, place) => {
      const found = state(self);
      return rt.call(found?.callee ?? null, [...(found?.args ?? []), ...args], new Map([...(found?.keywords ?? []), ...keywords]), place);
    },
  },
  properties: {
    func: (_rt, self) => state(self)?.callee ?? null,
    args: (rt, self) => rt.tuple(state(self)?.args ?? []),
    keywords: (rt, self) => rt.dict([...(state(self)?.keywords ?? [])]),
  },
});

const reduce: NativeCall = (rt, [call, source, ...initial], _keywords, place) => {
  const items = rt.items(source ?? null, place);
  if (items instanceof Unknown) return items;
  const all = [...initial, ...items];
  const [first, ...rest] = all;
  if (first === undefined) return rt.raise('TypeError', 'reduce() of empty iterable with no initial value', place);
  return rest.reduce<Value>((total, item) => rt.call(call ?? null, [total, item], noKeywords, place), first);
};

const copied = ['__name__', '__qualname__', '__doc__', '__module__'] as const;

/** `wraps(wrapped)(wrapper)`: the wrapper takes the wrapped one's names and attributes. */
const wraps: NativeCall = (_rt, [wrapped]) => lenient('wraps', (rt, [wrapper], _keywords, place) => update(rt, wrapper ?? null, wrapped ?? null, place));

const update = (...[rt, wrapper, wrapped, place]: [Parameters<NativeCall>[0], Value, Value, Parameters<NativeCall>[3]]): Value => {
  if (!(wrapper instanceof PyFunction)) return wrapper;
  const name = wrapped instanceof Unknown ? undefined : rt.findAttribute(wrapped, '__name__', place);
  if (wrapped instanceof PyFunction) {
    wrapper.name = wrapped.name;
    wrapper.qualifiedName = wrapped.qualifiedName;
    for (const [key, value] of wrapped.attributes) wrapper.attributes.set(key, value);
  } else if (typeof name === 'string') wrapper.name = name;
  for (const key of copied) {
    const value = wrapped instanceof Unknown ? wrapped : rt.findAttribute(wrapped, key, place);
    if (value !== undefined) wrapper.attributes.set(key, value);
  }
  wrapper.attributes.set('__wrapped__', wrapped);
  return wrapper;
};

/** `functools.lru_cache` and `cache`: equal arguments get the very object that the first call made. */
const cache = (usual: number | undefined): NativeCall => (rt, [first], keywords, place) => {
  if (first instanceof PyFunction || first instanceof PyNative || first instanceof PyClass || first instanceof PyBoundMethod) return cached(rt, first, usual, false);
  const size = keywords.get('maxsize') ?? first ?? (keywords.has('maxsize') || first === null ? null : 128n);
  const isTyped = keywords.has('typed') && rt.truth(keywords.get('typed') ?? null, place) === true;
  return lenient('lru_cache', (runtime, [callee = null]) => cached(runtime, callee, typeof size === 'bigint' ? Number(size) : undefined, isTyped));
};

function cached(rt: Runtime, callee: Value, limit: number | undefined, isTyped: boolean): Value {
  const results = rt.dict();
  const made = new PyNative('lru_cache', (runtime, args, keywords, place) => {
    const given = [...args, ...[...keywords].flatMap(([name, value]) => [name, value])];
    const compute = (): Value => runtime.call(callee, args, keywords, place);
    if (given.some((value) => value instanceof Unknown) || limit === 0 || runtime.doubtOn(results)) return compute();
    const types = isTyped ? given.map((value) => runtime.classOf(value)) : [];
    const key = runtime.tuple([BigInt(args.length), ...given, ...types]);
    const known = results.taint ?? runtime.call(runtime.getAttribute(results, 'pop', place), [key, missing], noKeywords, place);
    if (known instanceof Unknown) return compute();
    const result = known === missing ? compute() : known;
    runtime.setItem(results, key, result, place);
    const [oldest] = results.entries.keys();
    if (limit !== undefined && results.entries.size > limit) results.entries.delete(oldest);
    return result;
  });
  for (const name of copied) {
    const value = callee instanceof Unknown ? undefined : rt.findAttribute(callee, name, libraryPlace);
    if (value !== undefined) made.attributes.set(name, value);
  }
  made.attributes.set('__wrapped__', callee);
  made.attributes.set('cache_clear', lenient('cache_clear', () => {
    results.entries.clear();
    return null;
  }));
  made.attributes.set('cache_info', lenient('cache_info', (runtime, _args, _keywords, place) => runtime.unknown('not_modelled', 'cache_info() is not modelled', place)));
  return made;
}

/** No value of a program is the same text object, as far as a cache can tell. */
const missing = '\u0000missing';

/** `functools`. */
export const functoolsModule: ModuleTable = {
  partial: partialClass,
  ...fromPython('functools', ['cmp_to_key', 'partialmethod', 'singledispatch', 'singledispatchmethod', 'total_ordering']),
  ...lenientFunctions({
    reduce,
    wraps,
    lru_cache: cache(128),
    cache: cache(undefined),
    update_wrapper: (rt, [wrapper, wrapped], _keywords, place) => update(rt, wrapper ?? null, wrapped ?? null, place),
    cached_property: (_rt, [getter]) => new PyProperty(getter ?? null, null, true),
  }),
};
