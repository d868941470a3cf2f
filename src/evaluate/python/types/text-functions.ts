import type { Runtime } from '../../runtime.js';
import type { Place } from '../../../model/place.js';
import { type NativeCall, PyBytes, PyInstance, Unknown, type Value, noKeywords } from '../../values.js';
import { codePointLength } from '../protocol/code-points.js';
import { hashKey } from '../protocol/hash.js';
import { asInteger, asText, typeName } from '../protocol/kinds.js';
import { callSpecial } from '../protocol/special.js';
import { ascii } from '../protocol/text.js';
import { bind } from './arguments.js';
import { integerOf } from './convert.js';

const chr: NativeCall = (rt, args, keywords, place) => {
  const { i } = bind(rt, 'chr', ['i'], {}, args, keywords, place);
  if (i instanceof Unknown) return i;
  const code = integerOf(rt, i, place);
  if (code < 0n || code > 0x10ffffn) return rt.raise('ValueError', 'chr() arg not in range(0x110000)', place);
  return String.fromCodePoint(Number(code));
};

const ord: NativeCall = (rt, args, keywords, place) => {
  const { c } = bind(rt, 'ord', ['c'], {}, args, keywords, place);
  if (c instanceof Unknown) return c;
  if (c instanceof PyBytes && c.bytes.length === 1) return BigInt(c.bytes[0] ?? 0);
  if (c instanceof PyBytes) return rt.raise('TypeError', `ord() expected a character, but string of length ${c.bytes.length} found`, place);
  const text = asText(c);
  if (text === undefined) return rt.raise('TypeError', `ord() expected string of length 1, but ${typeName(c)} found`, place);
  const length = codePointLength(text);
  if (length !== 1) {
    return rt.raise('TypeError', `ord() expected a character, but string of length ${length} found`, place);
  }
  return BigInt(text.codePointAt(0) ?? 0);
};

const format: NativeCall = (rt, args, keywords, place) => {
  const { value, spec } = bind(rt, 'format', ['value'], { spec: '' }, args, keywords, place);
  if (spec instanceof Unknown) return spec;
  const text = asText(spec);
  if (text === undefined) return rt.raise('TypeError', `format() argument 2 must be str, not ${spec === null ? 'None' : typeName(spec)}`, place);
  return rt.format(value, text, place);
};

const hash: NativeCall = (rt, args, keywords, place) => {
  const { obj } = bind(rt, 'hash', ['obj'], {}, args, keywords, place);
  const key = hashKey(rt, obj, place);
  if (key instanceof Unknown) return key;
  const own = callSpecial(rt, obj, '__hash__', [], place);
  if (typeof own === 'bigint' || own instanceof Unknown) return own;
  return smallHash(obj) ?? rt.unknown('random', 'hashes differ from process to process', place);
};

/** Small ints are their own hash, but for -1, which C code needs for errors. */
function smallHash(value: Value): bigint | undefined {
  const integer = typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : asInteger(value);
  if (integer === undefined || integer >= 2n ** 61n - 1n || integer <= -(2n ** 61n) + 1n) return undefined;
  return integer === -1n ? -2n : integer;
}

function unknowable(name: string, kind: 'random' | 'environment', text: string): NativeCall {
  return (rt: Runtime, args, _keywords, place: Place) => {
    if (name === 'id' && args.length !== 1) {
      return rt.raise('TypeError', `id() takes exactly one argument (${args.length} given)`, place);
    }
    return rt.unknown(kind, text, place);
  };
}

/** Only what is printed to an object of the program can be seen by it. */
const print: NativeCall = (rt, args, keywords, place) => {
  const file = keywords.get('file') ?? null;
  if (!(file instanceof PyInstance)) return null;
  const texts: string[] = [];
  for (const arg of args) {
    const text = rt.str(arg, place);
    if (typeof text !== 'string') {
      rt.escape(file, text);
      return null;
    }
    texts.push(text);
  }
  const part = (name: string, byDefault: string): string => {
    const value = keywords.get(name) ?? null;
    return typeof value === 'string' ? value : byDefault;
  };
  rt.call(rt.getAttribute(file, 'write', place), [texts.join(part('sep', ' ')) + part('end', '\n')], noKeywords, place);
  return null;
};

/** Builtin functions on texts. */
export const textFunctions: Readonly<Record<string, NativeCall>> = {
  chr,
  ord,
  format,
  hash,
  ascii: (rt, args, keywords, place) => ascii(rt, bind(rt, 'ascii', ['obj'], {}, args, keywords, place).obj, place),
  repr: (rt, args, keywords, place) => rt.repr(bind(rt, 'repr', ['obj'], {}, args, keywords, place).obj, place),
  id: unknowable('id', 'random', 'the identity of an object is an address'),
  input: unknowable('input', 'environment', 'input() reads from a terminal'),
  print,
};
