import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type PyDict, type PyObject, Unknown, type Value } from '../../values.js';
import { isIdentical, rangeLength } from './equality.js';
import { hashKey } from './hash.js';
import { asInteger, typeName, unwrap, viewOf } from './kinds.js';
import { callSpecial, isRaised } from './special.js';

/** `item in container`. */
export function contains(rt: Runtime, container: Value, item: Value, place: Place): boolean | Unknown {
  const own = callSpecial(rt, container, '__contains__', [item], place);
  if (own !== undefined) return rt.truth(own, place);
  const plain = unwrap(container);
  if (plain instanceof Unknown) return plain;
  if (typeof plain === 'string') return textContains(rt, plain, item, place);
  if (plain === null || typeof plain !== 'object') return notIterable(rt, container, place);
  return objectContains(rt, plain, item, place);
}

function notIterable(rt: Runtime, container: Value, place: Place): never {
  return rt.raise('TypeError', `argument of type '${typeName(container)}' is not iterable`, place);
}

function textContains(rt: Runtime, text: string, item: Value, place: Place): boolean | Unknown {
  const part = unwrap(item);
  if (part instanceof Unknown) return part;
  if (typeof part === 'string') return text.includes(part);
  return rt.raise('TypeError', `'in <string>' requires string as left operand, not ${typeName(item)}`, place);
}

function objectContains(rt: Runtime, container: PyObject, item: Value, place: Place): boolean | Unknown {
  switch (container.kind) {
    case 'list':
      return container.taint ?? search(rt, container.items, item, place);
    case 'tuple':
      return search(rt, container.items, item, place);
    case 'dict':
      return dictContains(rt, container, item, place);
    case 'set': {
      if (container.taint !== undefined) return container.taint;
      const key = hashKey(rt, item, place);
      return key instanceof Unknown ? key : container.entries.has(key);
    }
    case 'range': {
      const number = asInteger(item);
      if (number !== undefined) return rangeContains(container, number);
      return typeof item === 'number'
        ? Number.isInteger(item) && rangeContains(container, BigInt(item))
        : item instanceof Unknown && item;
    }
    case 'bytes':
      return bytesContain(rt, container.bytes, item, place);
    default:
      return otherContains(rt, container, item, place);
  }
}

function rangeContains(range: { start: bigint; stop: bigint; step: bigint } & Parameters<typeof rangeLength>[0], item: bigint) {
  const offset = item - range.start;
  return offset % range.step === 0n && offset / range.step >= 0n && offset / range.step < rangeLength(range);
}

function dictContains(rt: Runtime, dict: PyDict, item: Value, place: Place): boolean | Unknown {
  if (dict.taint !== undefined) return dict.taint;
  const key = hashKey(rt, item, place);
  return key instanceof Unknown ? key : dict.entries.has(key);
}

function bytesContain(rt: Runtime, bytes: Uint8Array, item: Value, place: Place): boolean | Unknown {
  const part = unwrap(item);
  if (part instanceof Unknown) return part;
  const byte = asInteger(part);
  if (byte !== undefined) return bytes.includes(Number(byte));
  if (typeof part === 'object' && part?.kind === 'bytes') return Buffer.from(bytes).includes(Buffer.from(part.bytes));
  return rt.raise('TypeError', `a bytes-like object is required, not '${typeName(item)}'`, place);
}

function otherContains(rt: Runtime, container: PyObject, item: Value, place: Place): boolean | Unknown {
  const view = viewOf(container);
  if (view?.part === 'keys') return dictContains(rt, view.dict, item, place);
  const iterable = iterableOf(rt, container, place);
  if (iterable instanceof Unknown) return iterable;
  return search(rt, iterable, item, place);
}

/** What is searched; the message for what can't be iterated over is `in`'s own. */
function iterableOf(rt: Runtime, container: PyObject, place: Place): Iterable<Value> | Unknown {
  try {
    return rt.iterate(container, place);
  } catch (caught) {
    if (!isRaised(rt, caught, 'TypeError') || typeof container.kind !== 'string' || rt.findSpecial(container, '__iter__') !== undefined) throw caught;
    return notIterable(rt, container, place);
  }
}

/** Whether an equal item is among the items. An equal known item decides even next to unknown ones. */
function search(rt: Runtime, items: Iterable<Value>, wanted: Value, place: Place): boolean | Unknown {
  let unknown: Unknown | undefined;
  for (const item of items) {
    rt.step(place);
    if (wanted === item && !(item instanceof Unknown)) return true;
    const same = isIdentical(item, wanted) && !(item instanceof Unknown) ? true : rt.equals(item, wanted, place);
    if (same instanceof Unknown) unknown ??= same;
    else if (same) return true;
  }
  return unknown ?? false;
}
