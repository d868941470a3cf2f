import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type NativeCall, PyTuple, Unknown, type Value } from '../../values.js';
import { codePointLength, isBasic, sliceText } from '../protocol/code-points.js';
import { asText, typeName } from '../protocol/kinds.js';
import { boundsOf, countOf, textOf } from './convert.js';
import { stringMethod } from './str-self.js';

/** The part of a text that a search looks at; `offset` is where it starts, undefined when the start is beyond the end. */
function region(rt: Runtime, text: string, start: Value, end: Value, place: Place): { part: string; offset: number } | undefined {
  const [from, to] = boundsOf(rt, start, end, codePointLength(text), place);
  return from > to ? undefined : { part: sliceText(text, from, to), offset: from };
}

type Search = (part: string, wanted: string) => number;

function finder(name: string, search: Search, fails: boolean): NativeCall {
  return stringMethod(name, ['sub'], { start: null, end: null }, ({ rt, self, place }, { sub, start, end }) => {
    const wanted = textOf(rt, sub, 'must be str', place);
    const where = region(rt, self, start, end, place);
    const found = where === undefined ? -1 : search(where.part, wanted);
    if (where !== undefined && found >= 0) {
      const index = isBasic(where.part) ? found : codePointLength(where.part.slice(0, found));
      return BigInt(index + where.offset);
    }
    return fails ? rt.raise('ValueError', 'substring not found', place) : -1n;
  });
}

function occurrences(text: string, wanted: string): number {
  return wanted === '' ? codePointLength(text) + 1 : text.split(wanted).length - 1;
}

function affixTest(name: 'startswith' | 'endswith'): NativeCall {
  const test = (part: string, affix: string): boolean => (name === 'startswith' ? part.startsWith(affix) : part.endsWith(affix));
  return stringMethod(name, ['prefix'], { start: null, end: null }, ({ rt, self, place }, { prefix, start, end }) => {
    const choices = prefix instanceof PyTuple ? prefix.items : [prefix];
    const where = region(rt, self, start, end, place);
    let unknown: Unknown | undefined;
    for (const choice of choices) {
      if (choice instanceof Unknown) unknown ??= choice;
      else {
        const affix = asText(choice) ?? rt.raise('TypeError', affixMessage(name, prefix, choice), place);
        if (where !== undefined && test(where.part, affix)) return true;
      }
    }
    return unknown ?? false;
  });
}

function affixMessage(name: string, argument: Value, choice: Value): string {
  if (argument instanceof PyTuple) return `tuple for ${name} must only contain str, not ${typeName(choice)}`;
  return `${name} first arg must be str or a tuple of str, not ${typeName(choice)}`;
}

function replaceCount(text: string, old: string, fresh: string, count: number): string {
  if (count < 0) return old === '' ? interleave(text, fresh, Infinity) : text.split(old).join(fresh);
  if (old === '') return interleave(text, fresh, count);
  let result = '';
  let rest = text;
  for (let index = rest.indexOf(old); index >= 0 && count > 0; index = rest.indexOf(old), count--) {
    result += rest.slice(0, index) + fresh;
    rest = rest.slice(index + old.length);
  }
  return result + rest;
}

function interleave(text: string, fresh: string, count: number): string {
  let left = count;
  let result = left-- > 0 ? fresh : '';
  for (const character of text) result += character + (left-- > 0 ? fresh : '');
  return result;
}

/** Methods of `str` that look for a part of it. */
export const searchMethods: Readonly<Record<string, NativeCall>> = {
  find: finder('find', (part, wanted) => part.indexOf(wanted), false),
  rfind: finder('rfind', (part, wanted) => part.lastIndexOf(wanted), false),
  index: finder('index', (part, wanted) => part.indexOf(wanted), true),
  rindex: finder('rindex', (part, wanted) => part.lastIndexOf(wanted), true),
  count: stringMethod('count', ['sub'], { start: null, end: null }, ({ rt, self, place }, { sub, start, end }) => {
    const where = region(rt, self, start, end, place);
    const wanted = textOf(rt, sub, 'must be str', place);
    return where === undefined ? 0n : BigInt(occurrences(where.part, wanted));
  }),
  startswith: affixTest('startswith'),
  endswith: affixTest('endswith'),
  replace: stringMethod('replace', ['old', 'new'], { count: -1n }, ({ rt, self, place }, values) => {
    const old = textOf(rt, values.old, 'replace() argument 1 must be str', place);
    const fresh = textOf(rt, values.new, 'replace() argument 2 must be str', place);
    const times = countOf(rt, values.count, place);
    rt.step(place, 1 + Math.floor(self.length / 1000));
    if (fresh.length * self.length > 50_000_000) return rt.unknown('budget', 'the text is too long', place);
    return replaceCount(self, old, fresh, times);
  }),
  removeprefix: stringMethod('removeprefix', ['prefix'], {}, ({ rt, self, place }, { prefix }) => {
    const affix = textOf(rt, prefix, 'removeprefix() argument must be str', place);
    return self.startsWith(affix) ? self.slice(affix.length) : self;
  }),
  removesuffix: stringMethod('removesuffix', ['suffix'], {}, ({ rt, self, place }, { suffix }) => {
    const affix = textOf(rt, suffix, 'removesuffix() argument must be str', place);
    return affix !== '' && self.endsWith(affix) ? self.slice(0, -affix.length) : self;
  }),
};
