import type { Block, Handler, Statement } from '../tree.js';
import { readExpression } from './expressions.js';
import { expect, is, readName, refusalAt, requireSyntax, take } from './reader.js';
import type { Reader } from './reader.js';

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
  const type = readExpression(reader);
  if (is(reader, ',')) throw refusalAt(reader, 'multiple exception types must be parenthesized', token);
  const name = take(reader, 'as') ? readName(reader) : '';
  return { token, type, name, body: readBlock(reader) };
}
