import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type NativeCall, PyClass, PyDict, Unknown, type Value } from '../../values.js';
import { hashKey } from '../protocol/hash.js';
import { updateDict } from '../protocol/inplace.js';
import { deleteDictItem, setDictItem } from '../protocol/item-changes.js';
import { dictItem } from '../protocol/items.js';
import { DictView, typeName, unwrap } from '../protocol/kinds.js';
import { contains } from '../protocol/membership.js';
import { raiseWith } from '../protocol/special.js';
import { makeView } from '../protocol/views.js';
import { bind, methodMaker, wrongSelf } from './arguments.js';

/** The dict of a call's first argument. */
function dictOf(rt: Runtime, self: Value, name: string, place: Place): PyDict | Unknown {
  const plain = unwrap(self);
  if (plain instanceof PyDict || plain instanceof Unknown) return plain;
  return wrongSelf(rt, 'dict', name, typeName(self), place);
}

const method = methodMaker<PyDict>(dictOf);

type Found = { readonly value: Value } | undefined;

/** The entry of a key without `__missing__` and factories. */
function find(rt: Runtime, dict: PyDict, key: Value, place: Place): Found | Unknown {
  if (dict.taint !== undefined) return dict.taint;
  const hash = hashKey(rt, key, place);
  return hash instanceof Unknown ? hash : dict.entries.get(hash);
}

const update: NativeCall = (rt, args, keywords, place) => {
  const [first = null, ...rest] = args;
  const dict = dictOf(rt, first, 'update', place);
  if (dict instanceof Unknown) return dict;
  if (rest.length > 1) return rt.raise('TypeError', `update expected at most 1 argument, got ${rest.length}`, place);
  const [source] = rest;
  if (source !== undefined) updateDict(rt, dict, source, place);
  else rt.mutate(dict);
  for (const [name, value] of keywords) setDictItem(rt, dict, name, value, place);
  return null;
};

const pop: NativeCall = (rt, args, _keywords, place) => {
  const [first = null, key, otherwise] = args;
  const dict = dictOf(rt, first, 'pop', place);
  if (dict instanceof Unknown) return dict;
  if (key === undefined || args.length > 3) {
    return rt.raise('TypeError', `pop expected at ${key === undefined ? 'least 1 argument' : 'most 2 arguments'}, got ${args.length - 1}`, place);
  }
  const found = find(rt, dict, key, place);
  if (found instanceof Unknown) {
    rt.mutate(dict);
    return (dict.taint ??= found);
  }
  if (found === undefined) return otherwise ?? (args.length === 3 ? null : raiseWith(rt, 'KeyError', [key], place));
  deleteDictItem(rt, dict, key, place);
  return found.value;
};

function popLast(rt: Runtime, dict: PyDict, place: Place): Value {
  rt.mutate(dict);
  if (dict.taint !== undefined) return dict.taint;
  const last = [...dict.entries].at(-1);
  if (last === undefined) return raiseWith(rt, 'KeyError', ['popitem(): dictionary is empty'], place);
  dict.entries.delete(last[0]);
  return rt.tuple([last[1].key, last[1].value]);
}

/** A copy of a dict with its class. */
export function copyDict(rt: Runtime, dict: PyDict): PyDict {
  const copy = rt.dict();
  // A subclass of dict itself is copied as a dict.
  if (dict.cls?.mro.some((each) => each.module === 'collections') === true) {
    copy.cls = dict.cls;
    copy.attributes = dict.attributes === undefined ? undefined : new Map(dict.attributes);
  }
  for (const [key, entry] of dict.entries) copy.entries.set(key, { ...entry });
  return copy;
}

/** `dict.fromkeys(iterable, value)`; a class as first argument when it is called through one. */
const fromkeys: NativeCall = (rt, args, keywords, place) => {
  const rest = args[0] instanceof PyClass ? args.slice(1) : args;
  const { iterable, value } = bind(rt, 'fromkeys', ['iterable'], { value: null }, rest, keywords, place);
  const keys = rt.items(iterable, place);
  if (keys instanceof Unknown) return keys;
  const dict = rt.dict();
  for (const key of keys) setDictItem(rt, dict, key, value, place);
  return dict;
};

/** Methods of `dict`. The special ones work on the dict itself, so that a subclass can reach them by `super()`. */
export const dictMethods: Readonly<Record<string, NativeCall>> = {
  get: method('get', ['key'], { default: null }, ({ rt, self, place }, values) => {
    const found = find(rt, self, values.key, place);
    if (found instanceof Unknown) return found;
    return found === undefined ? (self.cls?.unknownBase ?? values.default) : found.value;
  }),
  setdefault: method('setdefault', ['key'], { default: null }, ({ rt, self, place }, values) => {
    const found = find(rt, self, values.key, place);
    if (found !== undefined && !(found instanceof Unknown)) return found.value;
    setDictItem(rt, self, values.key, values.default, place);
    return found ?? values.default;
  }),
  keys: method('keys', [], {}, ({ rt, self }) => makeView(rt, self, 'keys')),
  values: method('values', [], {}, ({ rt, self }) => makeView(rt, self, 'values')),
  items: method('items', [], {}, ({ rt, self }) => makeView(rt, self, 'items')),
  update,
  pop,
  popitem: method('popitem', [], {}, ({ rt, self, place }) => popLast(rt, self, place)),
  clear: method('clear', [], {}, ({ rt, self }) => {
    rt.mutate(self);
    self.entries.clear();
    return null;
  }),
  copy: method('copy', [], {}, ({ rt, self }) => self.taint ?? copyDict(rt, self)),
  __getitem__: method('__getitem__', ['key'], {}, ({ rt, self, place }, { key }) => dictItem(rt, self, key, place)),
  __setitem__: method('__setitem__', ['key', 'value'], {}, ({ rt, self, place }, { key, value }) => {
    setDictItem(rt, self, key, value, place);
    return null;
  }),
  __delitem__: method('__delitem__', ['key'], {}, ({ rt, self, place }, { key }) => {
    deleteDictItem(rt, self, key, place);
    return null;
  }),
  __contains__: method('__contains__', ['key'], {}, ({ rt, self, place }, { key }) => {
    const found = find(rt, self, key, place);
    return found instanceof Unknown ? found : found !== undefined;
  }),
  __len__: method('__len__', [], {}, ({ self }) => self.taint ?? BigInt(self.entries.size)),
  __iter__: method('__iter__', [], {}, ({ rt, self, place }) => {
    const keys = rt.iterate(makeView(rt, self, 'keys'), place);
    return keys instanceof Unknown ? keys : rt.iterator('dict_keyiterator', keys);
  }),
};

/** Functions of the class `dict` itself. */
export const dictStatics: Readonly<Record<string, NativeCall>> = { fromkeys };

const viewMethod = methodMaker<{ view: DictView; value: Value }>((rt, self, name, place) => {
  if (self instanceof Unknown) return self;
  const native = typeof self === 'object' && self?.kind === 'instance' ? self.native : undefined;
  return native instanceof DictView ? { view: native, value: self } : wrongSelf(rt, 'dict_keys', name, typeName(self), place);
});

/** Methods of the views that `keys`, `values` and `items` give. */
export const viewMethods: Readonly<Record<string, NativeCall>> = {
  isdisjoint: viewMethod('isdisjoint', ['other'], {}, ({ rt, self, place }, { other }) => {
    const items = rt.items(other, place);
    if (items instanceof Unknown) return items;
    for (const item of items) {
      const found = contains(rt, self.value, item, place);
      if (found instanceof Unknown) return found;
      if (found) return false;
    }
    return true;
  }),
};
