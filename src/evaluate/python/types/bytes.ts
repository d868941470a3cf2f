import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type NativeCall, noKeywords, PyBytes, PyClass, PyList, PyTuple, Unknown, type Value } from '../../values.js';
import { typeName, unwrap } from '../protocol/kinds.js';
import { bind, strictMethodMaker, wrongSelf } from './arguments.js';
import { decodeBytes } from './codecs.js';
import { itemsToJoin, optionOf } from './convert.js';
import { strMethods } from './str.js';

const method = strictMethodMaker<Uint8Array>((rt, self, name, place) => {
  const plain = unwrap(self);
  if (plain instanceof PyBytes) return plain.bytes;
  return plain instanceof Unknown ? plain : wrongSelf(rt, 'bytes', name, typeName(self), place);
});

/** Bytes as a text of the characters U+0000 to U+00FF, on which the methods of `str` do what those of `bytes` do. */
function toText(value: Value): Value {
  if (value instanceof PyBytes) return Array.from(value.bytes, (byte) => String.fromCharCode(byte)).join('');
  if (value instanceof PyTuple) return new PyTuple(value.items.map(toText));
  return value;
}

function toBytes(value: Value): Value {
  if (typeof value === 'string') return new PyBytes(Uint8Array.from(value, (character) => character.charCodeAt(0) & 0xff));
  if (value instanceof PyTuple) return new PyTuple(value.items.map(toBytes));
  if (value instanceof PyList) value.items = value.items.map(toBytes);
  return value;
}

/** What a method of `bytes` says to a text. */
function refusalOf(name: string): string {
  if (/^r?(?:find|index)$|^count$/.test(name)) return "argument should be integer or bytes-like object, not 'str'";
  if (name.endsWith('with')) return `${name} first arg must be bytes or a tuple of bytes, not str`;
  if (/just$|^center$/.test(name)) return `${name}() argument 2 must be a byte string of length 1, not str`;
  return "a bytes-like object is required, not 'str'";
}

/** A method of `str` whose meaning for bytes is the same. */
function borrowed(name: string): NativeCall {
  return (rt, args, keywords, place) => {
    const [self = null, ...rest] = args;
    if (self instanceof Unknown) return self;
    if (!(self instanceof PyBytes)) return wrongSelf(rt, 'bytes', name, typeName(self), place);
    const text = rest.find((value) => typeof value === 'string');
    if (text !== undefined) return rt.raise('TypeError', refusalOf(name), place);
    const refused = name.endsWith('with') ? rest[0] : undefined;
    if (refused !== undefined && !(refused instanceof PyBytes || refused instanceof PyTuple || refused instanceof Unknown)) {
      return rt.raise('TypeError', `${name} first arg must be bytes or a tuple of bytes, not ${typeName(refused)}`, place);
    }
    const values = rest.map(toText);
    const named = new Map([...keywords].map(([key, value]) => [key, toText(value)]));
    const result = strMethods[name]?.(rt, [toText(self), ...values], named, place) ?? null;
    return toBytes(result);
  };
}

/** Those of `bytes` that only know ASCII letters and spaces; the text methods would take Latin-1 letters too. */
const asciiOnly = ['upper', 'lower', 'title', 'capitalize', 'swapcase', 'isalpha', 'isalnum', 'isspace', 'isupper', 'islower', 'istitle', 'isdigit', 'split', 'rsplit', 'strip', 'lstrip', 'rstrip', 'splitlines'];

const shared = ['find', 'rfind', 'index', 'rindex', 'count', 'startswith', 'endswith', 'replace', 'removeprefix', 'removesuffix', 'partition', 'rpartition', 'ljust', 'rjust', 'center', 'zfill', 'expandtabs', 'isascii'];

/** Bytes that are no letters, spaces or line ends in ASCII, as characters that are none in Unicode either. */
function hide(byte: number, name: string): string {
  const isHidden = byte > 0x7f || (byte >= 0x1c && byte <= 0x1f) || (name === 'splitlines' && (byte === 0x0b || byte === 0x0c));
  return String.fromCharCode(isHidden ? 0xe000 + byte : byte);
}

