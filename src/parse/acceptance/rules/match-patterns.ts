import { refusalAt } from '../scopes/walk.js';
import type { Rule, Walk } from '../scopes/walk.js';
import type { ClassPattern, Expression, MappingPattern, Pattern } from '../tree.js';

/** What `case` may not say: names bound twice, alternatives with other names, keys twice, a case that hides the next. */
export const matchPatterns: Rule = {
  statements: ['match'],
  checkStatement(statement, walk) {
    if (statement.kind !== 'match') return;
    statement.cases.forEach(({ pattern, guard }, index) => {
      const mayCatchAll = guard !== undefined || index === statement.cases.length - 1;
      collect(walk, pattern, new Set(), mayCatchAll);
    });
  },
};

/** Adds the names that a pattern binds to those bound before it. */
function collect(walk: Walk, pattern: Pattern, names: Set<string>, mayCatchAll: boolean): void {
  switch (pattern.kind) {
    case 'value':
      return;
    case 'capture':
      if (!mayCatchAll) {
        const what = pattern.name === '' ? 'wildcard' : `name capture '${pattern.name}'`;
        throw refusalAt(walk, `${what} makes remaining patterns unreachable`, pattern.token);
      }
      return store(walk, pattern.name, names, pattern.token);
    case 'star':
      return store(walk, pattern.name, names, pattern.token);
    case 'as':
      collect(walk, pattern.pattern, names, mayCatchAll);
      return store(walk, pattern.name, names, pattern.token);
    case 'sequence':
      if (pattern.elements.filter((element) => element.kind === 'star').length > 1) {
        throw refusalAt(walk, 'multiple starred expressions in sequence pattern', pattern.token);
      }
      return collectAll(walk, pattern.elements, names);
    case 'or':
      return collectOptions(walk, pattern.options, names, mayCatchAll);
    case 'mapping':
      checkKeys(walk, pattern);
      collectAll(walk, pattern.patterns, names);
      return store(walk, pattern.rest, names, pattern.token);
    case 'class':
      checkAttributes(walk, pattern);
      return collectAll(walk, pattern.patterns, names);
  }
}

function collectAll(walk: Walk, patterns: readonly Pattern[], names: Set<string>): void {
  for (const pattern of patterns) collect(walk, pattern, names, true);
}

function store(walk: Walk, name: string, names: Set<string>, token: number): void {
  if (name === '') return;
  if (names.has(name)) throw refusalAt(walk, `multiple assignments to name '${name}' in pattern`, token);
  names.add(name);
}

function collectOptions(walk: Walk, options: readonly Pattern[], names: Set<string>, mayCatchAll: boolean): void {
  let expected: Set<string> | undefined;
  options.forEach((option, index) => {
    const own = new Set<string>();
    collect(walk, option, own, mayCatchAll && index === options.length - 1);
    expected ??= own;
    if (own.size !== expected.size || [...own].some((name) => expected?.has(name) !== true)) {
      throw refusalAt(walk, 'alternative patterns bind different names', option.token);
    }
  });
  for (const name of expected ?? []) store(walk, name, names, options[0]?.token ?? 0);
}

function checkAttributes(walk: Walk, pattern: ClassPattern): void {
  const seen = new Set<string>();
  for (const { name, token } of pattern.attributes) {
    if (seen.has(name)) throw refusalAt(walk, `attribute name repeated in class pattern: ${name}`, token);
    seen.add(name);
  }
}

function checkKeys(walk: Walk, pattern: MappingPattern): void {
  const seen = new Set<string>();
  for (const key of pattern.keys) {
    const text = keyText(walk, key);
    if (text === undefined) continue;
    if (seen.has(text)) throw refusalAt(walk, `mapping pattern checks duplicate key (${text})`, key.token);
    seen.add(text);
  }
}

/** A text that is the same for keys that are equal: of literals only. */
function keyText(walk: Walk, key: Expression): string | undefined {
  if (key.kind !== 'constant') return undefined;
  const { source, starts, ends } = walk.tokens;
  const pieces: string[] = [];
  for (let token = key.token; token < key.token + key.tokenCount; token += 1) pieces.push(source.slice(starts[token], ends[token]));
  if (key.type === 'string' || key.type === 'bytes') return `${key.type} ${pieces.map(unquote).join('')}`;
  if (key.type === 'word') return { True: 'number 1', False: 'number 0' }[pieces.join('')] ?? pieces.join('');
  const text = pieces.join('').replaceAll('_', '').toLowerCase();
  const value = Number(text);
  return `number ${Number.isNaN(value) ? text : value}`;
}

function unquote(literal: string): string {
  return literal.replace(/^[a-z]*("""|'''|"|')([\s\S]*)\1$/i, '$2');
}
