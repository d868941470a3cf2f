import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type NativeCall, PyList, PyTuple, Unknown, type Value } from '../../values.js';
import { isIdentical } from '../protocol/equality.js';
import { extendList } from '../protocol/inplace.js';
import { typeName, unwrap } from '../protocol/kinds.js';
import { clampIndex, toIndex } from '../protocol/slices.js';
import { methodMaker, wrongSelf } from './arguments.js';
import { boundsOf } from './convert.js';
import { sortItems } from './sorting.js';

const method = methodMaker<PyList>((rt, self, name, place) => {
  const plain = unwrap(self);
  if (plain instanceof PyList || plain instanceof Unknown) return plain;
  return wrongSelf(rt, 'list', name, typeName(self), place);
});

const readMethod = methodMaker<readonly Value[]>((rt, self, name, place) => {
  const plain = unwrap(self);
  if (plain instanceof PyList) return plain.taint ?? plain.items;
  if (plain instanceof PyTuple) return plain.items;
  return plain instanceof Unknown ? plain : wrongSelf(rt, 'list', name, typeName(self), place);
});

/** Where an equal item stands; -1 when there is none. */
function findItem(rt: Runtime, items: readonly Value[], wanted: Value, place: Place): number | Unknown {
  for (const [index, item] of items.entries()) {
    rt.step(place);
    if (item instanceof Unknown) return item;
    const same = isIdentical(item, wanted) || rt.equals(item, wanted, place);
    if (same instanceof Unknown) return same;
    if (same) return index;
  }
  return -1;
}

/** `index`, with the message of the type when there is none. */
function indexMethod(missing: (rt: Runtime, value: Value, place: Place) => string): NativeCall {
  return readMethod('index', ['value'], { start: 0n, stop: null }, ({ rt, self, place }, { value, start, stop }) => {
    const unknown = [start, stop].find((bound) => bound instanceof Unknown);
    if (unknown !== undefined) return unknown;
    const [from, to] = boundsOf(rt, start, stop, self.length, place);
    const found = findItem(rt, self.slice(from, to), value, place);
    if (found instanceof Unknown) return found;
    return found >= 0 ? BigInt(found + from) : rt.raise('ValueError', missing(rt, value, place), place);
  });
}

const count = readMethod('count', ['value'], {}, ({ rt, self, place }, { value }) => {
  let found = 0n;
  for (const item of self) {
    rt.step(place);
    const same = item instanceof Unknown ? item : isIdentical(item, value) || rt.equals(item, value, place);
    if (same instanceof Unknown) return same;
    if (same) found++;
  }
  return found;
});

/** Methods of `tuple`. */
export const tupleMethods: Readonly<Record<string, NativeCall>> = {
  index: indexMethod(() => 'tuple.index(x): x not in tuple'),
  count,
};

/** Takes an item out; the list's content is unknown afterwards when the index is. */
function pop(rt: Runtime, list: PyList, key: Value, place: Place): Value {
  const index = toIndex(rt, key, place);
  if (index === undefined) {
    return rt.raise('TypeError', `'${typeName(key)}' object cannot be interpreted as an integer`, place);
  }
  rt.mutate(list);
  if (list.taint !== undefined) return list.taint;
  if (index instanceof Unknown) return (list.taint = index);
  if (list.items.length === 0) return rt.raise('IndexError', 'pop from empty list', place);
  const position = clampIndex(index < 0n ? index + BigInt(list.items.length) : index);
  if (position < 0 || position >= list.items.length) return rt.raise('IndexError', 'pop index out of range', place);
  return list.items.splice(position, 1)[0] ?? null;
}

function remove(rt: Runtime, list: PyList, value: Value, place: Place): Value {
  const found = list.taint ?? findItem(rt, list.items, value, place);
  rt.mutate(list);
  if (found instanceof Unknown) list.taint ??= found;
  else if (found < 0) return rt.raise('ValueError', 'list.remove(x): x not in list', place);
  else list.items.splice(found, 1);
  return null;
}

function insert(rt: Runtime, list: PyList, key: Value, item: Value, place: Place): Value {
  const index = toIndex(rt, key, place);
  if (index === undefined) {
    return rt.raise('TypeError', `'${typeName(key)}' object cannot be interpreted as an integer`, place);
  }
  rt.mutate(list);
  if (index instanceof Unknown) list.taint ??= index;
  else list.items.splice(clampIndex(index), 0, item);
  return null;
}

/** Methods of `list`. */
export const listMethods: Readonly<Record<string, NativeCall>> = {
  index: indexMethod((rt, value, place) => notInList(rt.repr(value, place))),
  count,
  append: method('append', ['object'], {}, ({ rt, self }, { object }) => {
    rt.mutate(self);
    self.items.push(object);
    return null;
  }),
  extend: method('extend', ['iterable'], {}, ({ rt, self, place }, { iterable }) => {
    extendList(rt, self, iterable, place);
    return null;
  }),
  insert: method('insert', ['index', 'object'], {}, ({ rt, self, place }, { index, object }) =>
    insert(rt, self, index, object, place),
  ),
  pop: method('pop', [], { index: -1n }, ({ rt, self, place }, { index }) => pop(rt, self, index, place)),
  remove: method('remove', ['value'], {}, ({ rt, self, place }, { value }) => remove(rt, self, value, place)),
  clear: method('clear', [], {}, ({ rt, self }) => {
    rt.mutate(self);
    self.items.length = 0;
    return null;
  }),
  copy: method('copy', [], {}, ({ rt, self }) => self.taint ?? rt.list([...self.items])),
  reverse: method('reverse', [], {}, ({ rt, self }) => {
    rt.mutate(self);
    self.items.reverse();
    return null;
  }),
  sort: method('sort', [], { key: null, reverse: false }, ({ rt, self, place }, { key, reverse }) => {
    const sorted = self.taint ?? sortItems(rt, self.items, key, reverse, place);
    rt.mutate(self);
    if (sorted instanceof Unknown) self.taint ??= sorted;
    else self.items = sorted;
    return null;
  }),
};

function notInList(shown: string | Unknown): string {
  return `${shown instanceof Unknown ? 'value' : shown} is not in list`;
}
