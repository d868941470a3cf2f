import type { Place } from '../../../model/place.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import type { NativeCall, PyInstance, Value } from '../../values.js';
import { PyBytes, Unknown, noKeywords } from '../../values.js';
import type { Bound } from '../arguments.js';
import { bind, instanceOf, numberOf, plain, stateOf, textOf } from '../arguments.js';
import { builtin, defineClass, defineException, inertUnknown, propagating, propagatingAll, raiseOf, strictFunctions } from '../define.js';
import type { Spans } from '../regex/match.js';
import { Matcher } from '../regex/match.js';
import type { Regex } from '../regex/nodes.js';
import { RegexBudget, RegexMistake, RegexNotModelled, RegexUnknownGroup, regexFlags } from '../regex/nodes.js';
import { readRegex } from '../regex/read.js';
import { groupNumber, readTemplate } from '../regex/replace.js';

interface PatternState {
  readonly kind: 'pattern';
  readonly regex: Regex;
}

interface MatchState {
  readonly kind: 'match';
  readonly regex: Regex;
  readonly pattern: PyInstance;
  readonly text: readonly string[];
  readonly spans: Spans;
}

const regexError = defineException('re', 'error', builtin('Exception'));

/** Turns what the engine throws into Python's exception or an unknown. */
function guarded(rt: Runtime, place: Place, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    if (error instanceof RegexUnknownGroup) return rt.raise('IndexError', error.message, place);
    if (error instanceof RegexMistake) return raiseOf(rt, regexError(rt), error.message, place);
    if (error instanceof RegexNotModelled) return inertUnknown(`this regular expression is not modelled: ${error.message}`, place);
    if (error instanceof RegexBudget) return rt.unknown('budget', 'the regular expression takes too many steps', place);
    throw error;
  }
}

function compile(rt: Runtime, pattern: Value | undefined, flags: Value | undefined, place: Place): PyInstance | Unknown {
  const known = stateOf<PatternState>(pattern, 'pattern');
  if (known) return pattern as PyInstance;
  if (pattern instanceof PyBytes) return inertUnknown('regular expressions of bytes are not modelled', place);
  const regex = readRegex(textOf(rt, pattern, place), flags === undefined ? 0 : numberOf(rt, flags, place));
  return instanceOf(rt, patternClass(rt), { kind: 'pattern', regex } satisfies PatternState);
}

type Work = (rt: Runtime, pattern: PyInstance, regex: Regex, bound: Bound, place: Place) => Value;

/** A function of the module and the method of the same name: the module's takes pattern and flags too. */
function both(name: string, parameters: string, work: Work): { readonly method: NativeCall; readonly call: NativeCall } {
  const run = (rt: Runtime, pattern: PyInstance | Unknown, bound: Bound, place: Place): Value => {
    const regex = stateOf<PatternState>(pattern, 'pattern')?.regex;
    return pattern instanceof Unknown || !regex ? pattern : work(rt, pattern, regex, bound, place);
  };
  return {
    method: propagating((rt, [self, ...args], keywords, place) => {
      const bound = bind(rt, name, parameters, args, keywords, place);
      return guarded(rt, place, () => run(rt, self as PyInstance, bound, place));
    }),
    call: propagating((rt, args, keywords, place) => {
      const bound = bind(rt, name, `pattern ${parameters.replace(' pos? endpos?', '')} flags?`, args, keywords, place);
      return guarded(rt, place, () => run(rt, compile(rt, bound.pattern, bound.flags, place), bound, place));
    }),
  };
}

/** The part of the text that `pos` and `endpos` leave; a begun text still knows what stands before it. */
function matcher(rt: Runtime, regex: Regex, bound: Bound, place: Place): { readonly engine: Matcher; readonly text: string[]; readonly start: number } {
  const given = plain(bound.string);
  if (given instanceof PyBytes) rt.raise('TypeError', 'cannot use a string pattern on a bytes-like object', place);
  const all = [...textOf(rt, given, place)];
  const end = bound.endpos === undefined ? all.length : Math.max(0, Math.min(all.length, numberOf(rt, bound.endpos, place)));
  const text = all.slice(0, end);
  rt.step(place, 1 + Math.floor(text.length / 100));
  const start = bound.pos === undefined ? 0 : Math.max(0, numberOf(rt, bound.pos, place));
  return { engine: new Matcher(regex, text.map((letter) => letter.codePointAt(0) ?? 0)), text, start };
}

const makeMatch = (rt: Runtime, pattern: PyInstance, regex: Regex, text: readonly string[], spans: Spans | undefined): Value =>
  spans ? instanceOf(rt, matchClass(rt), { kind: 'match', pattern, regex, text, spans } satisfies MatchState) : null;

const one = (name: string, find: (engine: Matcher, start: number) => Spans | undefined): ReturnType<typeof both> =>
  both(name, 'string pos? endpos?', (rt, pattern, regex, bound, place) => {
    const { engine, text, start } = matcher(rt, regex, bound, place);
    return start > text.length ? null : makeMatch(rt, pattern, regex, text, find(engine, start));
  });

