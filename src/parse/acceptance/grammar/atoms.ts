import type { Comprehension, Expression } from '../tree.js';
import { readClauses } from './calls.js';
import { expect, is, kindAt, readName, refusalAt, requireSyntax, take, unexpected } from './reader.js';
import type { Reader } from './reader.js';
import { readStrings } from './strings.js';

/** A name, a literal, or something in brackets. */
export function readAtom(reader: Reader): Expression {
  const token = reader.index;
  switch (kindAt(reader)) {
    case 'name':
      return { kind: 'name', token, name: readName(reader) };
    case 'string':
    case 'fstring_start':
      return readStrings(reader);
    case 'number':
      reader.index += 1;
      return { kind: 'constant', token, type: 'number', tokenCount: 1 };
    case 'None':
    case 'True':
    case 'False':
    case '...':
      reader.index += 1;
      return { kind: 'constant', token, type: 'word', tokenCount: 1 };
    case '(':
      return readParentheses(reader);
    case '[':
      return readList(reader);
    case '{':
      return readBraces(reader);
    default:
      throw unexpected(reader);
  }
}

function startsClauses(reader: Reader): boolean {
  return is(reader, 'for') || is(reader, 'async');
}

function comprehension(reader: Reader, token: number, result: Comprehension['result'], elements: readonly Expression[]): Comprehension {
  if (elements.some((element) => element.kind === 'starred')) {
    throw refusalAt(reader, 'iterable unpacking cannot be used in comprehension', token);
  }
  return { kind: 'comprehension', token, result, elements, clauses: readClauses(reader) };
}

/** A group, a tuple or a generator expression. */
function readParentheses(reader: Reader): Expression {
  const token = reader.index;
  expect(reader, '(');
  if (take(reader, ')')) return { kind: 'tuple', token, elements: [] };
  const inner = is(reader, 'yield') ? reader.grammar.yield(reader) : readInner(reader, token);
  expect(reader, ')');
  return inner;
}

function readInner(reader: Reader, token: number): Expression {
  const first = reader.grammar.element(reader);
  if (startsClauses(reader)) return comprehension(reader, token, 'generator', [first]);
  if (is(reader, ',')) return { kind: 'tuple', token, elements: reader.grammar.elements(reader, first) };
  if (first.kind === 'starred') throw refusalAt(reader, 'cannot use starred expression here', token + 1);
  return first;
}

function readList(reader: Reader): Expression {
  const token = reader.index;
  expect(reader, '[');
  if (take(reader, ']')) return { kind: 'list', token, elements: [] };
  const first = reader.grammar.element(reader);
  const list: Expression = startsClauses(reader)
    ? comprehension(reader, token, 'list', [first])
    : { kind: 'list', token, elements: reader.grammar.elements(reader, first) };
  expect(reader, ']');
  return list;
}

/** A dict, a set, or a comprehension that makes one. */
function readBraces(reader: Reader): Expression {
  const token = reader.index;
  expect(reader, '{');
  if (take(reader, '}')) return { kind: 'operation', what: 'dict literal', token, operands: [] };
  const whole = is(reader, '**') ? readDict(reader, token, []) : readSetOrDict(reader, token);
  expect(reader, '}');
  return whole;
}

function readSetOrDict(reader: Reader, token: number): Expression {
  const isStarred = is(reader, '*');
  if (kindAt(reader, 1) === ':=') requireSyntax(reader, 'an unparenthesized := in a set or an index');
  const isNamed = is(reader, 'name') && kindAt(reader, 1) === ':=';
  const first = reader.grammar.element(reader);
  if (is(reader, ':') && !isStarred && !isNamed) return readDict(reader, token, readPairValue(reader, first));
  if (startsClauses(reader)) return comprehension(reader, token, 'set', [first]);
  return { kind: 'operation', what: 'set display', token, operands: wrapStarred(reader.grammar.elements(reader, first)) };
}

/** Stars are at home in a set; the list keeps them from being taken for stray ones. */
function wrapStarred(elements: readonly Expression[]): readonly Expression[] {
  return elements.map((element) => (element.kind === 'starred' ? element.value : element));
}

function readPairValue(reader: Reader, key: Expression): Expression[] {
  expect(reader, ':');
  return [key, reader.grammar.expression(reader)];
}

/** A dict whose first key and value were read, if it starts with a pair. */
function readDict(reader: Reader, token: number, first: readonly Expression[]): Expression {
  if (first.length === 2 && startsClauses(reader)) return comprehension(reader, token, 'dict', first);
  const operands = first.length === 2 ? [...first] : readItem(reader);
  while (take(reader, ',')) {
    if (is(reader, '}')) break;
    operands.push(...readItem(reader));
  }
  return { kind: 'operation', what: 'dict literal', token, operands };
}

function readItem(reader: Reader): Expression[] {
  if (take(reader, '**')) return [reader.grammar.bitwise(reader)];
  return readPairValue(reader, reader.grammar.expression(reader));
}

