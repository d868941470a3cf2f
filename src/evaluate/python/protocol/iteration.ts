import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { noKeywords, type PyDict, PyIterator, type PyList, type PyObject, type PyRange, type PySet, Unknown, type Value } from '../../values.js';
import { rangeLength } from './equality.js';
import { DictView, typeName, unwrap, viewOf } from './kinds.js';
import { callSpecial, findOwnSpecial, isRaised, raiseWith } from './special.js';

/**
 * The items of an iterable, one by one. A `PyIterator` that turned out unknown on the way (its `taint` is set while it
 * runs) gives that unknown as its last item, so that no consumer takes the items before it for all there are.
 */
export function iterate(rt: Runtime, value: Value, place: Place): Iterable<Value> | Unknown {
  if (value instanceof Unknown) return value;
  if (value instanceof PyIterator) return value.taint ?? resume(rt, value, place);
  const own = callSpecial(rt, value, '__iter__', [], place);
  if (own !== undefined) return own === value ? stepwise(rt, value, place) : overIterator(rt, own, place);
  const plain = unwrap(value);
  if (typeof plain === 'string') return counted(rt, plain, place);
  const items = plain !== null && typeof plain === 'object' ? containerItems(rt, plain, place) : undefined;
  if (items instanceof Unknown) return items;
  if (items !== undefined) return counted(rt, items, place);
  return iterateByIndex(rt, value, place);
}

/** Collections of configuration are far smaller; a larger one is the product of a loop that was not meant to be run here. */
const MAX_ITEMS = 200_000;

/** All items of an iterable, or the unknown that hides them. */
export function items(rt: Runtime, value: Value, place: Place): Value[] | Unknown {
  const iterable = iterate(rt, value, place);
  if (iterable instanceof Unknown) return iterable;
  const result: Value[] = [];
  for (const item of iterable) {
    result.push(item);
    if (result.length > MAX_ITEMS) return rt.unknown('budget', `a collection of more than ${MAX_ITEMS} items`, place);
  }
  return value instanceof PyIterator && value.taint !== undefined ? value.taint : result;
}

/** `next(iterator)`: undefined when it is exhausted. */
export function advance(rt: Runtime, iterator: Value, place: Place): Value | undefined {
  rt.step(place);
  if (iterator instanceof Unknown) return iterator;
  if (iterator instanceof PyIterator) {
    if (iterator.taint !== undefined) return iterator.taint;
    rt.mutate(iterator);
    const result = iterator.source.next();
    if (result.done !== true) return result.value;
    iterator.returned = result.value;
    return iterator.taint;
  }
  try {
    const item = callSpecial(rt, iterator, '__next__', [], place);
    if (item !== undefined) return item;
  } catch (caught) {
    if (isRaised(rt, caught, 'StopIteration')) return undefined;
    throw caught;
  }
  return rt.raise('TypeError', `'${typeName(iterator)}' object is not an iterator`, place);
}

/** `next(iterator)`; raises StopIteration at the end. */
export function next(rt: Runtime, iterator: Value, place: Place): Value {
  const item = advance(rt, iterator, place);
  if (item !== undefined) return item;
  const returned = iterator instanceof PyIterator ? (iterator.returned ?? null) : null;
  return raiseWith(rt, 'StopIteration', returned === null ? [] : [returned], place);
}

const iteratorNames: Readonly<Record<string, string>> = {
  list: 'list_iterator',
  tuple: 'tuple_iterator',
  dict: 'dict_keyiterator',
  set: 'set_iterator',
  frozenset: 'set_iterator',
  range: 'range_iterator',
  bytes: 'bytes_iterator',
  dict_keys: 'dict_keyiterator',
  dict_values: 'dict_valueiterator',
  dict_items: 'dict_itemiterator',
};

/** `iter(value)`. */
export function makeIterator(rt: Runtime, value: Value, place: Place): Value {
  if (value instanceof Unknown || value instanceof PyIterator) return value;
  const own = callSpecial(rt, value, '__iter__', [], place);
  if (own !== undefined) return own;
  const iterable = iterate(rt, value, place);
  if (iterable instanceof Unknown) return iterable;
  const plain = unwrap(value);
  if (typeof plain === 'string') return rt.iterator(plain === value && isAscii(plain) ? 'str_ascii_iterator' : 'str_iterator', iterable);
  return rt.iterator(iteratorNames[typeName(plain)] ?? 'iterator', iterable);
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
}

/** Goes on with an iterator where it stands; leaving the loop early must not close it. */
function resume(rt: Runtime, iterator: PyIterator, place: Place): Iterable<Value> {
  let isOver = false;
  const advanceOnce = (): IteratorResult<Value, undefined> => {
    if (isOver) return { done: true, value: undefined };
    const value = advance(rt, iterator, place);
    isOver = value === undefined || iterator.taint !== undefined;
    return value === undefined ? { done: true, value: undefined } : { done: false, value };
  };
  return { [Symbol.iterator]: () => ({ next: advanceOnce }) };
}

