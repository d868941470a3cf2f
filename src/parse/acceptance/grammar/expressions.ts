import type { Expression } from '../tree.js';
import { readAtom } from './atoms.js';
import { readArguments } from './calls.js';
import { readLambdaParameters } from './parameters.js';
import { deeper, expect, is, kindAt, readName, refusalAt, requireSyntax, take, unexpected } from './reader.js';
import type { Grammar, Reader } from './reader.js';

/** Tokens that no expression starts with: what stands behind an optional one. */
const closers: ReadonlySet<string> = new Set(['newline', ';', ')', ']', '}', '=', ':', 'end', '!', 'fstring_end', 'in', 'for', 'async']);

/** `a, *b`: one expression or a tuple of several. */
export function readStarExpressions(reader: Reader): Expression {
  const token = reader.index;
  const first = readStarExpression(reader);
  if (!is(reader, ',')) return first;
  return { kind: 'tuple', token, elements: readMore(reader, first, readStarExpression) };
}

function readMore(reader: Reader, first: Expression, read: (reader: Reader) => Expression): Expression[] {
  const elements = [first];
  while (take(reader, ',')) {
    if (closesList(reader)) break;
    elements.push(read(reader));
  }
  return elements;
}

function closesList(reader: Reader): boolean {
  const kind = kindAt(reader);
  return closers.has(kind) || isAugmented(kind);
}

/** The operator of an augmented assignment. */
export function isAugmented(kind: string): boolean {
  return kind.length > 1 && kind.endsWith('=') && !comparisons.has(kind) && kind !== ':=';
}

function readStarExpression(reader: Reader): Expression {
  const token = reader.index;
  if (!take(reader, '*')) return readExpression(reader);
  return { kind: 'starred', token, value: readBitwise(reader, 0) };
}

/** An element of a list, a set or a tuple in parentheses: `*a`, `a := b` or an expression. */
export function readElement(reader: Reader): Expression {
  const token = reader.index;
  if (!take(reader, '*')) return readNamedExpression(reader);
  return { kind: 'starred', token, value: readBitwise(reader, 0) };
}

/** The rest of a list whose first element was read, up to its closing bracket. */
export function readElements(reader: Reader, first: Expression): Expression[] {
  return readMore(reader, first, readElement);
}

/** `a := b` or an expression. */
export function readNamedExpression(reader: Reader): Expression {
  if (!is(reader, 'name') || kindAt(reader, 1) !== ':=') return readExpression(reader);
  const token = reader.index;
  const name = readName(reader);
  requireSyntax(reader, ':=');
  expect(reader, ':=');
  return { kind: 'named', token, name, value: readExpression(reader) };
}

/** `yield`, `yield a, b`, `yield from a`. */
export function readYield(reader: Reader): Expression {
  const token = reader.index;
  expect(reader, 'yield');
  if (take(reader, 'from')) return { kind: 'yield', token, value: readExpression(reader), isFrom: true };
  const value = closesList(reader) ? undefined : readStarExpressions(reader);
  return { kind: 'yield', token, value, isFrom: false };
}

export function readYieldOrStarExpressions(reader: Reader): Expression {
  return is(reader, 'yield') ? readYield(reader) : readStarExpressions(reader);
}

/** `a`, `a if b else c` or a lambda. */
export function readExpression(reader: Reader): Expression {
  const depth = reader.depth;
  deeper(reader);
  const whole = is(reader, 'lambda') ? readLambda(reader) : readConditional(reader);
  reader.depth = depth;
  return whole;
}

function readConditional(reader: Reader): Expression {
  const token = reader.index;
  const body = readDisjunction(reader);
  if (!take(reader, 'if')) return body;
  const test = readDisjunction(reader);
  if (!take(reader, 'else')) throw refusalAt(reader, "expected 'else' after 'if' expression", token);
  return { kind: 'operation', what: 'conditional expression', token, operands: [body, test, readExpression(reader)] };
}

function readLambda(reader: Reader): Expression {
  const token = reader.index;
  expect(reader, 'lambda');
  const parameters = readLambdaParameters(reader);
  expect(reader, ':');
  return { kind: 'lambda', token, parameters, body: readExpression(reader) };
}

/** `a or b`; `and` binds closer, which makes no difference to what is accepted. */
export function readDisjunction(reader: Reader): Expression {
  const token = reader.index;
  const first = readInversion(reader);
  if (!is(reader, 'or') && !is(reader, 'and')) return first;
  const operands = [first];
  while (take(reader, 'or') || take(reader, 'and')) operands.push(readInversion(reader));
  return { kind: 'operation', what: 'expression', token, operands };
}

function readInversion(reader: Reader): Expression {
  const token = reader.index;
  const depth = reader.depth;
  while (take(reader, 'not')) deeper(reader);
  const value = readComparison(reader);
  reader.depth = depth;
  return reader.index > token && reader.tokens.kinds[token] === 'not'
    ? { kind: 'operation', what: 'expression', token, operands: [value] }
    : value;
}

