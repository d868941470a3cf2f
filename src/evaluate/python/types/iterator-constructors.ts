import type { Place } from '../../../model/place.js';
import { PyRaise, type Runtime } from '../../runtime.js';
import {
  type NativeCall,
  noKeywords,
  PyInstance,
  PyIterator,
  Unknown,
  type Value,
} from '../../values.js';
import { firstUnknown, typeName, unwrap } from '../protocol/kinds.js';
import { makeIterator } from '../protocol/iteration.js';
import { callSpecial } from '../protocol/special.js';
import { advance } from '../protocol/iteration.js';
import { bind } from './arguments.js';
import { integerOf, itemsOrRefuse } from './convert.js';

/**
 * An iterator whose items are made on demand. What hides the rest is put into `taint`, so that nobody takes the items
 * so far for all there are.
 */
function lazy(rt: Runtime, name: string, steps: (stop: (unknown: Unknown) => void) => Iterable<Value>): PyIterator {
  const iterator: PyIterator = rt.iterator(
    name,
    steps((unknown) => (iterator.taint = unknown)),
  );
  return iterator;
}

/** Iterators over the arguments, or the first that can't be known. */
function iteratorsOf(rt: Runtime, values: readonly Value[], place: Place): Value[] | Unknown {
  const iterators = values.map((value) => makeIterator(rt, value, place));
  return firstUnknown(iterators) ?? iterators;
}

/** Whether an iterator that has just ended did so because the rest can't be known. */
function hidden(iterator: Value): Unknown | undefined {
  return iterator instanceof PyIterator ? iterator.taint : undefined;
}

const enumerate: NativeCall = (rt, args, keywords, place) => {
  const { iterable, start } = bind(rt, 'enumerate', ['iterable'], { start: 0n }, args, keywords, place);
  if (start instanceof Unknown) return start;
  const first = integerOf(rt, start, place);
  const source = makeIterator(rt, iterable, place);
  if (source instanceof Unknown) return source;
  return lazy(rt, 'enumerate', function* (stop) {
    for (let index = first; ; index++) {
      const item = advance(rt, source, place);
      const reason = hidden(source);
      if (reason !== undefined) return stop(reason);
      if (item === undefined) return;
      yield rt.tuple([index, item]);
    }
  });
};

const zip: NativeCall = (rt, args, keywords, place) => {
  const { strict } = bind(rt, 'zip', [], { strict: false }, [], keywords, place);
  const sources = iteratorsOf(rt, args, place);
  if (sources instanceof Unknown) return sources;
  const isStrict = rt.truth(strict, place);
  if (isStrict instanceof Unknown) return isStrict;
  return lazy(rt, 'zip', (stop) => zipRows(rt, sources, isStrict, place, stop));
};

function* zipRows(rt: Runtime, sources: readonly Value[], isStrict: boolean, place: Place, stop: (unknown: Unknown) => void) {
  while (sources.length > 0) {
    const row: Value[] = [];
    for (const [index, source] of sources.entries()) {
      const item = advance(rt, source, place);
      const reason = hidden(source);
      if (reason !== undefined) return stop(reason);
      if (item === undefined) {
        if (isStrict) checkLengths(rt, sources, index, place);
        return;
      }
      row.push(item);
    }
    yield rt.tuple(row);
  }
}

/** All must end in the same round; `ended` is the first that did. */
function checkLengths(rt: Runtime, sources: readonly Value[], ended: number, place: Place): void {
  const others = (count: number): string => (count === 1 ? ' 1' : `s 1-${count}`);
  if (ended > 0) {
    rt.raise('ValueError', `zip() argument ${ended + 1} is shorter than argument${others(ended)}`, place);
  }
  for (const [index, source] of sources.entries()) {
    if (index === 0 || advance(rt, source, place) === undefined) continue;
    rt.raise('ValueError', `zip() argument ${index + 1} is longer than argument${others(index)}`, place);
  }
}