function overIterator(rt: Runtime, iterator: Value, place: Place): Iterable<Value> | Unknown {
  if (iterator instanceof Unknown) return iterator;
  if (iterator instanceof PyIterator) return iterator.taint ?? resume(rt, iterator, place);
  return stepwise(rt, iterator, place);
}

/** Items of an object with `__next__`. */
function stepwise(rt: Runtime, iterator: Value, place: Place): Iterable<Value> | Unknown {
  if (findOwnSpecial(rt, iterator, '__next__') === undefined) {
    return rt.raise('TypeError', `iter() returned non-iterator of type '${typeName(iterator)}'`, place);
  }
  return untilExhausted(rt, iterator, place);
}

function* untilExhausted(rt: Runtime, iterator: Value, place: Place): Generator<Value> {
  for (let item = advance(rt, iterator, place); item !== undefined; item = advance(rt, iterator, place)) {
    yield item;
    // Whether an unknown item is the last one can't be told either.
    if (item instanceof Unknown && !(iterator instanceof PyIterator)) return;
  }
}

function* counted(rt: Runtime, source: Iterable<Value>, place: Place): Generator<Value> {
  for (const item of source) {
    rt.step(place);
    yield item;
  }
}

/** The items of a builtin container; undefined when a value is none. */
function containerItems(rt: Runtime, value: PyObject, place: Place): Iterable<Value> | Unknown | undefined {
  switch (value.kind) {
    case 'unknown':
      return value;
    case 'list':
      return value.taint ?? listItems(value);
    case 'tuple':
      return value.items;
    case 'dict':
      return value.taint ?? dictItems(rt, new DictView(value, 'keys'), place);
    case 'set':
      return value.taint ?? setItems(rt, value, place);
    case 'range':
      return rangeItems(value);
    case 'bytes':
      return Array.from(value.bytes, BigInt);
    default: {
      const view = viewOf(value);
      return view === undefined ? undefined : (view.dict.taint ?? dictItems(rt, view, place));
    }
  }
}

/** A list may grow while a loop walks over it, and Python's loop sees that. */
function* listItems(list: PyList): Generator<Value> {
  for (let index = 0; index < list.items.length; index++) yield list.items[index] ?? null;
}

function* rangeItems(range: PyRange): Generator<Value> {
  const length = rangeLength(range);
  for (let index = 0n; index < length; index++) yield range.start + index * range.step;
}

function* dictItems(rt: Runtime, view: DictView, place: Place): Generator<Value> {
  const { dict, part } = view;
  const size = dict.entries.size;
  for (const entry of dict.entries.values()) {
    if (part === 'keys') yield entry.key;
    else if (part === 'values') yield entry.value;
    else yield rt.tuple([entry.key, entry.value]);
    checkSize(rt, dict, size, place);
  }
}

function* setItems(rt: Runtime, set: PySet, place: Place): Generator<Value> {
  const size = set.entries.size;
  // Which item comes first hangs on hashes that differ from process to process.
  for (const item of rt.inAnyOrder([...set.entries.values()], () => rt.unknown('random', 'the order of a set differs from process to process', place))) {
    yield item;
    checkSize(rt, set, size, place);
  }
}

function checkSize(rt: Runtime, container: PyDict | PySet, size: number, place: Place): void {
  if (container.entries.size === size) return;
  const name = container.kind === 'dict' ? 'dictionary' : 'Set';
  rt.raise('RuntimeError', `${name} changed size during iteration`, place);
}

/** The old protocol: `__getitem__` with 0, 1, 2 ... until IndexError. */
function iterateByIndex(rt: Runtime, value: Value, place: Place): Iterable<Value> | Unknown {
  if (typeof value === 'object' && value?.kind === 'instance' && value.cls.unknownBase !== undefined) {
    return value.cls.unknownBase;
  }
  const isClass = typeof value === 'object' && value?.kind === 'class';
  const getter = isClass ? undefined : findOwnSpecial(rt, value, '__getitem__');
  if (getter === undefined) return rt.raise('TypeError', `'${typeName(value)}' object is not iterable`, place);
  return byIndex(rt, getter, place);
}

function* byIndex(rt: Runtime, getter: Value, place: Place): Generator<Value> {
  for (let index = 0n; ; index++) {
    rt.step(place);
    let item: Value;
    try {
      item = rt.call(getter, [index], noKeywords, place);
    } catch (caught) {
      if (isRaised(rt, caught, 'IndexError')) return;
      throw caught;
    }
    yield item;
    if (item instanceof Unknown) return;
  }
}
