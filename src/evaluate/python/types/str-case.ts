import type { NativeCall } from '../../values.js';
import { codePoints } from '../protocol/code-points.js';
import { isPrintable } from '../protocol/quote.js';
import { stringMethod } from './str-self.js';

/** Letters whose title case is neither their upper nor their lower case. */
const titleForms: Readonly<Record<string, string>> = {
  ŉ: 'ʼN',
  Ǆ: 'ǅ', ǅ: 'ǅ', ǆ: 'ǅ', Ǉ: 'ǈ', ǈ: 'ǈ', ǉ: 'ǈ', Ǌ: 'ǋ', ǋ: 'ǋ', ǌ: 'ǋ', Ǳ: 'ǲ', ǲ: 'ǲ', ǳ: 'ǲ',
};

function titleCase(character: string): string {
  const special = titleForms[character];
  if (special !== undefined) return special;
  const [first = '', ...rest] = codePoints(character.toUpperCase());
  return first + rest.join('').toLowerCase();
}

function capitalize(text: string): string {
  const [first = '', ...rest] = codePoints(text);
  return titleCase(first) + lower(`${first}${rest.join('')}`).slice(lower(first).length);
}

function lower(text: string): string {
  return text.toLowerCase();
}

const cased = /[\p{Lu}\p{Ll}\p{Lt}\p{Uppercase}\p{Lowercase}]/u;
const upperLetter = /[\p{Uppercase}]/u;
const lowerLetter = /[\p{Lowercase}]/u;

/** A capital sigma in lower case: another letter where it ends a word. */
function lowerSigma(text: string, at: number): string {
  const isFinal = /\p{Cased}\p{Case_Ignorable}*$/u.test(text.slice(0, at)) && !/^\p{Case_Ignorable}*\p{Cased}/u.test(text.slice(at + 1));
  return isFinal ? 'ς' : 'σ';
}

/** One character of a text in lower case. */
function lowerAt(text: string, at: number, character: string): string {
  return character === 'Σ' ? lowerSigma(text, at) : character.toLowerCase();
}

function title(text: string): string {
  let result = '';
  let isInside = false;
  let at = 0;
  for (const character of text) {
    result += isInside ? lowerAt(text, at, character) : titleCase(character);
    at += character.length;
    isInside = cased.test(character);
  }
  return result;
}

function swapCase(text: string): string {
  let result = '';
  let at = 0;
  for (const character of text) {
    if (upperLetter.test(character)) result += lowerAt(text, at, character);
    else result += lowerLetter.test(character) ? character.toUpperCase() : character;
    at += character.length;
  }
  return result;
}

/** Full case folding differs from lower case in these letters among others: those that expand. */
function caseFold(text: string): string {
  return codePoints(text).map((character) => (character === 'ẞ' ? 'ss' : foldOne(character))).join('');
}

function foldOne(character: string): string {
  const upper = character.toUpperCase();
  return upper.length > character.length || character === 'ς' || character === 'ſ' || character === 'µ' ? upper.toLowerCase().replaceAll('ς', 'σ') : character.toLowerCase();
}

function isTitle(text: string): boolean {
  let isInside = false;
  let isFound = false;
  for (const character of text) {
    const isUpper = /[\p{Lu}\p{Lt}]/u.test(character);
    if (isUpper ? isInside : lowerLetter.test(character) && !isInside) return false;
    isInside = cased.test(character);
    isFound ||= isInside;
  }
  return isFound;
}

function every(pattern: RegExp): (text: string) => boolean {
  return (text) => text !== '' && codePoints(text).every((character) => pattern.test(character));
}

/** What `str.isspace` and splitting take for white space; a little more than JavaScript does. */
export const spaces = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

const space = new RegExp(`[${spaces}]`, 'u');
/** Digits that are no decimals: superscripts, circled digits and the like. */
const digit = /[\p{Nd}\u00b2\u00b3\u00b9\u1369-\u1371\u19da\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490\u24ea\u24f5-\u24fd\u24ff\u2776-\u277e\u2780-\u2788\u278a-\u2792]/u;
const numeric = /[\p{N}\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u767e\u5343\u842c\u5104\u5146\u96f6\u3007]/u;
const isIdentifier = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;

const tests: Readonly<Record<string, (text: string) => boolean>> = {
  isalpha: every(/\p{L}/u),
  isdecimal: every(/\p{Nd}/u),
  isdigit: every(digit),
  isnumeric: every(numeric),
  isalnum: every(new RegExp(`\\p{L}|${digit.source}|${numeric.source}`, 'u')),
  isspace: every(space),
  isupper: (text) => upperLetter.test(text) && !lowerLetter.test(text) && !/\p{Lt}/u.test(text),
  islower: (text) => lowerLetter.test(text) && !/[\p{Lt}\p{Uppercase}]/u.test(text),
  istitle: isTitle,
  isascii: (text) => codePoints(text).every((character) => character < '\u0080'),
  isidentifier: (text) => isIdentifier.test(text),
  isprintable: (text) => codePoints(text).every(isPrintable),
};

const changes: Readonly<Record<string, (text: string) => string>> = {
  upper: (text) => text.toUpperCase(),
  lower,
  title,
  capitalize,
  swapcase: swapCase,
  casefold: caseFold,
};

/** Methods of `str` about letter case and character classes. */
export const caseMethods: Readonly<Record<string, NativeCall>> = Object.fromEntries(
  [...Object.entries(tests), ...Object.entries(changes)].map(([name, apply]) => [
    name,
    stringMethod(name, [], {}, ({ self }) => apply(self)),
  ]),
);
