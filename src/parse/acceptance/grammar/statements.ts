import type { Refusal } from '../refusal.js';
import type { Block, Expression, Statement } from '../tree.js';
import { readArguments } from './calls.js';
import { readExpression, readNamedExpression, readStarExpressions } from './expressions.js';
import { isMatch, readMatch } from './match.js';
import { readParameters, readTypeParameters } from './parameters.js';
import { deeper, expect, is, kindAt, readName, refusalAt, requireSyntax, take, unexpected } from './reader.js';
import type { Reader } from './reader.js';
import { readSimpleStatement } from './simple-statements.js';
import { readTargets } from './targets.js';
import { readTry } from './try.js';
import { readWith } from './with.js';

/** All statements of a file. */
export function readModule(reader: Reader): Block {
  const body: Statement[] = [];
  while (!is(reader, 'end')) readStatement(reader, body);
  return body;
}

/** Adds one statement, or all of one line. */
export function readStatement(reader: Reader, body: Statement[]): void {
  const read = compoundStatements[kindAt(reader)];
  if (read !== undefined) body.push(read(reader, reader.index));
  else if (isMatch(reader)) body.push(readMatch(reader, readBlock));
  else readLine(reader, body);
}

function readLine(reader: Reader, body: Statement[]): void {
  const first = reader.index;
  do {
    if (reader.index > first && is(reader, 'newline') && reader.tokens.kinds[reader.index - 1] === ';') break;
    body.push(readSimpleStatement(reader));
  } while (take(reader, ';'));
  if (!is(reader, 'newline')) throw python2(reader) ?? unexpected(reader);
  reader.index += 1;
}

/** The words for `print "x"` and `exec "x"`. */
function python2(reader: Reader): Refusal | undefined {
  const { starts, ends, source } = reader.tokens;
  const word = source.slice(starts[reader.index - 1], ends[reader.index - 1]);
  if (word !== 'print' && word !== 'exec') return undefined;
  return refusalAt(reader, `Missing parentheses in call to '${word}'. Did you mean ${word}(...)?`, reader.index - 1);
}

/** `:` and what it opens: an indented block, or the rest of the line. */
export function readBlock(reader: Reader): Block {
  if (!is(reader, ':')) throw kindAt(reader) === 'newline' ? refusalAt(reader, "expected ':'") : unexpected(reader);
  reader.index += 1;
  const body: Statement[] = [];
  if (!take(reader, 'newline')) {
    readLine(reader, body);
    return body;
  }
  if (!take(reader, 'indent')) throw refusalAt(reader, 'expected an indented block');
  while (!take(reader, 'dedent')) readStatement(reader, body);
  return body;
}

export function readElse(reader: Reader): Block {
  return take(reader, 'else') ? readBlock(reader) : [];
}

type Read = (reader: Reader, token: number) => Statement;

function readIf(reader: Reader, token: number): Statement {
  reader.index += 1;
  const test = readNamedExpression(reader);
  const body = readBlock(reader);
  deeper(reader);
  const otherwise = is(reader, 'elif') ? [readIf(reader, reader.index)] : readElse(reader);
  reader.depth -= 1;
  return { kind: 'if', token, test, body, otherwise };
}

function readFor(reader: Reader, token: number, isAsync: boolean): Statement {
  reader.index += 1;
  const target = readTargets(reader);
  expect(reader, 'in');
  const iterable = readStarExpressions(reader);
  const body = readBlock(reader);
  return { kind: 'for', token, target, iterable, body, otherwise: readElse(reader), isAsync };
}

function readFunction(reader: Reader, token: number, decorators: readonly Expression[], isAsync: boolean): Statement {
  expect(reader, 'def');
  const name = readName(reader);
  const typeParameters = readTypeParameters(reader);
  const parameters = readParameters(reader);
  const returns = take(reader, '->') ? readExpression(reader) : undefined;
  return { kind: 'function', token, name, isAsync, decorators, typeParameters, parameters, returns, body: readBlock(reader) };
}

function readClass(reader: Reader, token: number, decorators: readonly Expression[]): Statement {
  expect(reader, 'class');
  const name = readName(reader);
  const typeParameters = readTypeParameters(reader);
  const list = is(reader, '(') ? readArguments(reader, false) : [];
  return { kind: 'class', token, name, decorators, typeParameters, arguments: list, body: readBlock(reader) };
}

function readDecorated(reader: Reader, token: number): Statement {
  const decorators: Expression[] = [];
  while (take(reader, '@')) {
    const start = reader.index;
    const decorator = readNamedExpression(reader);
    if (!isDotted(decorator)) requireSyntax(reader, 'any expression as a decorator', start);
    decorators.push(decorator);
    expect(reader, 'newline');
  }
  if (is(reader, 'class')) return readClass(reader, token, decorators);
  return readFunction(reader, token, decorators, take(reader, 'async'));
}

function isDotted(expression: Expression): boolean {
  if (expression.kind === 'call') return isDotted(expression.callee);
  return expression.kind === 'attribute' ? isDotted(expression.object) : expression.kind === 'name';
}

function readAsync(reader: Reader, token: number): Statement {
  reader.index += 1;
  if (is(reader, 'for')) return readFor(reader, token, true);
  if (is(reader, 'with')) return readWith(reader, token, true, readBlock);
  return readFunction(reader, token, [], true);
}

const compoundStatements: Readonly<Record<string, Read>> = {
  if: readIf,
  while: (reader, token) => {
    reader.index += 1;
    const test = readNamedExpression(reader);
    const body = readBlock(reader);
    return { kind: 'while', token, test, body, otherwise: readElse(reader) };
  },
  for: (reader, token) => readFor(reader, token, false),
  try: (reader, token) => readTry(reader, token, readBlock),
  with: (reader, token) => readWith(reader, token, false, readBlock),
  def: (reader, token) => readFunction(reader, token, [], false),
  class: (reader, token) => readClass(reader, token, []),
  '@': readDecorated,
  async: readAsync,
};