const comparisons: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=', 'in', 'is', 'not']);

function readComparison(reader: Reader): Expression {
  const token = reader.index;
  const first = readBitwise(reader, 0);
  if (!takeComparison(reader)) return first;
  const operands = [first];
  do operands.push(readBitwise(reader, 0));
  while (takeComparison(reader));
  return { kind: 'operation', what: 'comparison', token, operands };
}

function takeComparison(reader: Reader): boolean {
  const kind = kindAt(reader);
  if (!comparisons.has(kind)) return false;
  if (kind === 'not') {
    if (kindAt(reader, 1) !== 'in') return false;
    reader.index += 1;
  }
  reader.index += 1;
  if (kind === 'is') take(reader, 'not');
  return true;
}

const strengths: ReadonlyMap<string, number> = new Map([
  ['|', 1],
  ['^', 2],
  ['&', 3],
  ['<<', 4],
  ['>>', 4],
  ['+', 5],
  ['-', 5],
  ['*', 6],
  ['/', 6],
  ['//', 6],
  ['%', 6],
  ['@', 6],
]);

/** Binary operators that bind closer than comparisons. */
export function readBitwise(reader: Reader, minimum: number): Expression {
  const token = reader.index;
  const depth = reader.depth;
  let left = readFactor(reader);
  for (;;) {
    const strength = strengths.get(kindAt(reader));
    if (strength === undefined || strength < minimum) break;
    reader.index += 1;
    deeper(reader);
    left = { kind: 'operation', what: 'expression', token, operands: [left, readBitwise(reader, strength + 1)] };
  }
  reader.depth = depth;
  return left;
}

function isSign(kind: string): boolean {
  return kind === '-' || kind === '+' || kind === '~';
}

/** Signs, `await`, and `**`, whose right side may have a sign again. */
function readFactor(reader: Reader): Expression {
  const token = reader.index;
  if (isSign(kindAt(reader))) {
    const depth = reader.depth;
    while (isSign(kindAt(reader))) {
      reader.index += 1;
      deeper(reader);
    }
    const operands = [readFactor(reader)];
    reader.depth = depth;
    return { kind: 'operation', what: 'expression', token, operands };
  }
  const base = take(reader, 'await') ? ({ kind: 'await', token, value: readPrimary(reader) } as const) : readPrimary(reader);
  if (!take(reader, '**')) return base;
  const depth = reader.depth;
  deeper(reader);
  const power: Expression = { kind: 'operation', what: 'expression', token, operands: [base, readFactor(reader)] };
  reader.depth = depth;
  return power;
}

/** An atom with attributes, calls and indices behind it. */
export function readPrimary(reader: Reader): Expression {
  const token = reader.index;
  const depth = reader.depth;
  let value = readAtom(reader);
  for (;;) {
    if (take(reader, '.')) value = { kind: 'attribute', token, object: value, name: readName(reader) };
    else if (is(reader, '(')) value = { kind: 'call', token, callee: value, arguments: readArguments(reader, true) };
    else if (take(reader, '[')) value = { kind: 'subscript', token, object: value, index: readIndex(reader) };
    else break;
    deeper(reader);
  }
  reader.depth = depth;
  return value;
}

/** What stands in `a[...]`: slices, expressions, starred ones. */
function readIndex(reader: Reader): Expression {
  const token = reader.index;
  const first = readSlice(reader);
  const isTuple = is(reader, ',') || first.kind === 'starred';
  const elements = [first];
  while (take(reader, ',')) {
    if (is(reader, ']')) break;
    elements.push(readSlice(reader));
  }
  expect(reader, ']');
  return isTuple ? { kind: 'tuple', token, elements } : first;
}

function readSlice(reader: Reader): Expression {
  const token = reader.index;
  if (take(reader, '*')) {
    requireSyntax(reader, 'a starred expression in an index', token);
    return { kind: 'starred', token, value: readBitwise(reader, 0) };
  }
  if (kindAt(reader, 1) === ':=') requireSyntax(reader, 'an unparenthesized := in a set or an index');
  const operands: Expression[] = [];
  if (!is(reader, ':')) {
    const first = readNamedExpression(reader);
    if (!is(reader, ':')) return first;
    if (first.kind === 'named' && reader.tokens.kinds[token] !== '(') throw unexpected(reader);
    operands.push(first);
  }
  expect(reader, ':');
  if (!endsSlicePart(reader)) operands.push(readExpression(reader));
  if (take(reader, ':') && !endsSlicePart(reader)) operands.push(readExpression(reader));
  return { kind: 'operation', what: 'slice', token, operands };
}

function endsSlicePart(reader: Reader): boolean {
  return is(reader, ':') || is(reader, ',') || is(reader, ']');
}


export const grammar: Grammar = {
  expression: readExpression,
  namedExpression: readNamedExpression,
  element: readElement,
  elements: readElements,
  yieldOrStarExpressions: readYieldOrStarExpressions,
  yield: readYield,
  bitwise: (reader) => readBitwise(reader, 0),
  disjunction: readDisjunction,
};
