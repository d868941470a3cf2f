import type { Place } from '../../../model/place.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import type { NativeCall, Value } from '../../values.js';
import { Unknown, noKeywords } from '../../values.js';
import { bind, numberOf } from '../arguments.js';
import { defineClass, lenientFunctions } from '../define.js';

/** An iterator over something made lazily; an unknown inside ends it as the unknown. */
type Source = Iterable<Value>;

const iterator = (rt: Runtime, name: string, source: Source): Value => rt.iterator(`itertools.${name}`, source);

/** Lists of the arguments, or the first unknown. */
function lists(rt: Runtime, args: readonly Value[], place: Place): Value[][] | Unknown {
  const found: Value[][] = [];
  for (const arg of args) {
    const items = rt.items(arg, place);
    if (items instanceof Unknown) return items;
    found.push(items);
  }
  return found;
}

/** A function over the finite items of its first argument. */
const overItems = (name: string, make: (rt: Runtime, items: Value[], rest: readonly Value[], place: Place) => Source | Unknown): NativeCall =>
  (rt, [first, ...rest], _keywords, place) => {
    const items = rt.items(first ?? null, place);
    if (items instanceof Unknown) return items;
    const source = make(rt, items, rest, place);
    return source instanceof Unknown ? source : iterator(rt, name, source);
  };

function* choose(pool: readonly Value[], count: number, start: number, repeats: boolean): Generator<Value[]> {
  if (count === 0) {
    yield [];
    return;
  }
  for (let index = start; index < pool.length; index += 1) {
    for (const rest of choose(pool, count - 1, repeats ? index : index + 1, repeats)) yield [pool[index] ?? null, ...rest];
  }
}

function* arrange(pool: readonly Value[], count: number): Generator<Value[]> {
  if (count === 0) {
    yield [];
    return;
  }
  for (const [index, item] of pool.entries()) {
    for (const rest of arrange(pool.filter((_none, other) => other !== index), count - 1)) yield [item, ...rest];
  }
}

function* multiply(pools: readonly (readonly Value[])[]): Generator<Value[]> {
  const [first, ...rest] = pools;
  if (!first) {
    yield [];
    return;
  }
  for (const item of first) for (const tail of multiply(rest)) yield [item, ...tail];
}

function* tuples(rt: Runtime, source: Iterable<Value[]>, place: Place): Generator<Value> {
  for (const items of source) {
    rt.step(place);
    yield rt.tuple(items);
  }
}

/** Whether a function says yes to an item. */
const says = (rt: Runtime, test: Value | undefined, item: Value, place: Place): boolean | Unknown =>
  rt.truth(test === null || test === undefined ? item : rt.call(test, [item], noKeywords, place), place);

/** Splits items where a test first says no; an unknown answer hides everything. */
function split(rt: Runtime, items: Value[], test: Value, place: Place): number | Unknown {
  for (const [index, item] of items.entries()) {
    const answer = says(rt, test, item, place);
    if (answer instanceof Unknown) return answer;
    if (!answer) return index;
  }
  return items.length;
}

function filtered(rt: Runtime, items: Value[], test: Value, wanted: boolean, place: Place): Value[] | Unknown {
  const kept: Value[] = [];
  for (const item of items) {
    const answer = says(rt, test, item, place);
    if (answer instanceof Unknown) return answer;
    if (answer === wanted) kept.push(item);
  }
  return kept;
}

function* endless(rt: Runtime, make: (index: bigint) => Value, place: Place): Generator<Value> {
  for (let index = 0n; ; index += 1n) {
    rt.step(place);
    yield make(index);
  }
}

function* taken(source: Iterable<Value>, start: number, stop: number | undefined, step: number): Generator<Value> {
  if (stop !== undefined && stop <= start && start === 0) return;
  let index = 0;
  if (stop === 0) return;
  for (const item of source) {
    if (index >= start && (index - start) % step === 0) yield item;
    index += 1;
    if (stop !== undefined && index >= stop) return;
  }
}

const islice: NativeCall = (rt, [source, ...bounds], _keywords, place) => {
  const items = rt.iterate(source ?? null, place);
  if (items instanceof Unknown) return items;
  const hidden = bounds.find((bound) => bound instanceof Unknown);
  if (hidden !== undefined) return hidden;
  const [first, second, third] = bounds.map((bound) => (bound === null ? undefined : numberOf(rt, bound, place)));
  const [start, stop] = bounds.length === 1 ? [0, first] : [first ?? 0, second];
  if (start < 0 || (stop ?? 0) < 0 || (third ?? 1) < 1) return rt.raise('ValueError', 'Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.', place);
  return iterator(rt, 'islice', taken(items, start, stop, third ?? 1));
};

