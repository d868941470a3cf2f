import type { Place } from '../../../model/place.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import type { Keywords, NativeCall, PyClass, PyInstance, Value } from '../../values.js';
import { PyDict, PyInstance as Instance, Unknown, noKeywords } from '../../values.js';
import { bind, numberOf, stateOf } from '../arguments.js';
import { builtin, defineClass, lenient, propagatingAll, submodules } from '../define.js';
import { registerAbstract } from '../typing/abstract.js';
import { namedtuple } from '../classes/namedtuple.js';

/** A dict of a subclass with what `dict(...)` would hold. */
function makeDict(rt: Runtime, cls: PyClass, args: readonly Value[], keywords: Keywords, place: Place): PyDict | Unknown {
  const made = rt.call(rt.builtinClass('dict'), args, keywords, place);
  if (!(made instanceof PyDict)) return made instanceof Unknown ? made : rt.unknown('not_modelled', 'this dict is not modelled', place);
  made.cls = cls;
  made.attributes = new Map();
  return made;
}

/** The repr of the dict inside. */
function inner(rt: Runtime, self: Value | undefined, place: Place): string | Unknown {
  if (!(self instanceof PyDict)) return '{}';
  return self.taint ?? rt.repr(rt.dict([...self.entries.values()].map((entry) => [entry.key, entry.value] as const)), place);
}

const shown = (make: (text: string) => string): NativeCall => (rt, [self], _keywords, place) => {
  const text = inner(rt, self, place);
  return text instanceof Unknown ? text : make(text);
};

const entries = (self: Value | undefined): (readonly [Value, Value])[] => (self instanceof PyDict ? [...self.entries.values()].map((entry) => [entry.key, entry.value] as const) : []);

const orderedDict = defineClass({
  name: 'OrderedDict',
  module: 'collections',
  bases: [builtin('dict')],
  construct: makeDict,
  methods: {
    __repr__: shown((text) => (text === '{}' ? 'OrderedDict()' : `OrderedDict(${text})`)),
    copy: (rt, [self], _keywords, place) => makeDict(rt, rt.classOf(self ?? null), [self ?? null], noKeywords, place),
    move_to_end: (rt, [self, ...args], keywords, place) => {
      const { key = null, last } = bind(rt, 'move_to_end', 'key last?', args, keywords, place);
      const toEnd = last === undefined ? true : rt.truth(last, place);
      if (!(self instanceof PyDict) || toEnd instanceof Unknown) return toEnd instanceof Unknown ? toEnd : null;
      const value = rt.getItem(self, key, place);
      rt.mutate(self);
      const rest = [...self.entries].filter(([, entry]) => rt.equals(entry.key, key, place) !== true);
      const moved = [...self.entries].filter(([, entry]) => rt.equals(entry.key, key, place) === true);
      self.entries.clear();
      for (const [hash, entry] of toEnd ? [...rest, ...moved] : [...moved, ...rest]) self.entries.set(hash, entry);
      return value instanceof Unknown ? value : null;
    },
  },
});

const defaultDict = defineClass({
  name: 'defaultdict',
  module: 'collections',
  bases: [builtin('dict')],
  construct: (rt, cls, [factory = null, ...args], keywords, place) => {
    const made = makeDict(rt, cls, args, keywords, place);
    if (made instanceof PyDict) made.attributes?.set('default_factory', factory);
    return made;
  },
  methods: {
    __missing__: (rt, [self, key], _keywords, place) => {
      const factory = self instanceof PyDict ? (self.attributes?.get('default_factory') ?? null) : null;
      if (factory === null) {
        const shownKey = rt.repr(key ?? null, place);
        return rt.raise('KeyError', typeof shownKey === 'string' ? shownKey : '', place);
      }
      const value = rt.call(factory, [], noKeywords, place);
      rt.setItem(self ?? null, key ?? null, value, place);
      return value;
    },
    __repr__: (rt, [self], _keywords, place) => {
      const text = inner(rt, self, place);
      const factory = rt.repr(self instanceof PyDict ? (self.attributes?.get('default_factory') ?? null) : null, place);
      if (text instanceof Unknown) return text;
      return typeof factory === 'string' ? `defaultdict(${factory}, ${text})` : factory;
    },
    copy: (rt, [self], _keywords, place) => {
      const made = makeDict(rt, rt.classOf(self ?? null), [self ?? null], noKeywords, place);
      if (made instanceof PyDict && self instanceof PyDict) made.attributes?.set('default_factory', self.attributes?.get('default_factory') ?? null);
      return made;
    },
  },
});

