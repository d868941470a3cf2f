import type { Expression } from '../tree.js';
import { expect, is, kindAt, refusalAt, requireSyntax, take, textAt, unexpected } from './reader.js';
import type { Reader } from './reader.js';

/** String literals side by side: one constant, or an f-string with the expressions in it. */
export function readStrings(reader: Reader): Expression {
  const token = reader.index;
  const operands: Expression[] = [];
  const count = { bytes: 0, text: 0, formatted: 0 };
  for (;;) {
    if (is(reader, 'string')) {
      count[isBytes(reader) ? 'bytes' : 'text'] += 1;
      reader.index += 1;
    } else if (is(reader, 'fstring_start')) {
      readFormatted(reader, operands);
      count.formatted += 1;
    } else break;
  }
  if (count.bytes > 0 && count.text + count.formatted > 0) throw refusalAt(reader, 'cannot mix bytes and nonbytes literals', token);
  if (count.formatted > 0) return { kind: 'operation', what: 'f-string expression', token, operands };
  return { kind: 'constant', token, type: count.bytes > 0 ? 'bytes' : 'string', tokenCount: reader.index - token };
}

function isBytes(reader: Reader): boolean {
  return /^(?:b|br|rb)$/i.test(textAt(reader, reader.index).slice(0, 3).replace(/['"].*/s, ''));
}

function readFormatted(reader: Reader, operands: Expression[]): void {
  const opening = textAt(reader, reader.index);
  const start = reader.index;
  expect(reader, 'fstring_start');
  while (!is(reader, 'fstring_end')) {
    if (!take(reader, 'fstring_middle')) readField(reader, operands);
  }
  if (reader.python.minor < 12) checkOldFormatted(reader, opening, start);
  expect(reader, 'fstring_end');
}

/** `{value!r:specification}`, with fields again in the specification. */
function readField(reader: Reader, operands: Expression[]): void {
  expect(reader, '{');
  if (is(reader, '}') || is(reader, '!') || is(reader, ':') || is(reader, '=')) {
    throw refusalAt(reader, `f-string: valid expression required before '${kindAt(reader)}'`);
  }
  operands.push(reader.grammar.yieldOrStarExpressions(reader));
  take(reader, '=');
  if (take(reader, '!')) readConversion(reader);
  if (take(reader, ':')) {
    while (!is(reader, '}')) {
      if (!take(reader, 'fstring_middle')) readField(reader, operands);
    }
  }
  if (!is(reader, '}')) throw refusalAt(reader, "f-string: expecting '}'");
  reader.index += 1;
}

function readConversion(reader: Reader): void {
  const { starts, ends } = reader.tokens;
  if (!is(reader, 'name')) throw unexpected(reader);
  if (ends[reader.index - 1] !== starts[reader.index]) {
    throw refusalAt(reader, 'f-string: conversion type must come right after the exclamation mark');
  }
  const conversion = textAt(reader, reader.index);
  if (!/^[rsa]$/.test(conversion)) {
    throw refusalAt(reader, `f-string: invalid conversion character '${conversion}': expected 's', 'r', or 'a'`);
  }
  reader.index += 1;
}

/** Before Python 3.12 a field was cut out of a finished string: no quote of that string, `\` or `#` could be in it. */
function checkOldFormatted(reader: Reader, opening: string, start: number): void {
  const { source, kinds, starts, ends } = reader.tokens;
  const quote = opening.replace(/^[a-z]+/i, '');
  const forbidden = quote.length === 1 ? new RegExp(`[\\\\\r\n${quote}]`) : new RegExp(`\\\\|${quote}`);
  let nesting = 0;
  for (let index = start + 1; index < reader.index; index += 1) {
    const kind = kinds[index];
    if (kind === 'fstring_start') nesting += 1;
    if (kind === 'fstring_end') nesting -= 1;
    const isOwnText = kind === 'fstring_middle' && nesting === 0;
    const gap = source.slice(ends[index - 1], starts[index]);
    if (gap.includes('#') || forbidden.test(gap) || (!isOwnText && forbidden.test(textAt(reader, index)))) {
      requireSyntax(reader, 'an f-string with quotes, comments, backslashes or line breaks in a field', index);
    }
  }
}
