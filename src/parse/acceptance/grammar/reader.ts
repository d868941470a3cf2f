import { Refusal } from '../refusal.js';
import type { Tokens } from '../tokens/tokens.js';
import type { PythonVersion } from '../../../model/python.js';
import { newerSyntax } from '../versions.js';
import type { SyntaxName } from '../versions.js';
import type { Expression } from '../tree.js';

/** What the grammar's functions share: the tokens, and how far they are read. */
export interface Reader {
  readonly tokens: Tokens;
  readonly python: PythonVersion;
  readonly grammar: Grammar;
  index: number;
  /** Expressions open around the current one. */
  depth: number;
}

/** The expression rules that others lead back to: they come with the reader, so that files need no import cycle. */
export interface Grammar {
  /** `a`, `a if b else c` or a lambda. */
  readonly expression: (reader: Reader) => Expression;
  /** The same, or `a := b`. */
  readonly namedExpression: (reader: Reader) => Expression;
  /** The same, or `*a`. */
  readonly element: (reader: Reader) => Expression;
  /** The rest of a list of such elements. */
  readonly elements: (reader: Reader, first: Expression) => Expression[];
  /** `yield`, or expressions with stars and commas. */
  readonly yieldOrStarExpressions: (reader: Reader) => Expression;
  readonly yield: (reader: Reader) => Expression;
  /** No comparison, `not`, `and`, `or`, conditional or lambda. */
  readonly bitwise: (reader: Reader) => Expression;
  /** No conditional or lambda. */
  readonly disjunction: (reader: Reader) => Expression;
}

/** CPython's compiler gives up near this depth ("maximum recursion depth exceeded during compilation"). */
const MAX_DEPTH = 2990;

export function kindAt(reader: Reader, ahead = 0): string {
  return reader.tokens.kinds[reader.index + ahead] ?? 'end';
}

export function is(reader: Reader, kind: string): boolean {
  return reader.tokens.kinds[reader.index] === kind;
}

/** Steps over a token of this kind, if one is there. */
export function take(reader: Reader, kind: string): boolean {
  if (reader.tokens.kinds[reader.index] !== kind) return false;
  reader.index += 1;
  return true;
}

export function expect(reader: Reader, kind: string): void {
  if (reader.tokens.kinds[reader.index] !== kind) throw unexpected(reader, kind.length > 1 && /^\w/.test(kind) ? undefined : kind);
  reader.index += 1;
}

export function textAt(reader: Reader, index: number): string {
  const { source, starts, ends } = reader.tokens;
  return source.slice(starts[index], ends[index]);
}

/** A name, in the normal form in which Python compares names. */
export function readName(reader: Reader): string {
  if (!is(reader, 'name')) throw unexpected(reader);
  const text = textAt(reader, reader.index);
  reader.index += 1;
  // eslint-disable-next-line no-control-regex -- every ASCII character is meant
  return /^[\x00-\x7f]*$/.test(text) ? text : text.normalize('NFKC');
}

/** Whether the token is a name with this text: keywords by their place only. */
export function isWord(reader: Reader, word: string): boolean {
  return is(reader, 'name') && textAt(reader, reader.index) === word;
}

/** Words for a token that the grammar has no place for. */
export function unexpected(reader: Reader, wanted?: string): Refusal {
  const kind = kindAt(reader);
  if (kind === 'indent') return refusalAt(reader, 'unexpected indent');
  if (kind === 'dedent') return refusalAt(reader, 'unexpected dedent');
  return refusalAt(reader, wanted === undefined ? 'invalid syntax' : `invalid syntax: expected '${wanted}'`);
}

export function refusalAt(reader: Reader, message: string, token = reader.index): Refusal {
  return new Refusal(message, reader.tokens.starts[token] ?? reader.tokens.source.length);
}

/** Refuses syntax that the deployment's Python doesn't have yet. */
export function requireSyntax(reader: Reader, syntax: SyntaxName, token = reader.index): void {
  const message = newerSyntax(syntax, reader.python);
  if (message !== undefined) throw refusalAt(reader, message, token);
}

/** Counts how deep expressions are nested, and gives up where CPython does. */
export function deeper(reader: Reader): void {
  reader.depth += 1;
  if (reader.depth > MAX_DEPTH) throw refusalAt(reader, 'maximum recursion depth exceeded during compilation');
}