const groupby: NativeCall = (rt, args, keywords, place) => {
  const { iterable, key } = bind(rt, 'groupby', 'iterable key?', args, keywords, place);
  const items = rt.items(iterable ?? null, place);
  if (items instanceof Unknown) return items;
  const groups: { key: Value; items: Value[] }[] = [];
  for (const item of items) {
    const found = key === undefined || key === null ? item : rt.call(key, [item], noKeywords, place);
    const last = groups.at(-1);
    const same = last && rt.equals(last.key, found, place);
    if (same instanceof Unknown) return same;
    if (last && same) last.items.push(item);
    else groups.push({ key: found, items: [item] });
  }
  return iterator(rt, 'groupby', groups.map((group) => rt.tuple([group.key, iterator(rt, '_grouper', group.items)])));
};

const accumulate: NativeCall = (rt, args, keywords, place) => {
  const { iterable, func, initial } = bind(rt, 'accumulate', 'iterable func? * initial?', args, keywords, place);
  const items = rt.items(iterable ?? null, place);
  if (items instanceof Unknown) return items;
  const [first, ...rest] = initial === undefined || initial === null ? items : [initial, ...items];
  if (first === undefined) return iterator(rt, 'accumulate', []);
  const totals = [first];
  for (const item of rest) {
    const last = totals.at(-1) ?? null;
    totals.push(func === undefined || func === null ? rt.binary('+', last, item, place) : rt.call(func, [last, item], noKeywords, place));
  }
  return iterator(rt, 'accumulate', totals);
};

function* chained(rt: Runtime, sources: Iterable<Value>, place: Place): Generator<Value> {
  for (const source of sources) {
    const items = rt.iterate(source, place);
    if (items instanceof Unknown) yield items;
    else yield* items;
  }
}

/** Known items only: a hidden part would otherwise look like one item. */
function chain(rt: Runtime, sources: readonly Value[], place: Place): Value {
  const hidden = sources.find((source) => source instanceof Unknown);
  return hidden ?? iterator(rt, 'chain', chained(rt, sources, place));
}

const chainClass = defineClass({
  name: 'chain',
  module: 'itertools',
  construct: (rt, _cls, args, _keywords, place) => chain(rt, args, place),
  classMethods: {
    from_iterable: (rt, [, sources], _keywords, place) => {
      const items = rt.items(sources ?? null, place);
      return items instanceof Unknown ? items : chain(rt, items, place);
    },
  },
});

const zipLongest: NativeCall = (rt, args, keywords, place) => {
  const pools = lists(rt, args, place);
  if (pools instanceof Unknown) return pools;
  const fill = keywords.get('fillvalue') ?? null;
  const length = Math.max(0, ...pools.map((pool) => pool.length));
  const rows = Array.from({ length }, (_none, index) => pools.map((pool) => (index < pool.length ? (pool[index] ?? null) : fill)));
  return iterator(rt, 'zip_longest', tuples(rt, rows, place));
};

const counting = (name: string, repeats: boolean): NativeCall => (rt, args, keywords, place) => {
  const { iterable, r } = bind(rt, name, 'iterable r', args, keywords, place);
  const pools = lists(rt, [iterable ?? null], place);
  if (pools instanceof Unknown) return pools;
  return r instanceof Unknown ? r : iterator(rt, name, tuples(rt, choose(pools[0] ?? [], numberOf(rt, r, place), 0, repeats), place));
};