/** Adds what an argument counts: items of an iterable once each, a mapping by its numbers. */
function count(rt: Runtime, counter: PyDict, source: Value | undefined, sign: '+' | '-', place: Place): Unknown | undefined {
  if (source === undefined || source === null) return undefined;
  if (source instanceof PyDict && source.taint) return source.taint;
  const items = source instanceof PyDict ? entries(source) : rt.items(source, place);
  if (items instanceof Unknown) return items;
  for (const item of items) {
    const [key, amount] = source instanceof PyDict ? (item as readonly [Value, Value]) : [item as Value, 1n];
    if (key instanceof Unknown) return key;
    rt.setItem(counter, key, rt.binary(sign, rt.getItem(counter, key, place), amount, place), place);
  }
  return undefined;
}

/** Entries of a counter, most common first, equal ones in order of insertion. */
function ranked(rt: Runtime, self: Value | undefined, place: Place): (readonly [Value, Value])[] | Unknown {
  let hidden: Unknown | undefined;
  const sorted = entries(self).sort((a, b) => {
    const order = rt.compare(b[1], a[1], place);
    if (order instanceof Unknown) hidden = order;
    return order instanceof Unknown ? 0 : order;
  });
  return hidden ?? sorted;
}

const counterClass: (rt: Runtime) => PyClass = defineClass({
  name: 'Counter',
  module: 'collections',
  bases: [builtin('dict')],
  construct: (rt, cls, [source], keywords, place) => {
    const made = makeDict(rt, cls, [], noKeywords, place);
    if (made instanceof Unknown) return made;
    return count(rt, made, source, '+', place) ?? count(rt, made, keywords.size > 0 ? rt.dict([...keywords]) : undefined, '+', place) ?? made;
  },
  methods: {
    __missing__: () => 0n,
    __repr__: (rt, [self], _keywords, place) => {
      const order = ranked(rt, self, place);
      if (order instanceof Unknown) return order;
      const text = rt.repr(rt.dict(order), place);
      return typeof text === 'string' ? (order.length === 0 ? 'Counter()' : `Counter(${text})`) : text;
    },
    most_common: (rt, [self, n], _keywords, place) => {
      const order = ranked(rt, self, place);
      if (order instanceof Unknown) return order;
      return rt.list(order.slice(0, n === undefined || n === null ? order.length : numberOf(rt, n, place)).map((pair) => rt.tuple([...pair])));
    },
    elements: (rt, [self]) => rt.iterator('chain', entries(self).flatMap(([key, amount]) => (typeof amount === 'bigint' ? Array.from({ length: Math.max(0, Number(amount)) }, () => key) : []))),
    total: (rt, [self], _keywords, place) => entries(self).reduce<Value>((sum, [, amount]) => rt.binary('+', sum, amount, place), 0n),
    update: (rt, [self, source], keywords, place) =>
      (self instanceof PyDict ? (count(rt, self, source, '+', place) ?? count(rt, self, keywords.size > 0 ? rt.dict([...keywords]) : undefined, '+', place)) : undefined) ?? null,
    subtract: (rt, [self, source], _keywords, place) => (self instanceof PyDict ? count(rt, self, source, '-', place) : undefined) ?? null,
    __add__: (rt, [self, other], _keywords, place) => {
      const made = makeDict(rt, counterClass(rt), [], noKeywords, place);
      if (made instanceof Unknown) return made;
      const hidden = count(rt, made, self, '+', place) ?? count(rt, made, other, '+', place);
      if (hidden) return hidden;
      for (const [hash, entry] of [...made.entries]) if (rt.compare(entry.value, 0n, place) === -1 || entry.value === 0n) made.entries.delete(hash);
      return made;
    },
  },
});

interface DequeState {
  readonly kind: 'deque';
  items: Value[];
  readonly limit: number | undefined;
}

const deque = (value: Value | undefined): DequeState => stateOf<DequeState>(value, 'deque') ?? { kind: 'deque', items: [], limit: undefined };

const changing = (change: (state: DequeState, args: readonly Value[], rt: Runtime, place: Place) => Value): NativeCall => (rt, [self, ...args], _keywords, place) => {
  if (self instanceof Instance) rt.mutate(self);
  const state = deque(self);
  return change(state, args, rt, place);
};