const slice = (text: readonly string[], span: readonly [number, number] | undefined): string | undefined => span && text.slice(span[0], span[1]).join('');

/** What `findall` gives for a match: the whole, the only group, or a tuple of the groups. */
function found(rt: Runtime, regex: Regex, text: readonly string[], spans: Spans): Value {
  if (regex.groupCount === 0) return slice(text, spans[0]) ?? '';
  const groups = spans.slice(1).map((span) => slice(text, span) ?? '');
  return groups.length === 1 ? (groups[0] ?? '') : rt.tuple(groups);
}

const operations = {
  match: one('match', (engine, start) => engine.at(start)),
  fullmatch: one('fullmatch', (engine, start) => engine.at(start, { toEnd: true })),
  search: one('search', (engine, start) => engine.search(start)),
  findall: both('findall', 'string', (rt, _pattern, regex, bound, place) => {
    const { engine, text } = matcher(rt, regex, bound, place);
    return rt.list([...engine.all()].map((spans) => found(rt, regex, text, spans)));
  }),
  finditer: both('finditer', 'string', (rt, pattern, regex, bound, place) => {
    const { engine, text } = matcher(rt, regex, bound, place);
    return rt.iterator('callable_iterator', [...engine.all()].map((spans) => makeMatch(rt, pattern, regex, text, spans)));
  }),
  split: both('split', 'string maxsplit?', (rt, _pattern, regex, bound, place) => {
    const { engine, text } = matcher(rt, regex, bound, place);
    const most = bound.maxsplit === undefined ? 0 : numberOf(rt, bound.maxsplit, place);
    const parts: Value[] = [];
    let last = 0;
    let count = 0;
    for (const spans of engine.all()) {
      if (most > 0 && count >= most) break;
      const [start, end] = spans[0] ?? [0, 0];
      parts.push(text.slice(last, start).join(''), ...spans.slice(1).map((span) => slice(text, span) ?? null));
      last = end;
      count += 1;
    }
    return rt.list([...parts, text.slice(last).join('')]);
  }),
  sub: both('sub', 'repl string count?', (rt, pattern, regex, bound, place) => replaced(rt, pattern, regex, bound, place)[0]),
  subn: both('subn', 'repl string count?', (rt, pattern, regex, bound, place) => {
    const [text, count] = replaced(rt, pattern, regex, bound, place);
    return text instanceof Unknown ? text : rt.tuple([text, BigInt(count)]);
  }),
};

function replaced(rt: Runtime, pattern: PyInstance, regex: Regex, bound: Bound, place: Place): readonly [Value, number] {
  const { engine, text } = matcher(rt, regex, bound, place);
  const most = bound.count === undefined ? 0 : numberOf(rt, bound.count, place);
  const template = plain(bound.repl);
  const pieces = typeof template === 'string' ? readTemplate(regex, template) : undefined;
  let [result, last, count] = ['', 0, 0];
  for (const spans of engine.all()) {
    if (most > 0 && count >= most) break;
    const [start, end] = spans[0] ?? [0, 0];
    const part = pieces
      ? pieces.map((piece) => (typeof piece === 'string' ? piece : (slice(text, spans[piece]) ?? ''))).join('')
      : rt.call(bound.repl ?? null, [makeMatch(rt, pattern, regex, text, spans)], noKeywords, place);
    if (part instanceof Unknown) return [part, count];
    result += text.slice(last, start).join('') + textOf(rt, part, place);
    last = end;
    count += 1;
  }
  return [result + text.slice(last).join(''), count];
}

const methods = Object.fromEntries(Object.entries(operations).map(([name, { method }]) => [name, method]));

const shownFlags = [['ASCII', regexFlags.A], ['IGNORECASE', regexFlags.I], ['MULTILINE', regexFlags.M], ['DOTALL', regexFlags.S], ['VERBOSE', regexFlags.X]] as const;

const patternClass = defineClass({
  name: 'Pattern',
  module: 're',
  unmodelled: ['scanner'],
  methods: {
    ...methods,
    __repr__: (rt, [self], _keywords, place) => {
      const regex = stateOf<PatternState>(self, 'pattern')?.regex;
      const text = rt.repr(regex?.source ?? '', place);
      const flags = shownFlags.filter(([, flag]) => ((regex?.flags ?? 0) & flag) !== 0).map(([name]) => `re.${name}`).join('|');
      return typeof text === 'string' ? `re.compile(${text}${flags === '' ? '' : `, ${flags}`})` : text;
    },
  },
  properties: {
    pattern: (_rt, self) => stateOf<PatternState>(self, 'pattern')?.regex.source ?? '',
    flags: (_rt, self) => BigInt(stateOf<PatternState>(self, 'pattern')?.regex.flags ?? 0),
    groups: (_rt, self) => BigInt(stateOf<PatternState>(self, 'pattern')?.regex.groupCount ?? 0),
    groupindex: (rt, self) => rt.dict([...(stateOf<PatternState>(self, 'pattern')?.regex.groupNames ?? [])].map(([name, index]) => [name, BigInt(index)] as const)),
  },
});

