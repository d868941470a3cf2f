import type { Place } from '../../../model/place.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import type { NativeCall, Value } from '../../values.js';
import { PyInstance, Unknown } from '../../values.js';
import { bind, textOf } from '../arguments.js';
import { defineClass, propagatingAll, strictFunctions } from '../define.js';
import { fromPython, hiding } from '../from-python.js';

const lower = 'abcdefghijklmnopqrstuvwxyz';
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
const whitespace = ' \t\n\r\u000b\f';

/** `string.Template` with `$name` and `${name}`. */
const template = defineClass({
  name: 'Template',
  module: 'string',
  construct: (rt, cls, [text = null]) => {
    const made = rt.instance(cls);
    made.attributes.set('template', text);
    return made;
  },
  methods: propagatingAll({
    substitute: (rt, args, keywords, place) => substitute(rt, args, keywords, place, false),
    safe_substitute: (rt, args, keywords, place) => substitute(rt, args, keywords, place, true),
  }),
});

/** What a subclass says to find other placeholders. */
const patternNames = ['delimiter', 'idpattern', 'braceidpattern', 'flags', 'pattern'] as const;

function substitute(rt: Runtime, [self, mapping]: readonly Value[], keywords: ReadonlyMap<string, Value>, place: Place, isSafe: boolean): Value {
  const source = self instanceof PyInstance ? self.attributes.get('template') : undefined;
  if (source instanceof Unknown) return source;
  const isOwn = self instanceof PyInstance && self.cls.mro.some((cls) => cls.module !== 'string' && patternNames.some((name) => cls.attributes.has(name)));
  if (isOwn) return rt.unknown('not_modelled', 'a string.Template with a pattern of its own is not modelled', place);
  let hidden: Unknown | undefined;
  const valueOf = (name: string, whole: string): string => {
    const given = keywords.get(name) ?? (mapping === undefined ? undefined : optional(rt, mapping, name, place));
    if (given === undefined) return isSafe ? whole : rt.raise('KeyError', name, place);
    const text = rt.str(given, place);
    if (text instanceof Unknown) hidden ??= text;
    return typeof text === 'string' ? text : '';
  };
  const text = textOf(rt, source, place).replace(/\$(?:(\$)|([_a-zA-Z][_a-zA-Z0-9]*)|\{([_a-zA-Z][_a-zA-Z0-9]*)\}|)/g, (whole, escaped?: string, plain?: string, braced?: string) => {
    if (escaped !== undefined) return '$';
    const name = plain ?? braced;
    if (name === undefined) return isSafe ? whole : rt.raise('ValueError', 'Invalid placeholder in string', place);
    return valueOf(name, whole);
  });
  return hidden ?? text;
}

function optional(rt: Runtime, mapping: Value, name: string, place: Place): Value | undefined {
  const found = rt.call(rt.getAttribute(mapping, 'get', place), [name, missing], new Map(), place);
  return found === missing ? undefined : found;
}
const missing = '\u0000missing';

/** `string`. */
export const stringModule: ModuleTable = {
  ascii_lowercase: () => lower,
  ascii_uppercase: () => lower.toUpperCase(),
  ascii_letters: () => lower + lower.toUpperCase(),
  digits: () => '0123456789',
  hexdigits: () => '0123456789abcdefABCDEF',
  octdigits: () => '01234567',
  punctuation: () => punctuation,
  whitespace: () => whitespace,
  printable: () => `0123456789${lower}${lower.toUpperCase()}${punctuation}${whitespace}`,
  Template: template,
  ...strictFunctions({
    capwords: (rt, args, keywords, place) => {
      const { s, sep } = bind(rt, 'capwords', 's sep?', args, keywords, place);
      const separator = sep === undefined || sep === null ? undefined : textOf(rt, sep, place);
      const words = separator === undefined ? textOf(rt, s, place).trim().split(/\s+/) : textOf(rt, s, place).split(separator);
      return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase()).join(separator ?? ' ');
    },
  }),
};

/** `textwrap.dedent`. */
export function dedent(text: string): string {
  const lines = text.replace(/^[ \t]+$/gm, '');
  const margins = [...lines.matchAll(/^([ \t]*)(?:[^ \t\n])/gm)].map((match) => match[1] ?? '');
  const margin = margins.reduce<string | undefined>((shared, each) => {
    if (shared === undefined) return each;
    let end = 0;
    while (end < Math.min(shared.length, each.length) && shared[end] === each[end]) end += 1;
    return shared.slice(0, end);
  }, undefined);
  return margin ? lines.replace(new RegExp(`^${margin}`, 'gm'), '') : lines;
}

/** Lines with their ends, as `splitlines(True)` gives them for `\n`. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

const indent: NativeCall = (rt, args, keywords, place) => {
  const { text, prefix, predicate } = bind(rt, 'indent', 'text prefix predicate?', args, keywords, place);
  let hidden: Unknown | undefined;
  const wants = (line: string): boolean => {
    if (predicate === undefined || predicate === null) return line.trim() !== '';
    const truth = rt.truth(rt.call(predicate, [line], new Map(), place), place);
    if (truth instanceof Unknown) hidden ??= truth;
    return truth === true;
  };
  const result = linesOf(textOf(rt, text, place)).map((line) => (wants(line) ? textOf(rt, prefix, place) + line : line)).join('');
  return hidden ?? result;
};

/** `textwrap`. */
export const textwrapModule: ModuleTable = {
  ...strictFunctions({
    dedent: (rt, args, keywords, place) => dedent(textOf(rt, bind(rt, 'dedent', 'text', args, keywords, place).text, place)),
    indent,
  }),
  ...hiding('textwrap', ['wrap', 'fill', 'shorten']),
  ...fromPython('textwrap', ['TextWrapper']),
};
