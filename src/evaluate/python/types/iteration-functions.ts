import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type Keywords, type NativeCall, noKeywords, type PyIterator, Unknown, type Value } from '../../values.js';
import { advance, makeIterator, next } from '../protocol/iteration.js';
import { typeName } from '../protocol/kinds.js';
import { richCompare } from '../protocol/ordering.js';
import { len } from '../protocol/truth.js';
import { bind } from './arguments.js';
import { sortItems } from './sorting.js';

/** `all` and `any`: they stop at the first item that decides, an unknown one before it leaves them undecided. */
function quantifier(name: 'all' | 'any'): NativeCall {
  const decisive = name === 'any';
  return (rt, args, keywords, place) => {
    const { iterable } = bind(rt, name, ['iterable'], {}, args, keywords, place);
    const items = rt.iterate(iterable, place);
    if (items instanceof Unknown) return items;
    let unknown: Unknown | undefined;
    for (const item of items) {
      const truth = rt.truth(item, place);
      if (truth instanceof Unknown) unknown ??= truth;
      else if (truth === decisive) return decisive;
    }
    return unknown ?? !decisive;
  };
}

/** `min` and `max`: of an iterable or of the arguments; the first of equals wins. */
function extreme(name: 'min' | 'max'): NativeCall {
  return (rt, args, keywords, place) => {
    for (const keyword of keywords.keys()) {
      if (keyword !== 'key' && keyword !== 'default') {
        return rt.raise('TypeError', `${name}() got an unexpected keyword argument '${keyword}'`, place);
      }
    }
    const [first] = args;
    if (first === undefined) return rt.raise('TypeError', `${name} expected at least 1 argument, got 0`, place);
    if (args.length > 1 && keywords.has('default')) {
      return rt.raise('TypeError', `Cannot specify a default for ${name}() with multiple positional arguments`, place);
    }
    const items = args.length > 1 ? [...args] : rt.items(first, place);
    return items instanceof Unknown ? items : pickExtreme(rt, name, items, keywords, place);
  };
}

function pickExtreme(rt: Runtime, name: 'min' | 'max', items: readonly Value[], keywords: Keywords, place: Place): Value {
  const key = keywords.get('key') ?? null;
  if (items.length === 0) {
    const otherwise = keywords.get('default');
    return otherwise === undefined ? rt.raise('ValueError', `${name}() iterable argument is empty`, place) : otherwise;
  }
  let best: { item: Value; key: Value } | undefined;
  for (const item of items) {
    const row = { item, key: key === null ? item : rt.call(key, [item], noKeywords, place) };
    if (row.key instanceof Unknown && items.length > 1) return row.key;
    if (best === undefined) {
      best = row;
      continue;
    }
    const isBetter = rt.truth(richCompare(rt, name === 'min' ? '<' : '>', row.key, best.key, place), place);
    if (isBetter instanceof Unknown) return isBetter;
    if (isBetter) best = row;
  }
  return best?.item ?? null;
}

const iter: NativeCall = (rt, args, keywords, place) => {
  const [callee, sentinel] = args;
  if (callee === undefined || args.length > 2 || keywords.size > 0) {
    return rt.raise('TypeError', `iter expected at least 1 argument, got ${args.length}`, place);
  }
  if (sentinel === undefined) return makeIterator(rt, callee, place);
  const iterator: PyIterator = rt.iterator(
    'callable_iterator',
    untilSentinel(rt, callee, sentinel, place, (unknown) => (iterator.taint = unknown)),
  );
  return iterator;
};

function* untilSentinel(rt: Runtime, callee: Value, sentinel: Value, place: Place, stop: (unknown: Unknown) => void) {
  for (;;) {
    rt.step(place);
    const value = rt.call(callee, [], noKeywords, place);
    const isOver = rt.equals(value, sentinel, place);
    if (isOver instanceof Unknown) return stop(isOver);
    if (isOver) return;
    yield value;
  }
}

const nextItem: NativeCall = (rt, args, _keywords, place) => {
  const [iterator, otherwise] = args;
  if (iterator === undefined || args.length > 2) {
    return rt.raise('TypeError', `next expected at least 1 argument, got ${args.length}`, place);
  }
  if (iterator instanceof Unknown) return iterator;
  if (typeof iterator !== 'object' || iterator === null || ['list', 'tuple', 'dict', 'set', 'range'].includes(iterator.kind)) {
    return rt.raise('TypeError', `'${typeName(iterator)}' object is not an iterator`, place);
  }
  if (otherwise === undefined) return next(rt, iterator, place);
  const item = advance(rt, iterator, place);
  return item === undefined ? otherwise : item;
};

const sorted: NativeCall = (rt, args, keywords, place) => {
  const { iterable, key, reverse } = bind(rt, 'sorted', ['iterable'], { key: null, reverse: false }, args, keywords, place);
  const items = rt.items(iterable, place);
  if (items instanceof Unknown) return items;
  const result = sortItems(rt, items, key, reverse, place);
  return result instanceof Unknown ? result : rt.list(result);
};

/** Builtin functions on iterables. */
export const iterationFunctions: Readonly<Record<string, NativeCall>> = {
  all: quantifier('all'),
  any: quantifier('any'),
  min: extreme('min'),
  max: extreme('max'),
  iter,
  next: nextItem,
  sorted,
  len: (rt, args, keywords, place) => len(rt, bind(rt, 'len', ['obj'], {}, args, keywords, place).obj, place),
};