const needMatch = (value: Value | undefined): MatchState => {
  const state = stateOf<MatchState>(value, 'match');
  if (!state) throw new RegexMistake('not a match');
  return state;
};

/** Position of a group by number or name; raises IndexError when there is none. */
function groupIndex(rt: Runtime, state: MatchState, key: Value | undefined, place: Place): number {
  const name = plain(key);
  try {
    return groupNumber(state.regex, typeof name === 'bigint' ? String(name) : textOf(rt, name, place));
  } catch (error) {
    if (error instanceof RegexMistake) return rt.raise('IndexError', 'no such group', place);
    throw error;
  }
}

const groupOf = (rt: Runtime, self: Value | undefined, key: Value | undefined, place: Place): Value =>
  slice(needMatch(self).text, needMatch(self).spans[groupIndex(rt, needMatch(self), key, place)]) ?? null;

const edge = (pick: (rt: Runtime, span: readonly [number, number]) => Value): NativeCall => (rt, [self, key], _keywords, place) =>
  pick(rt, needMatch(self).spans[groupIndex(rt, needMatch(self), key ?? 0n, place)] ?? [-1, -1]);

const matchClass = defineClass({
  name: 'Match',
  module: 're',
  unmodelled: ['lastindex', 'lastgroup', 'regs'],
  methods: propagatingAll({
    group: (rt, [self, ...keys], _keywords, place) => {
      if (keys.length <= 1) return groupOf(rt, self, keys[0] ?? 0n, place);
      return rt.tuple(keys.map((key) => groupOf(rt, self, key, place)));
    },
    __getitem__: (rt, [self, key], _keywords, place) => groupOf(rt, self, key, place),
    groups: (rt, [self, ...args], keywords, place) => {
      const otherwise = bind(rt, 'groups', 'default?', args, keywords, place).default ?? null;
      return rt.tuple(needMatch(self).spans.slice(1).map((span) => slice(needMatch(self).text, span) ?? otherwise));
    },
    groupdict: (rt, [self, ...args], keywords, place) => {
      const otherwise = bind(rt, 'groupdict', 'default?', args, keywords, place).default ?? null;
      const { regex, spans, text } = needMatch(self);
      return rt.dict([...regex.groupNames].map(([name, index]) => [name, slice(text, spans[index]) ?? otherwise] as const));
    },
    start: edge((_rt, [start]) => BigInt(start)),
    end: edge((_rt, [, end]) => BigInt(end)),
    span: edge((rt, [start, end]) => rt.tuple([BigInt(start), BigInt(end)])),
    expand: (rt, [self, template], _keywords, place) =>
      guarded(rt, place, () => {
        const { regex, spans, text } = needMatch(self);
        const pieces = readTemplate(regex, textOf(rt, template, place));
        return pieces.map((piece) => (typeof piece === 'string' ? piece : (slice(text, spans[piece]) ?? ''))).join('');
      }),
    __bool__: () => true,
    __repr__: (rt, [self], _keywords, place) => {
      const { spans, text } = needMatch(self);
      const shown = rt.repr(slice(text, spans[0]) ?? '', place);
      return typeof shown === 'string' ? `<re.Match object; span=(${spans[0]?.join(', ') ?? ''}), match=${shown}>` : shown;
    },
  }),
  properties: {
    string: (_rt, self) => needMatch(self).text.join(''),
    re: (_rt, self) => needMatch(self).pattern,
    pos: () => 0n,
    endpos: (_rt, self) => BigInt(needMatch(self).text.length),
  },
});

const special = new Set([...'()[]{}?*+-|^$\\.&~# \t\n\r\v\f']);

const flagNames: Readonly<Record<string, number>> = {
  NOFLAG: 0, I: 2, IGNORECASE: 2, L: 4, LOCALE: 4, M: 8, MULTILINE: 8, S: 16, DOTALL: 16, U: 32, UNICODE: 32, X: 64, VERBOSE: 64, A: 256, ASCII: 256,
};

/** `re`, matched by an engine of our own: Python's rules, and a budget that ends patterns which backtrack for ever. */
export const reModule: ModuleTable = {
  ...strictFunctions({
    ...Object.fromEntries(Object.entries(operations).map(([name, { call }]) => [name, call])),
    compile: (rt, args, keywords, place) => {
      const bound = bind(rt, 'compile', 'pattern flags?', args, keywords, place);
      return guarded(rt, place, () => compile(rt, bound.pattern, bound.flags, place));
    },
    escape: (rt, [text], _keywords, place) => [...textOf(rt, text, place)].map((letter) => (special.has(letter) ? `\\${letter}` : letter)).join(''),
    purge: () => null,
  }),
  ...Object.fromEntries(Object.entries(flagNames).map(([name, value]) => [name, () => BigInt(value)])),
  Pattern: patternClass,
  Match: matchClass,
  error: regexError,
};
