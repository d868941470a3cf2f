import type { ModuleTable } from '../../runtime.js';
import type { NativeCall, Value } from '../../values.js';
import { PyClass, PyFunction, PyNative, PyProperty, Unknown, noKeywords, notImplemented } from '../../values.js';
import { instanceOf, stateOf } from '../arguments.js';
import { defineClass, lenient, lenientFunctions } from '../define.js';

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

const identity: NativeCall = (_rt, [value]) => value ?? null;

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

/** A cache changes nothing but speed for a function without side effects; it is left out. */
const cache: NativeCall = (_rt, [first]) => (first instanceof PyFunction || first instanceof PyNative || first instanceof PyClass ? first : lenient('lru_cache', identity));

const orders: Readonly<Record<string, (less: Value, equal: Value) => Value>> = {
  __gt__: (less, equal) => less !== true && equal !== true,
  __le__: (less, equal) => less === true || equal === true,
  __ge__: (less) => less !== true,
};

/** `total_ordering` for classes that define `__lt__`; others keep their missing comparisons unknown. */
const totalOrdering: NativeCall = (rt, [cls], _keywords, place) => {
  if (!(cls instanceof PyClass)) return cls ?? null;
  if (!cls.attributes.has('__lt__')) {
    cls.unknownBase ??= rt.unknown('not_modelled', 'total_ordering without __lt__ is not modelled', place);
    return cls;
  }
  for (const [name, test] of Object.entries(orders)) {
    if (cls.attributes.has(name)) continue;
    cls.attributes.set(name, new PyNative(name, (runtime, [self, other], _none, at) => {
      const less = runtime.call(runtime.getAttribute(self ?? null, '__lt__', at), [other ?? null], noKeywords, at);
      if (less instanceof Unknown || less === notImplemented) return less;
      const equal = runtime.equals(self ?? null, other ?? null, at);
      return equal instanceof Unknown ? equal : test(less, equal);
    }));
  }
  return cls;
};

/** `functools`. */
export const functoolsModule: ModuleTable = {
  partial: partialClass,
  ...lenientFunctions({
    reduce,
    wraps,
    lru_cache: cache,
    cache,
    total_ordering: totalOrdering,
    update_wrapper: (rt, [wrapper, wrapped], _keywords, place) => update(rt, wrapper ?? null, wrapped ?? null, place),
    cached_property: (_rt, [getter]) => new PyProperty(getter ?? null, null, true),
    cmp_to_key: (rt, _args, _keywords, place) => rt.unknown('not_modelled', 'functools.cmp_to_key is not modelled', place),
    singledispatch: (rt, _args, _keywords, place) => rt.unknown('not_modelled', 'functools.singledispatch is not modelled', place),
  }),
};
