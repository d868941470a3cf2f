import type { Block, Expression, Handler, Statement } from '../tree.js';
import { readExpression } from './expressions.js';
import { expect, is, readName, refusalAt, requireSyntax, take } from './reader.js';
import type { Reader } from './reader.js';
import { newerSyntax } from '../versions.js';

type ReadBlock = (reader: Reader) => Block;

/** A `try` statement: handlers of one sort, or `finally`, must follow. */
export function readTry(reader: Reader, token: number, readBlock: ReadBlock): Statement {
  expect(reader, 'try');
  const body = readBlock(reader);
  const handlers: Handler[] = [];
  let isGroup: boolean | undefined;
  while (is(reader, 'except')) {
    const start = reader.index;
    reader.index += 1;
    const star = is(reader, '*');
    if (star) requireSyntax(reader, 'except*');
    if (isGroup !== undefined && isGroup !== star) throw refusalAt(reader, "cannot have both 'except' and 'except*' on the same 'try'", start);
    isGroup = star;
    if (star) reader.index += 1;
    handlers.push(readHandler(reader, start, star, readBlock));
  }
  const otherwise = handlers.length > 0 && take(reader, 'else') ? readBlock(reader) : [];
  const hasFinalizer = take(reader, 'finally');
  if (handlers.length === 0 && !hasFinalizer) throw refusalAt(reader, "expected 'except' or 'finally' block");
  const finalizer = hasFinalizer ? readBlock(reader) : [];
  return { kind: 'try', token, body, handlers, isGroup: isGroup === true, otherwise, finalizer };
}

function readHandler(reader: Reader, token: number, isGroup: boolean, readBlock: ReadBlock): Handler {
  if (!isGroup && is(reader, ':')) return { token, type: undefined, name: '', body: readBlock(reader) };
  const first = readExpression(reader);
  const type = is(reader, ',') ? readTypes(reader, first, token) : first;
  const name = take(reader, 'as') ? readName(reader) : '';
  return { token, type, name, body: readBlock(reader) };
}

/** `except A, B:`, which binds no name: https://peps.python.org/pep-0758/. */
function readTypes(reader: Reader, first: Expression, token: number): Expression {
  const words = 'multiple exception types must be parenthesized';
  if (newerSyntax('several exception types without parentheses', reader.python) !== undefined) throw refusalAt(reader, words, token);
  const elements = [first];
  while (take(reader, ',')) {
    if (is(reader, ':')) break;
    elements.push(readExpression(reader));
  }
  if (is(reader, 'as')) throw refusalAt(reader, `${words} when using 'as'`, token);
  return { kind: 'tuple', token, elements };
}
