import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type PyDict, PyInstance, type PyList, PySlice, Unknown, type Value } from '../../values.js';
import { hashKey } from './hash.js';
import { asInteger, typeName, unwrap } from './kinds.js';
import { pick, type SliceIndices, sliceIndices, toIndex } from './slices.js';
import { callSpecial, raiseWith } from './special.js';
import { clampIndex } from './slices.js';

/** `value[key] = item`. */
export function setItem(rt: Runtime, value: Value, key: Value, item: Value, place: Place): void {
  if (value instanceof Unknown) return;
  if (callSpecial(rt, value, '__setitem__', [key, item], place) !== undefined) return;
  const plain = unwrap(value);
  if (typeof plain === 'object' && plain?.kind === 'dict') return setDictItem(rt, plain, key, item, place);
  if (typeof plain === 'object' && plain?.kind === 'list') return setListItem(rt, plain, key, item, place);
  if (isOpaque(plain)) return;
  refuseHalf(rt, value, key, ['__setitem__', '__delitem__'], place);
  rt.raise('TypeError', `'${typeName(value)}' object does not support item assignment`, place);
}

/** `del value[key]`. */
export function deleteItem(rt: Runtime, value: Value, key: Value, place: Place): void {
  if (value instanceof Unknown) return;
  if (callSpecial(rt, value, '__delitem__', [key], place) !== undefined) return;
  const plain = unwrap(value);
  if (typeof plain === 'object' && plain?.kind === 'dict') return deleteDictItem(rt, plain, key, place);
  if (typeof plain === 'object' && plain?.kind === 'list') return deleteListItem(rt, plain, key, place);
  if (isOpaque(plain)) return;
  refuseHalf(rt, value, key, ['__delitem__', '__setitem__'], place);
  const isOwn = value instanceof PyInstance && value.cls.place !== undefined;
  const isIndexed = isOwn || typeof plain === 'string' || (typeof plain === 'object' && plain !== null && ['tuple', 'bytes', 'range'].includes(plain.kind));
  const verb = isIndexed && asInteger(key) !== undefined ? "doesn't" : 'does not';
  rt.raise('TypeError', `'${typeName(value)}' object ${verb} support item deletion`, place);
}

/**
 * A class that has only one of the two methods lacks the other by name. Without both, the classes of Python code take
 * part as sequences do, which look at an index before they refuse.
 */
function refuseHalf(rt: Runtime, value: Value, key: Value, [asked, other]: readonly [string, string], place: Place): void {
  if (rt.findSpecial(value, other) !== undefined) raiseWith(rt, 'AttributeError', [asked], place);
  const index = asInteger(key);
  if (index === undefined || !isSequence(value)) return;
  if (BigInt.asIntN(64, index) !== index) rt.raise('IndexError', `cannot fit '${typeName(key)}' into an index-sized integer`, place);
}

function isSequence(value: Value): boolean {
  if (value instanceof PyInstance) return value.cls.place !== undefined;
  return typeof value === 'string' || (typeof value === 'object' && value !== null && ['tuple', 'bytes', 'range'].includes(value.kind));
}

/** An instance with an unknown base class: what the assignment does can't be told, but it is no error. */
function isOpaque(value: Value): boolean {
  return typeof value === 'object' && value?.kind === 'instance' && value.cls.unknownBase !== undefined;
}

/** `dict[key] = item` without the dict's own class. */
export function setDictItem(rt: Runtime, dict: PyDict, key: Value, item: Value, place: Place): void {
  const hash = hashKey(rt, key, place);
  rt.mutate(dict);
  if (hash instanceof Unknown) {
    dict.taint ??= hash;
    return;
  }
  const entry = dict.entries.get(hash);
  // An equal key that is there already stays: `d[1]` and then `d[True]` keeps the 1.
  dict.entries.set(hash, { key: entry?.key ?? key, value: item });
}

/** `del dict[key]` without the dict's own class. */
export function deleteDictItem(rt: Runtime, dict: PyDict, key: Value, place: Place): void {
  const hash = hashKey(rt, key, place);
  rt.mutate(dict);
  if (dict.taint !== undefined) return;
  if (hash instanceof Unknown) {
    dict.taint = hash;
    return;
  }
  if (!dict.entries.delete(hash)) raiseWith(rt, 'KeyError', [key], place);
}

function setListItem(rt: Runtime, list: PyList, key: Value, item: Value, place: Place): void {
  if (key instanceof PySlice) return setSlice(rt, list, key, item, place);
  const index = listPosition(rt, list, key, 'assignment ', place);
  rt.mutate(list);
  if (index instanceof Unknown) list.taint ??= index;
  else if (list.taint === undefined) list.items[index] = item;
}

function deleteListItem(rt: Runtime, list: PyList, key: Value, place: Place): void {
  const target = key instanceof PySlice ? sliceIndices(rt, key, list.items.length, place) : listPosition(rt, list, key, 'assignment ', place);
  rt.mutate(list);
  if (list.taint !== undefined) return;
  if (target instanceof Unknown) list.taint = target;
  else if (typeof target === 'number') list.items.splice(target, 1);
  else removeSlice(list, target);
}

function removeSlice(list: PyList, indices: SliceIndices): void {
  const removed = new Set(pick([...list.items.keys()], indices));
  list.items = list.items.filter((_, index) => !removed.has(index));
}

function listPosition(rt: Runtime, list: PyList, key: Value, action: string, place: Place): number | Unknown {
  const index = toIndex(rt, key, place);
  if (index instanceof Unknown) return index;
  if (list.taint !== undefined) return list.taint;
  if (index === undefined) {
    return rt.raise('TypeError', `list indices must be integers or slices, not ${typeName(key)}`, place);
  }
  const found = clampIndex(index < 0n ? index + BigInt(list.items.length) : index);
  if (found < 0 || found >= list.items.length) return rt.raise('IndexError', `list ${action}index out of range`, place);
  return found;
}

function setSlice(rt: Runtime, list: PyList, slice: PySlice, item: Value, place: Place): void {
  const values = rt.items(item, place);
  const indices = sliceIndices(rt, slice, list.items.length, place);
  rt.mutate(list);
  if (list.taint !== undefined) return;
  if (values instanceof Unknown) list.taint = values;
  else if (indices instanceof Unknown) list.taint = indices;
  else if (indices.step === 1) list.items.splice(indices.start, indices.count, ...values);
  else replaceSteps(rt, list, indices, values, place);
}

function replaceSteps(rt: Runtime, list: PyList, indices: SliceIndices, values: readonly Value[], place: Place): void {
  if (values.length !== indices.count) {
    const sizes = `sequence of size ${values.length} to extended slice of size ${indices.count}`;
    rt.raise('ValueError', `attempt to assign ${sizes}`, place);
  }
  for (const [index, value] of values.entries()) list.items[indices.start + index * indices.step] = value;
}
