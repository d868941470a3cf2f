import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type NativeCall, PyDict, Unknown, type Value } from '../../values.js';
import { codePoints } from '../protocol/code-points.js';
import { strFormat, strFormatMap } from '../protocol/format.js';
import { asText, isUnknown, typeName, unwrap } from '../protocol/kinds.js';
import { isRaised } from '../protocol/special.js';
import { bind, wrongSelf } from './arguments.js';
import { encodeText } from './codecs.js';
import { optionOf } from './convert.js';
import { caseMethods } from './str-case.js';
import { searchMethods } from './str-search.js';
import { stringMethod } from './str-self.js';
import { splitMethods } from './str-split.js';

const format: NativeCall = (rt, args, keywords, place) => {
  const [self = null, ...rest] = args;
  if (isUnknown(self)) return self;
  const template = asText(self) ?? wrongSelf(rt, 'str', 'format', typeName(self), place);
  return strFormat(rt, template, rest, keywords, place);
};

const translate = stringMethod('translate', ['table'], {}, ({ rt, self, place }, { table }) => {
  let result = '';
  for (const character of self) {
    const replacement = translated(rt, table, character, place);
    if (replacement instanceof Unknown) return replacement;
    result += replacement;
  }
  return result;
});

function translated(rt: Runtime, table: Value, character: string, place: Place): string | Unknown {
  let found: Value;
  try {
    found = rt.getItem(table, BigInt(character.codePointAt(0) ?? 0), place);
  } catch (caught) {
    if (isRaised(rt, caught, 'LookupError')) return character;
    throw caught;
  }
  if (found === null) return '';
  if (typeof found === 'bigint') return String.fromCodePoint(Number(found));
  if (typeof found === 'string' || found instanceof Unknown) return found;
  return rt.raise('TypeError', 'character mapping must return integer, None or str', place);
}

/** `str.maketrans`: from one dict, or from two texts of equal length and one of characters to drop. */
const maketrans: NativeCall = (rt, args, keywords, place) => {
  const { x, y, z } = bind(rt, 'maketrans', ['x'], { y: null, z: null }, args, keywords, place);
  const unknown = [x, y, z].find(isUnknown);
  if (unknown !== undefined) return unknown;
  const plain = unwrap(x);
  if (plain instanceof PyDict) return plain.taint ?? rt.dict(dictPairs(plain));
  const from = asText(x);
  const to = asText(y);
  if (from === undefined || to === undefined) {
    return rt.raise('TypeError', 'if you give only one argument to maketrans it must be a dict', place);
  }
  if (codePoints(from).length !== codePoints(to).length) {
    return rt.raise('ValueError', 'the first two maketrans arguments must have equal length', place);
  }
  const targets = codePoints(to);
  const pairs = codePoints(from).map((character, index) => [codeOf(character), codeOf(targets[index] ?? '')] as const);
  const dropped = codePoints(asText(z) ?? '').map((character) => [codeOf(character), null] as const);
  return rt.dict([...pairs, ...dropped]);
};

function codeOf(character: string): bigint {
  return BigInt(character.codePointAt(0) ?? 0);
}

function dictPairs(dict: PyDict): (readonly [Value, Value])[] {
  return [...dict.entries.values()].map(({ key, value }) => [typeof key === 'string' ? codeOf(key) : key, value] as const);
}

/** Methods of `str`. */
export const strMethods: Readonly<Record<string, NativeCall>> = {
  ...caseMethods,
  ...searchMethods,
  ...splitMethods,
  format,
  format_map: stringMethod('format_map', ['mapping'], {}, ({ rt, self, place }, { mapping }) =>
    strFormatMap(rt, self, mapping, place),
  ),
  encode: stringMethod('encode', [], { encoding: 'utf-8', errors: 'strict' }, ({ rt, self, place }, { encoding, errors }) =>
    encodeText(rt, self, optionOf(rt, encoding, 'utf-8', place), optionOf(rt, errors, 'strict', place), place),
  ),
  translate,
};

/** Functions of the class `str` itself. */
export const strStatics: Readonly<Record<string, NativeCall>> = { maketrans };
