import type { Argument, ComprehensionClause, Expression } from '../tree.js';
import { expect, is, kindAt, readName, refusalAt, take } from './reader.js';
import type { Reader } from './reader.js';
import { readTargets } from './targets.js';

/** The arguments of a call, or (without a lone generator) the bases of a class; with both parentheses. */
export function readArguments(reader: Reader, mayBeGenerator: boolean): Argument[] {
  expect(reader, '(');
  const list: Argument[] = [];
  const seen = { keyword: false, mapping: false };
  while (!is(reader, ')')) {
    const argument = readArgument(reader, mayBeGenerator && list.length === 0);
    checkOrder(reader, argument, seen);
    list.push(argument);
    if (!take(reader, ',')) break;
  }
  expect(reader, ')');
  return list;
}

function readArgument(reader: Reader, mayBeGenerator: boolean): Argument {
  const token = reader.index;
  if (take(reader, '**')) return { token, name: '**', value: reader.grammar.expression(reader) };
  if (take(reader, '*')) return { token, name: '*', value: reader.grammar.expression(reader) };
  if (is(reader, 'name') && kindAt(reader, 1) === '=') {
    const name = readName(reader);
    expect(reader, '=');
    return { token, name, value: reader.grammar.expression(reader) };
  }
  const value = reader.grammar.namedExpression(reader);
  if (!is(reader, 'for') && !is(reader, 'async')) return { token, name: '', value };
  const clauses = readClauses(reader);
  if (!mayBeGenerator || !is(reader, ')')) throw refusalAt(reader, 'Generator expression must be parenthesized', token);
  return { token, name: '', value: { kind: 'comprehension', token, result: 'generator', elements: [value], clauses } };
}

function checkOrder(reader: Reader, argument: Argument, seen: { keyword: boolean; mapping: boolean }): void {
  const { name, token } = argument;
  if (name === '**') seen.mapping = true;
  else if (name === '*') {
    if (seen.mapping) throw refusalAt(reader, 'iterable argument unpacking follows keyword argument unpacking', token);
  } else if (name !== '') seen.keyword = true;
  else if (seen.mapping) throw refusalAt(reader, 'positional argument follows keyword argument unpacking', token);
  else if (seen.keyword) throw refusalAt(reader, 'positional argument follows keyword argument', token);
}

/** `for a in b if c`, once or more. */
export function readClauses(reader: Reader): ComprehensionClause[] {
  const clauses: ComprehensionClause[] = [];
  while (is(reader, 'for') || is(reader, 'async')) {
    const isAsync = take(reader, 'async');
    expect(reader, 'for');
    const target = readTargets(reader);
    expect(reader, 'in');
    const iterable = reader.grammar.disjunction(reader);
    const conditions: Expression[] = [];
    while (take(reader, 'if')) conditions.push(reader.grammar.disjunction(reader));
    clauses.push({ target, iterable, conditions, isAsync });
  }
  return clauses;
}
