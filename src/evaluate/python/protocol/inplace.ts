import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type PyDict, type PyList, type PySet, Unknown, type Value } from '../../values.js';
import { setDictItem } from './item-changes.js';
import { combineSets, setRules } from './containers.js';
import { typeName, unwrap } from './kinds.js';
import { toIndex } from './slices.js';
import { viewSet } from './views.js';

/** In-place operators of list, dict and set; undefined for every other pair, which then means `target = target op value`. */
export function inplaceContainer(rt: Runtime, operator: string, target: Value, value: Value, place: Place): Value | undefined {
  const plain = unwrap(target);
  if (typeof plain !== 'object' || plain === null) return undefined;
  if (plain.kind === 'list' && operator === '+') extendList(rt, plain, value, place);
  else if (plain.kind === 'list' && operator === '*') return repeatList(rt, plain, value, place);
  else if (plain.kind === 'dict' && operator === '|') updateDict(rt, plain, value, place);
  else if (plain.kind === 'set' && !plain.isFrozen && setRules[operator] !== undefined) {
    return changeSet(rt, operator, plain, value, place);
  } else return undefined;
  return target;
}

/** `list.extend(value)`. */
export function extendList(rt: Runtime, list: PyList, value: Value, place: Place): void {
  const items = rt.items(value, place);
  rt.mutate(list);
  if (items instanceof Unknown) list.taint ??= items;
  else for (const item of items) list.items.push(item);
}

function repeatList(rt: Runtime, list: PyList, value: Value, place: Place): Value | undefined {
  const times = toIndex(rt, value, place);
  if (times === undefined) return undefined;
  const result = times instanceof Unknown ? times : rt.binary('*', list, times, place);
  rt.mutate(list);
  if (result instanceof Unknown) list.taint ??= result;
  else if (typeof result === 'object' && result?.kind === 'list') list.items = result.items;
  return list;
}

/** `dict.update(value)`: a mapping, or an iterable of pairs. */
export function updateDict(rt: Runtime, dict: PyDict, value: Value, place: Place): void {
  const pairs = pairsOf(rt, value, place);
  rt.mutate(dict);
  if (pairs instanceof Unknown) {
    dict.taint ??= pairs;
    return;
  }
  for (const [key, item] of pairs) {
    if (key instanceof Unknown) rt.setItem(dict, key, item, place);
    else setDictItem(rt, dict, key, item, place);
  }
}

/** The key-value pairs of a mapping or of an iterable of pairs. */
export function pairsOf(rt: Runtime, value: Value, place: Place): (readonly [Value, Value])[] | Unknown {
  const plain = unwrap(value);
  if (plain instanceof Unknown) return plain;
  if (typeof plain === 'object' && plain?.kind === 'dict') {
    return plain.taint ?? [...plain.entries.values()].map((entry) => [entry.key, entry.value] as const);
  }
  const keys = typeof plain === 'object' && plain?.kind === 'instance' ? rt.findAttribute(plain, 'keys', place) : undefined;
  if (keys !== undefined) return mappingPairs(rt, value, keys, place);
  return listedPairs(rt, value, place);
}

function mappingPairs(rt: Runtime, value: Value, keys: Value, place: Place): (readonly [Value, Value])[] | Unknown {
  const names = rt.items(rt.call(keys, [], new Map(), place), place);
  if (names instanceof Unknown) return names;
  return names.map((name) => [name, rt.getItem(value, name, place)] as const);
}

function listedPairs(rt: Runtime, value: Value, place: Place): (readonly [Value, Value])[] | Unknown {
  const items = rt.items(value, place);
  if (items instanceof Unknown) return items;
  const pairs: (readonly [Value, Value])[] = [];
  for (const [index, item] of items.entries()) {
    if (item instanceof Unknown) return item;
    const parts = isIterable(item) ? rt.items(item, place) : notSequence(rt, index, place);
    if (parts instanceof Unknown) return parts;
    const [key, entry] = parts;
    if (key === undefined || entry === undefined || parts.length !== 2) {
      const message = `dictionary update sequence element #${index} has length ${parts.length}; 2 is required`;
      return rt.raise('ValueError', message, place);
    }
    pairs.push([key, entry]);
  }
  return pairs;
}

function isIterable(value: Value): boolean {
  return typeof value === 'string' || (typeof value === 'object' && value !== null);
}

function notSequence(rt: Runtime, index: number, place: Place): never {
  return rt.raise('TypeError', `cannot convert dictionary update sequence element #${index} to a sequence`, place);
}

function changeSet(rt: Runtime, operator: string, set: PySet, value: Value, place: Place): Value | undefined {
  const other = value instanceof Unknown ? value : viewSet(rt, value, place);
  const keep = setRules[operator];
  if (keep === undefined) return undefined;
  if (other === undefined) {
    const names = `'${typeName(set)}' and '${typeName(value)}'`;
    return rt.raise('TypeError', `unsupported operand type(s) for ${operator}=: ${names}`, place);
  }
  rt.mutate(set);
  if (other instanceof Unknown) set.taint ??= other;
  else replaceEntries(set, combineSets(rt, keep, set, other, false));
  return set;
}

/** Gives a set the content of another one. */
export function replaceEntries(set: PySet, content: PySet): void {
  const entries = [...content.entries];
  set.entries.clear();
  for (const [key, item] of entries) set.entries.set(key, item);
}