const cut = (state: DequeState, fromLeft: boolean): void => {
  if (state.limit === undefined || state.items.length <= state.limit) return;
  state.items = fromLeft ? state.items.slice(state.items.length - state.limit) : state.items.slice(0, state.limit);
};

const extend = (left: boolean) => changing((state, [source], rt, place) => {
  const items = rt.items(source ?? null, place);
  if (items instanceof Unknown) return items;
  state.items = left ? [...items.reverse(), ...state.items] : [...state.items, ...items];
  cut(state, !left);
  return null;
});

const pop = (left: boolean) => changing((state, _args, rt, place) => {
  const item = left ? state.items.shift() : state.items.pop();
  return item === undefined ? rt.raise('IndexError', 'pop from an empty deque', place) : item;
});

const dequeClass = defineClass({
  name: 'deque',
  module: 'collections',
  construct: (rt, cls, args, keywords, place) => {
    const { iterable, maxlen } = bind(rt, 'deque', 'iterable? maxlen?', args, keywords, place);
    const items = iterable === undefined ? [] : rt.items(iterable, place);
    if (items instanceof Unknown) return items;
    if (maxlen instanceof Unknown) return maxlen;
    const made: PyInstance = rt.instance(cls);
    const state: DequeState = { kind: 'deque', items, limit: maxlen === undefined || maxlen === null ? undefined : numberOf(rt, maxlen, place) };
    cut(state, true);
    made.native = state;
    return made;
  },
  methods: {
    append: changing((state, [item = null]) => {
      state.items.push(item);
      cut(state, true);
      return null;
    }),
    appendleft: changing((state, [item = null]) => {
      state.items.unshift(item);
      cut(state, false);
      return null;
    }),
    extend: extend(false),
    extendleft: extend(true),
    pop: pop(false),
    popleft: pop(true),
    clear: changing((state) => {
      state.items = [];
      return null;
    }),
    rotate: changing((state, [n], rt, place) => {
      const length = state.items.length;
      if (length === 0) return null;
      const by = (((n === undefined ? 1 : numberOf(rt, n, place)) % length) + length) % length;
      state.items = [...state.items.slice(length - by), ...state.items.slice(0, length - by)];
      return null;
    }),
    ...propagatingAll({
      __iter__: (rt, [self]) => (self instanceof Instance && self.taint) || rt.iterator('_deque_iterator', [...deque(self).items]),
      __reversed__: (rt, [self]) => (self instanceof Instance && self.taint) || rt.iterator('_deque_iterator', [...deque(self).items].reverse()),
      __len__: (_rt, [self]) => (self instanceof Instance && self.taint) || BigInt(deque(self).items.length),
      __getitem__: (rt, [self, index], _keywords, place) => (self instanceof Instance && self.taint) || rt.getItem(rt.list(deque(self).items), index ?? null, place),
      __contains__: (rt, [self, item], _keywords, place) => deque(self).items.some((each) => rt.equals(each, item ?? null, place) === true),
      __eq__: (rt, [self, other], _keywords, place) =>
        stateOf<DequeState>(other, 'deque') ? rt.equals(rt.list(deque(self).items), rt.list(deque(other).items), place) : false,
      __repr__: (rt, [self], _keywords, place) => {
        const text = rt.repr(rt.list(deque(self).items), place);
        const { limit } = deque(self);
        return typeof text === 'string' ? `deque(${text}${limit === undefined ? '' : `, maxlen=${limit}`})` : text;
      },
    }),
  },
});

/** Its maps may change under it, which no single dict follows. */
const chainMap: NativeCall = (rt, _args, _keywords, place) => rt.unknown('not_modelled', 'collections.ChainMap is not modelled', place);

/** Classes made before the abstract ones are registered would not count as mappings. */
const registeredFirst = (cls: (rt: Runtime) => PyClass) => (rt: Runtime): PyClass => {
  registerAbstract(rt);
  return cls(rt);
};

/** `collections`. */
export const collectionsModule: ModuleTable = {
  ...submodules('collections', ['abc']),
  OrderedDict: registeredFirst(orderedDict),
  defaultdict: registeredFirst(defaultDict),
  Counter: registeredFirst(counterClass),
  deque: dequeClass,
  namedtuple: () => lenient('namedtuple', namedtuple),
  ChainMap: () => lenient('ChainMap', chainMap),
};
