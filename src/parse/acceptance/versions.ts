import type { PythonVersion } from '../../model/python.js';

/** Syntax that came with a release, by https://docs.python.org/3/whatsnew/ and the grammars themselves. */
const since = {
  ':=': 8,
  'a / among parameters': 8,
  'parenthesized context managers': 9,
  'any expression as a decorator': 9,
  'a match statement': 10,
  'an unparenthesized := in a set or an index': 10,
  'except*': 11,
  'a starred expression in an index': 11,
  'a starred annotation of *args': 11,
  'an asynchronous comprehension inside a synchronous one': 11,
  'a type statement': 12,
  'a type parameter list': 12,
  'an f-string with quotes, comments, backslashes or line breaks in a field': 12,
  'a default of a type parameter': 13,
  'several exception types without parentheses': 14,
} as const;

export type SyntaxName = keyof typeof since;

/** Why a release refuses a piece of syntax; undefined when it has it. */
export function newerSyntax(syntax: SyntaxName, python: PythonVersion): string | undefined {
  return python.minor >= since[syntax] ? undefined : `invalid syntax: ${syntax} needs Python 3.${since[syntax]}`;
}
