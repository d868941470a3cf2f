import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type NativeCall, PySet, Unknown, type Value } from '../../values.js';
import { combineSets, setRules } from '../protocol/containers.js';
import { hashKey } from '../protocol/hash.js';
import { replaceEntries } from '../protocol/inplace.js';
import { typeName, unwrap } from '../protocol/kinds.js';
import { raiseWith } from '../protocol/special.js';
import { methodMaker, wrongSelf } from './arguments.js';

function setOf(rt: Runtime, self: Value, name: string, place: Place): PySet | Unknown {
  const plain = unwrap(self);
  if (plain instanceof PySet || plain instanceof Unknown) return plain;
  return wrongSelf(rt, 'set', name, typeName(self), place);
}

const method = methodMaker<PySet>(setOf);

/** A set of any iterable's items. */
function toSet(rt: Runtime, value: Value, place: Place): PySet | Unknown {
  if (value instanceof PySet) return value.taint ?? value;
  const items = rt.items(value, place);
  if (items instanceof Unknown) return items;
  const unknown = items.find((item) => item instanceof Unknown);
  return unknown instanceof Unknown ? unknown : rt.set(items);
}

/** Combines a set with any number of iterables by one rule. */
function combine(rt: Runtime, self: PySet, others: readonly Value[], operator: string, place: Place): PySet | Unknown {
  const keep = setRules[operator] ?? (() => true);
  let result = combineSets(rt, () => true, self, rt.set([]), self.isFrozen);
  for (const other of others) {
    const set = toSet(rt, other, place);
    if (set instanceof Unknown) return set;
    result = combineSets(rt, keep, result, set, self.isFrozen);
  }
  return self.taint ?? result;
}

function combiner(name: string, operator: string): NativeCall {
  return (rt, args, _keywords, place) => {
    const [first = null, ...others] = args;
    const self = setOf(rt, first, name, place);
    return self instanceof Unknown ? self : combine(rt, self, others, operator, place);
  };
}

function updater(name: string, operator: string): NativeCall {
  return (rt, args, _keywords, place) => {
    const [first = null, ...others] = args;
    const self = setOf(rt, first, name, place);
    if (self instanceof Unknown) return self;
    const result = combine(rt, self, others, operator, place);
    rt.mutate(self);
    if (result instanceof Unknown) self.taint ??= result;
    else replaceEntries(self, result);
    return null;
  };
}

type Relation = (self: PySet, other: PySet) => boolean;

function within(inner: PySet, outer: PySet): boolean {
  return [...inner.entries.keys()].every((key) => outer.entries.has(key));
}

function relation(name: string, holds: Relation): NativeCall {
  return method(name, ['other'], {}, ({ rt, self, place }, { other }) => {
    if (self.taint !== undefined) return self.taint;
    const set = toSet(rt, other, place);
    return set instanceof Unknown ? set : holds(self, set);
  });
}

function remover(name: 'remove' | 'discard'): NativeCall {
  return method(name, ['element'], {}, ({ rt, self, place }, { element }) => {
    const key = hashKey(rt, element, place);
    rt.mutate(self);
    if (self.taint !== undefined) return null;
    if (key instanceof Unknown) self.taint = key;
    else if (!self.entries.delete(key) && name === 'remove') return raiseWith(rt, 'KeyError', [element], place);
    return null;
  });
}

/** Methods of `frozenset`, which `set` has as well. */
export const frozensetMethods: Readonly<Record<string, NativeCall>> = {
  union: combiner('union', '|'),
  intersection: combiner('intersection', '&'),
  difference: combiner('difference', '-'),
  symmetric_difference: combiner('symmetric_difference', '^'),
  issubset: relation('issubset', within),
  issuperset: relation('issuperset', (self, other) => within(other, self)),
  isdisjoint: relation('isdisjoint', (self, other) => ![...self.entries.keys()].some((key) => other.entries.has(key))),
  copy: combiner('copy', '|'),
};

/** Methods of `set`. */
export const setMethods: Readonly<Record<string, NativeCall>> = {
  ...frozensetMethods,
  add: method('add', ['element'], {}, ({ rt, self, place }, { element }) => {
    const key = hashKey(rt, element, place);
    rt.mutate(self);
    if (key instanceof Unknown) self.taint ??= key;
    else if (!self.entries.has(key)) self.entries.set(key, element);
    return null;
  }),
  remove: remover('remove'),
  discard: remover('discard'),
  pop: method('pop', [], {}, ({ rt, self, place }) => {
    rt.mutate(self);
    if (self.taint !== undefined) return self.taint;
    const [first] = self.entries;
    if (first === undefined) return raiseWith(rt, 'KeyError', ['pop from an empty set'], place);
    if (self.entries.size > 1) return (self.taint = rt.unknown('random', 'which element set.pop takes is not fixed', place));
    self.entries.clear();
    return first[1];
  }),
  clear: method('clear', [], {}, ({ rt, self }) => {
    rt.mutate(self);
    self.entries.clear();
    return null;
  }),
  update: updater('update', '|'),
  intersection_update: updater('intersection_update', '&'),
  difference_update: updater('difference_update', '-'),
  symmetric_difference_update: updater('symmetric_difference_update', '^'),
};
