import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type NativeCall, PyBytes, PyRange, PySet, PySlice, PyTuple, Unknown, type Value } from '../../values.js';
import { updateDict } from '../protocol/inplace.js';
import { setDictItem } from '../protocol/item-changes.js';
import { asInteger, asText, firstUnknown, typeName } from '../protocol/kinds.js';
import { bind } from './arguments.js';
import { encodeText } from './codecs.js';
import { countOf, integerOf, itemsOrRefuse, optionOf } from './convert.js';

function collect(name: string, make: (rt: Runtime, items: Value[]) => Value): NativeCall {
  return (rt, args, keywords, place) => {
    const { iterable } = bind(rt, name, [], { iterable: rt.tuple([]) }, args, keywords, place);
    const items = rt.items(iterable, place);
    return items instanceof Unknown ? items : make(rt, items);
  };
}

const tuple: NativeCall = (rt, args, keywords, place) => {
  const [only] = args;
  if (args.length === 1 && only instanceof PyTuple && only.cls === undefined) return only;
  return collect('tuple', (runtime, items) => runtime.tuple(items))(rt, args, keywords, place);
};

function setMaker(name: 'set' | 'frozenset'): NativeCall {
  return (rt, args, keywords, place) => {
    const { iterable } = bind(rt, name, [], { iterable: rt.tuple([]) }, args, keywords, place);
    const items = iterable instanceof PySet ? (iterable.taint ?? [...iterable.entries.values()]) : rt.items(iterable, place);
    if (items instanceof Unknown) return items;
    // How many elements remain depends on whether the unknown one equals another.
    return firstUnknown(items) ?? rt.set(items, name === 'frozenset');
  };
}

const dict: NativeCall = (rt, args, keywords, place) => {
  if (args.length > 1) return rt.raise('TypeError', `dict expected at most 1 argument, got ${args.length}`, place);
  const result = rt.dict();
  const [source] = args;
  if (source instanceof Unknown) return source;
  if (source !== undefined) updateDict(rt, result, source, place);
  for (const [name, value] of keywords) setDictItem(rt, result, name, value, place);
  return result.taint ?? result;
};

const range: NativeCall = (rt, args, _keywords, place) => {
  const unknown = firstUnknown(args);
  if (unknown !== undefined) return unknown;
  if (args.length === 0 || args.length > 3) {
    const count = args.length === 0 ? 'at least 1 argument, got 0' : `at most 3 arguments, got ${args.length}`;
    return rt.raise('TypeError', `range expected ${count}`, place);
  }
  const numbers = args.map((value) => integerOf(rt, value, place));
  const [first = 0n, second, step = 1n] = numbers;
  if (step === 0n) return rt.raise('ValueError', 'range() arg 3 must not be zero', place);
  return second === undefined ? new PyRange(0n, first, 1n) : new PyRange(first, second, step);
};

const slice: NativeCall = (rt, args, _keywords, place) => {
  const [first = null, second = null, step = null] = args;
  if (args.length === 0) return rt.raise('TypeError', 'slice expected at least 1 argument, got 0', place);
  return args.length === 1 ? new PySlice(null, first, null) : new PySlice(first, second, step);
};

const bytes: NativeCall = (rt, args, keywords, place) => {
  const { source, encoding, errors } = bind(rt, 'bytes', [], { source: null, encoding: null, errors: 'strict' }, args, keywords, place);
  const unknown = firstUnknown([source, encoding, errors]);
  if (unknown !== undefined) return unknown;
  if (args.length === 0 && keywords.size === 0) return new PyBytes(new Uint8Array());
  if (source instanceof PyBytes) return source;
  const text = asText(source);
  if (text !== undefined) {
    if (encoding === null) return rt.raise('TypeError', 'string argument without an encoding', place);
    return encodeText(rt, text, optionOf(rt, encoding, 'utf-8', place), optionOf(rt, errors, 'strict', place), place);
  }
  return asInteger(source) === undefined ? bytesOfItems(rt, source, place) : zeroBytes(rt, source, place);
};

function zeroBytes(rt: Runtime, source: Value, place: Place): Value {
  const count = countOf(rt, source, place);
  if (count < 0) return rt.raise('ValueError', 'negative count', place);
  return count > 1_000_000 ? rt.unknown('budget', 'too many bytes', place) : new PyBytes(new Uint8Array(count));
}

function bytesOfItems(rt: Runtime, source: Value, place: Place): Value {
  if (source === null || typeof source !== 'object') {
    return rt.raise('TypeError', `cannot convert '${typeName(source)}' object to bytes`, place);
  }
  const items = itemsOrRefuse(rt, source, place, () => `cannot convert '${typeName(source)}' object to bytes`);
  if (items instanceof Unknown) return items;
  const unknown = firstUnknown(items);
  if (unknown !== undefined) return unknown;
  const numbers = items.map((item) => countOf(rt, item, place));
  if (numbers.some((byte) => byte < 0 || byte > 255)) return rt.raise('ValueError', 'bytes must be in range(0, 256)', place);
  return new PyBytes(Uint8Array.from(numbers));
}

/** `list`, `tuple`, `dict`, `set`, `frozenset`, `range`, `slice` and `bytes` called. */
export const containerConstructors: Readonly<Record<string, NativeCall>> = {
  list: collect('list', (rt, items) => rt.list(items)),
  tuple,
  dict,
  set: setMaker('set'),
  frozenset: setMaker('frozenset'),
  range,
  slice,
  bytes,
};
