import type { Block, Expression, Statement } from '../tree.js';
import { readExpression } from './expressions.js';
import { expect, is, requireSyntax, take } from './reader.js';
import type { Reader } from './reader.js';
import { readTarget } from './targets.js';

interface Item {
  readonly context: Expression;
  readonly target: Expression | undefined;
}

/** A `with` statement. Parentheses right behind `with` hold items when an `as` stands in them, else they are an expression. */
export function readWith(reader: Reader, token: number, isAsync: boolean, readBlock: (reader: Reader) => Block): Statement {
  expect(reader, 'with');
  const items = holdsItems(reader) ? readParenthesized(reader) : readItems(reader);
  return { kind: 'with', token, items, body: readBlock(reader), isAsync };
}

function readItems(reader: Reader): Item[] {
  const items = [readItem(reader)];
  while (take(reader, ',')) items.push(readItem(reader));
  return items;
}

function readParenthesized(reader: Reader): Item[] {
  requireSyntax(reader, 'parenthesized context managers');
  expect(reader, '(');
  const items = [readItem(reader)];
  while (take(reader, ',')) {
    if (is(reader, ')')) break;
    items.push(readItem(reader));
  }
  expect(reader, ')');
  return items;
}

function readItem(reader: Reader): Item {
  const context = readExpression(reader);
  return { context, target: take(reader, 'as') ? readTarget(reader) : undefined };
}

/** Whether the parenthesis here closes right before the colon and has an `as` of its own. */
function holdsItems(reader: Reader): boolean {
  if (!is(reader, '(')) return false;
  const { kinds } = reader.tokens;
  let depth = 0;
  let hasAlias = false;
  for (let index = reader.index; index < kinds.length; index += 1) {
    const kind = kinds[index];
    if (kind === '(' || kind === '[' || kind === '{') depth += 1;
    else if (kind === ')' || kind === ']' || kind === '}') depth -= 1;
    else if (kind === 'as' && depth === 1) hasAlias = true;
    if (depth === 0) return hasAlias && kinds[index + 1] === ':';
  }
  return false;
}