/** `itertools`. */
export const itertoolsModule: ModuleTable = {
  chain: chainClass,
  ...lenientFunctions({
    product: (rt, args, keywords, place) => {
      const pools = lists(rt, args, place);
      if (pools instanceof Unknown) return pools;
      const repeat = keywords.get('repeat') ?? 1n;
      if (repeat instanceof Unknown) return repeat;
      const all = Array.from({ length: numberOf(rt, repeat, place) }, () => pools).flat();
      return iterator(rt, 'product', tuples(rt, multiply(all), place));
    },
    combinations: counting('combinations', false),
    combinations_with_replacement: counting('combinations_with_replacement', true),
    permutations: (rt, args, keywords, place) => {
      const { iterable, r } = bind(rt, 'permutations', 'iterable r?', args, keywords, place);
      const pools = lists(rt, [iterable ?? null], place);
      if (pools instanceof Unknown) return pools;
      if (r instanceof Unknown) return r;
      const pool = pools[0] ?? [];
      const count = r === undefined || r === null ? pool.length : numberOf(rt, r, place);
      return iterator(rt, 'permutations', tuples(rt, count > pool.length ? [] : arrange(pool, count), place));
    },
    islice,
    groupby,
    accumulate,
    zip_longest: zipLongest,
    cycle: overItems('cycle', (rt, items, _rest, place) => (items.length === 0 ? [] : endless(rt, (index) => items[Number(index) % items.length] ?? null, place))),
    repeat: (rt, args, keywords, place) => {
      const { object = null, times } = bind(rt, 'repeat', 'object times?', args, keywords, place);
      if (times instanceof Unknown) return times;
      if (times === undefined) return iterator(rt, 'repeat', endless(rt, () => object, place));
      return iterator(rt, 'repeat', taken(endless(rt, () => object, place), 0, Math.max(0, numberOf(rt, times, place)), 1));
    },
    count: (rt, args, keywords, place) => {
      const { start = 0n, step = 1n } = bind(rt, 'count', 'start? step?', args, keywords, place);
      const add = (index: bigint): Value => rt.binary('+', start, rt.binary('*', index, step, place), place);
      return start instanceof Unknown ? start : iterator(rt, 'count', endless(rt, add, place));
    },
    starmap: (rt, [call, rows], _keywords, place) => {
      const items = rt.items(rows ?? null, place);
      if (items instanceof Unknown) return items;
      const results: Value[] = [];
      for (const row of items) {
        const args = rt.items(row, place);
        if (args instanceof Unknown) return args;
        results.push(rt.call(call ?? null, args, noKeywords, place));
      }
      return iterator(rt, 'starmap', results);
    },
    tee: (rt, args, keywords, place) => {
      const { iterable, n } = bind(rt, 'tee', 'iterable n?', args, keywords, place);
      const items = rt.items(iterable ?? null, place);
      if (items instanceof Unknown) return items;
      const count = n === undefined ? 2 : numberOf(rt, n, place);
      return rt.tuple(Array.from({ length: count }, () => iterator(rt, '_tee', [...items])));
    },
    takewhile: (rt, [test, source], _keywords, place) => {
      const items = rt.iterate(source ?? null, place);
      if (items instanceof Unknown) return items;
      const kept: Value[] = [];
      // Whoever shares the iterator finds what comes after the first item that the test refuses.
      for (const item of items) {
        const answer = says(rt, test ?? null, item, place);
        if (answer instanceof Unknown) return answer;
        if (!answer) break;
        kept.push(item);
      }
      return iterator(rt, 'takewhile', kept);
    },
    dropwhile: (rt, [test, source], _keywords, place) => {
      const items = rt.items(source ?? null, place);
      const cut = items instanceof Unknown ? items : split(rt, items, test ?? null, place);
      if (items instanceof Unknown) return items;
      return cut instanceof Unknown ? cut : iterator(rt, 'dropwhile', items.slice(cut));
    },
    filterfalse: (rt, [test, source], _keywords, place) => {
      const items = rt.items(source ?? null, place);
      const kept = items instanceof Unknown ? items : filtered(rt, items, test ?? null, false, place);
      return kept instanceof Unknown ? kept : iterator(rt, 'filterfalse', kept);
    },
    compress: (rt, [data, selectors], _keywords, place) => {
      const pools = lists(rt, [data ?? null, selectors ?? null], place);
      if (pools instanceof Unknown) return pools;
      const truths = (pools[1] ?? []).map((item) => rt.truth(item, place));
      const hidden = truths.find((truth) => truth instanceof Unknown);
      return hidden ?? iterator(rt, 'compress', (pools[0] ?? []).filter((_item, index) => truths[index] === true));
    },
    pairwise: overItems('pairwise', (rt, items) => items.slice(1).map((item, index) => rt.tuple([items[index] ?? null, item]))),
    batched: overItems('batched', (rt, items, [size], place) => {
      const width = numberOf(rt, size, place);
      return Array.from({ length: Math.ceil(items.length / width) }, (_none, index) => rt.tuple(items.slice(index * width, (index + 1) * width)));
    }),
  }),
};
