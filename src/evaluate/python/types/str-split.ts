import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type NativeCall, Unknown, type Value } from '../../values.js';
import { codePointLength, codePoints } from '../protocol/code-points.js';
import { asText } from '../protocol/kinds.js';
import { countOf, textOf, textsOf } from './convert.js';
import { spaces } from './str-case.js';
import { stringMethod } from './str-self.js';

const word = new RegExp(`[^${spaces}]+`, 'gu');
const leading = new RegExp(`^[${spaces}]+`, 'u');
const trailing = new RegExp(`[${spaces}]+$`, 'u');
/** What `splitlines` takes for the end of a line. */
// eslint-disable-next-line no-control-regex -- Python's line ends are control characters
const lineEnd = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;

function splitSpaces(text: string, limit: number): string[] {
  const words = [...text.matchAll(word)];
  if (limit < 0 || words.length <= limit) return words.map((match) => match[0]);
  const rest = text.slice(words[limit]?.index ?? text.length);
  return [...words.slice(0, limit).map((match) => match[0]), rest];
}

function splitSpacesRight(text: string, limit: number): string[] {
  const words = [...text.matchAll(word)];
  if (limit < 0 || words.length <= limit) return words.map((match) => match[0]);
  const last = words[words.length - limit - 1];
  const end = last === undefined ? 0 : last.index + last[0].length;
  return [text.slice(0, end), ...words.slice(words.length - limit).map((match) => match[0])];
}

function splitText(text: string, separator: string, limit: number): string[] {
  const parts = text.split(separator);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  return [...parts.slice(0, limit), parts.slice(limit).join(separator)];
}

/** From the right, so that `'aaa'.rsplit('aa', 1)` finds the last one. */
function splitTextRight(text: string, separator: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = text;
  for (let left = limit; left !== 0; left--) {
    const index = rest.lastIndexOf(separator);
    if (index < 0) break;
    parts.unshift(rest.slice(index + separator.length));
    rest = rest.slice(0, index);
  }
  return [rest, ...parts];
}

function splitter(name: 'split' | 'rsplit'): NativeCall {
  const [bySpaces, byText] = name === 'split' ? [splitSpaces, splitText] : [splitSpacesRight, splitTextRight];
  return stringMethod(name, [], { sep: null, maxsplit: -1n }, ({ rt, self, place }, { sep, maxsplit }) => {
    const limit = countOf(rt, maxsplit, place);
    if (sep === null) return rt.list(bySpaces(self, limit));
    const separator = textOf(rt, sep, 'must be str or None', place);
    if (separator === '') return rt.raise('ValueError', 'empty separator', place);
    return rt.list(byText(self, separator, limit));
  });
}

function partition(name: 'partition' | 'rpartition'): NativeCall {
  return stringMethod(name, ['sep'], {}, ({ rt, self, place }, { sep }) => {
    const separator = textOf(rt, sep, 'must be str', place);
    if (separator === '') return rt.raise('ValueError', 'empty separator', place);
    const index = name === 'partition' ? self.indexOf(separator) : self.lastIndexOf(separator);
    if (index < 0) return rt.tuple(name === 'partition' ? [self, '', ''] : ['', '', self]);
    return rt.tuple([self.slice(0, index), separator, self.slice(index + separator.length)]);
  });
}