function toHidden(value: Value, name: string): Value {
  if (value instanceof PyBytes) return Array.from(value.bytes, (byte) => hide(byte, name)).join('');
  return value;
}

function asciiMethod(name: string): NativeCall {
  return (rt, args, keywords, place) => {
    const [self = null, ...rest] = args;
    if (self instanceof Unknown) return self;
    if (!(self instanceof PyBytes)) return wrongSelf(rt, 'bytes', name, typeName(self), place);
    const text = rest.find((value) => typeof value === 'string');
    if (text !== undefined) return rt.raise('TypeError', "a bytes-like object is required, not 'str'", place);
    const named = new Map([...keywords].map(([key, value]) => [key, toHidden(value, name)]));
    const result = strMethods[name]?.(rt, [toHidden(self, name), ...rest.map((value) => toHidden(value, name))], named, place) ?? null;
    return toBytes(result);
  };
}

function join(rt: Runtime, separator: Uint8Array, iterable: Value, place: Place): Value {
  const items = itemsToJoin(rt, iterable, place);
  if (items instanceof Unknown) return items;
  const parts: number[] = [];
  for (const [index, item] of items.entries()) {
    if (item instanceof Unknown) return item;
    if (!(item instanceof PyBytes)) {
      return rt.raise('TypeError', `sequence item ${index}: expected a bytes-like object, ${typeName(item)} found`, place);
    }
    if (index > 0) parts.push(...separator);
    parts.push(...item.bytes);
  }
  return new PyBytes(Uint8Array.from(parts));
}

const fromHex: NativeCall = (rt, args, _keywords, place) => {
  const rest = args[0] instanceof PyClass ? args.slice(1) : args;
  const { string } = bind(rt, 'fromhex', ['string'], {}, rest, noKeywords, place);
  if (string instanceof Unknown) return string;
  const text = typeof string === 'string' ? string.replace(/\s+/g, '') : '';
  if (!/^(?:[0-9a-f]{2})*$/i.test(text)) {
    return rt.raise('ValueError', 'non-hexadecimal number found in fromhex() arg', place);
  }
  return new PyBytes(Uint8Array.from(Buffer.from(text, 'hex')));
};

/** Methods of `bytes`. */
export const bytesMethods: Readonly<Record<string, NativeCall>> = {
  ...Object.fromEntries(asciiOnly.map((name) => [name, asciiMethod(name)])),
  ...Object.fromEntries(shared.map((name) => [name, borrowed(name)])),
  decode: method('decode', [], { encoding: 'utf-8', errors: 'strict' }, ({ rt, self, place }, { encoding, errors }) =>
    decodeBytes(rt, self, optionOf(rt, encoding, 'utf-8', place), optionOf(rt, errors, 'strict', place), place),
  ),
  hex: method('hex', [], { sep: null }, ({ rt, self, place }, { sep }) => {
    const pairs = Array.from(self, (byte) => byte.toString(16).padStart(2, '0'));
    if (sep !== null && typeof sep !== 'string') return rt.raise('TypeError', 'sep must be str or bytes.', place);
    return pairs.join(sep ?? '');
  }),
  translate: method('translate', ['table'], { delete: new PyBytes(new Uint8Array()) }, ({ rt, self, place }, values) => {
    const dropped = values.delete;
    const { table } = values;
    if (!(dropped instanceof PyBytes) || (table !== null && !(table instanceof PyBytes))) return rt.raise('TypeError', `a bytes-like object is required, not '${typeName(table)}'`, place);
    if (table !== null && table.bytes.length !== 256) return rt.raise('ValueError', 'translation table must be 256 characters long', place);
    return new PyBytes(self.filter((byte) => !dropped.bytes.includes(byte)).map((byte) => table?.bytes[byte] ?? byte));
  }),
  join: method('join', ['iterable'], {}, ({ rt, self, place }, { iterable }) => join(rt, self, iterable, place)),
};

/** Functions of the class `bytes` itself. */
export const bytesStatics: Readonly<Record<string, NativeCall>> = { fromhex: fromHex };