const map: NativeCall = (rt, args, _keywords, place) => {
  const [callee, ...iterables] = args;
  if (callee === undefined || iterables.length === 0) {
    return rt.raise('TypeError', 'map() must have at least two arguments.', place);
  }
  const sources = iteratorsOf(rt, iterables, place);
  if (sources instanceof Unknown) return sources;
  return lazy(rt, 'map', function* (stop) {
    for (;;) {
      const row: Value[] = [];
      for (const source of sources) {
        const item = advance(rt, source, place);
        const reason = hidden(source);
        if (reason !== undefined) return stop(reason);
        if (item === undefined) return;
        row.push(item);
      }
      yield rt.call(callee, row, noKeywords, place);
    }
  });
};

const filter: NativeCall = (rt, args, keywords, place) => {
  const { callee, iterable } = bind(rt, 'filter', ['callee', 'iterable'], {}, args, keywords, place);
  const verdictOf = (item: Value): boolean | Unknown =>
    rt.truth(callee === null ? item : rt.call(callee, [item], noKeywords, place), place);
  if (isStored(iterable)) return filterStored(rt, iterable, verdictOf, place);
  const source = makeIterator(rt, iterable, place);
  if (source instanceof Unknown) return source;
  return lazy(rt, 'filter', function* (stop) {
    for (;;) {
      const item = advance(rt, source, place);
      const reason = hidden(source);
      if (reason !== undefined) return stop(reason);
      if (item === undefined) return;
      const verdict = verdictOf(item);
      if (verdict instanceof Unknown) return stop(verdict);
      if (verdict) yield item;
    }
  });
};

/** A container whose items are all there already. */
function isStored(value: Value): boolean {
  return typeof value === 'object' && value !== null && ['list', 'tuple', 'dict', 'set'].includes(value.kind);
}

/**
 * Judges the items of a container at once, so that an unknown verdict hides the whole result before a loop starts on
 * it. What a verdict raises waits until its item is asked for.
 */
function filterStored(rt: Runtime, container: Value, verdictOf: (item: Value) => boolean | Unknown, place: Place): Value {
  const items = rt.items(container, place);
  if (items instanceof Unknown) return items;
  const kept: Value[] = [];
  for (const item of items) {
    let verdict: boolean | Unknown;
    try {
      verdict = verdictOf(item);
    } catch (caught) {
      if (caught instanceof PyRaise) return rt.iterator('filter', thenThrow(kept, caught));
      throw caught;
    }
    if (verdict instanceof Unknown) return verdict;
    if (verdict) kept.push(item);
  }
  return rt.iterator('filter', kept);
}

function* thenThrow(items: readonly Value[], error: PyRaise): Generator<Value> {
  yield* items;
  throw error;
}

const reversed: NativeCall = (rt, args, keywords, place) => {
  const { sequence } = bind(rt, 'reversed', ['sequence'], {}, args, keywords, place);
  if (sequence instanceof Unknown) return sequence;
  const own = callSpecial(rt, sequence, '__reversed__', [], place);
  if (own !== undefined) return own;
  if (!isReversible(sequence)) return rt.raise('TypeError', `'${typeName(sequence)}' object is not reversible`, place);
  if (sequence instanceof PyInstance && !isSequenceLike(rt, sequence)) return rt.raise('TypeError', `'${typeName(sequence)}' object is not reversible`, place);
  const items = itemsOrRefuse(rt, sequence, place, () => `'${typeName(sequence)}' object is not reversible`);
  return items instanceof Unknown ? items : rt.iterator(reversedNames[typeName(unwrap(sequence))] ?? 'reversed', items.reverse());
};

const reversedNames: Readonly<Record<string, string>> = { list: 'list_reverseiterator', range: 'range_iterator', dict: 'dict_reversekeyiterator', dict_keys: 'dict_reversekeyiterator' };

/** Whether an instance has what the old protocol for reversing wants. */
function isSequenceLike(rt: Runtime, value: PyInstance): boolean {
  if (value.native !== undefined || value.cls.unknownBase !== undefined) return true;
  return rt.findSpecial(value, '__getitem__') !== undefined;
}

function isReversible(value: Value): boolean {
  const plain = unwrap(value);
  if (typeof plain === 'string') return true;
  return typeof plain === 'object' && plain !== null && !['set', 'iterator', 'function', 'class', 'native'].includes(plain.kind);
}

/** `enumerate`, `zip`, `map`, `filter` and `reversed` called. */
export const iteratorConstructors: Readonly<Record<string, NativeCall>> = { enumerate, zip, map, filter, reversed };