/** The lines of a text, with or without their ends. */
export function splitLines(text: string, keepsEnds: boolean): string[] {
  const lines: string[] = [];
  let start = 0;
  for (const match of text.matchAll(lineEnd)) {
    const end = match.index + match[0].length;
    lines.push(text.slice(start, keepsEnds ? end : match.index));
    start = end;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}

function stripper(name: 'strip' | 'lstrip' | 'rstrip'): NativeCall {
  return stringMethod(name, [], { chars: null }, ({ rt, self, place }, { chars }) => {
    const characters = chars === null ? undefined : (asText(chars) ?? rt.raise('TypeError', `${name} arg must be None or str`, place));
    let result = self;
    if (name !== 'rstrip') result = stripStart(result, characters);
    return name === 'lstrip' ? result : stripEnd(result, characters);
  });
}

function stripStart(text: string, characters: string | undefined): string {
  if (characters === undefined) return text.replace(leading, '');
  const dropped = new Set(characters);
  const all = codePoints(text);
  const index = all.findIndex((character) => !dropped.has(character));
  return index < 0 ? '' : all.slice(index).join('');
}

function stripEnd(text: string, characters: string | undefined): string {
  if (characters === undefined) return text.replace(trailing, '');
  const dropped = new Set(characters);
  const all = codePoints(text);
  return all.slice(0, all.findLastIndex((character) => !dropped.has(character)) + 1).join('');
}

type Fill = (text: string, missing: number, width: number) => readonly [number, number];

function padder(name: string, split: Fill): NativeCall {
  return stringMethod(name, ['width'], { fillchar: ' ' }, ({ rt, self, place }, { width, fillchar }) => {
    const wanted = countOf(rt, width, place);
    const fill = textOf(rt, fillchar, 'The fill character must be a unicode character', place);
    if (codePointLength(fill) !== 1) return rt.raise('TypeError', 'The fill character must be exactly one character long', place);
    const missing = wanted - codePointLength(self);
    if (missing <= 0) return self;
    if (missing > 1_000_000) return rt.unknown('budget', 'the text is too wide', place);
    const [before, after] = split(self, missing, wanted);
    return fill.repeat(before) + self + fill.repeat(after);
  });
}

function joinText(rt: Runtime, separator: string, iterable: Value, place: Place): Value {
  if (typeof iterable === 'number' || typeof iterable === 'bigint' || iterable === null) {
    return rt.raise('TypeError', 'can only join an iterable', place);
  }
  const texts = textsOf(rt, iterable, place);
  return texts instanceof Unknown ? texts : texts.join(separator);
}

/** Methods of `str` that take it apart, strip, pad or join. */
export const splitMethods: Readonly<Record<string, NativeCall>> = {
  split: splitter('split'),
  rsplit: splitter('rsplit'),
  partition: partition('partition'),
  rpartition: partition('rpartition'),
  splitlines: stringMethod('splitlines', [], { keepends: false }, ({ rt, self, place }, { keepends }) => {
    const keeps = rt.truth(keepends, place);
    return keeps instanceof Unknown ? keeps : rt.list(splitLines(self, keeps));
  }),
  strip: stripper('strip'),
  lstrip: stripper('lstrip'),
  rstrip: stripper('rstrip'),
  ljust: padder('ljust', (_text, missing) => [0, missing]),
  rjust: padder('rjust', (_text, missing) => [missing, 0]),
  // CPython gives the odd one to the left only when the width is odd.
  center: padder('center', (_text, missing, width) => {
    const before = Math.floor(missing / 2) + (missing & width & 1);
    return [before, missing - before];
  }),
  zfill: stringMethod('zfill', ['width'], {}, ({ rt, self, place }, { width }) => {
    const missing = countOf(rt, width, place) - codePointLength(self);
    if (missing <= 0) return self;
    if (missing > 1_000_000) return rt.unknown('budget', 'the text is too wide', place);
    const sign = /^[+-]/.exec(self)?.[0] ?? '';
    return sign + '0'.repeat(missing) + self.slice(sign.length);
  }),
  expandtabs: stringMethod('expandtabs', [], { tabsize: 8n }, ({ rt, self, place }, { tabsize }) => {
    const size = countOf(rt, tabsize, place);
    return size > 1000 ? rt.unknown('budget', 'the text is too wide', place) : expandTabs(self, size);
  }),
  join: stringMethod('join', ['iterable'], {}, ({ rt, self, place }, { iterable }) => joinText(rt, self, iterable, place)),
};

function expandTabs(text: string, size: number): string {
  let column = 0;
  let result = '';
  for (const character of text) {
    if (character === '\t') {
      const width = size <= 0 ? 0 : size - (column % size);
      result += ' '.repeat(width);
      column += width;
    } else {
      result += character;
      column = character === '\n' || character === '\r' ? 0 : column + 1;
    }
  }
  return result;
}
