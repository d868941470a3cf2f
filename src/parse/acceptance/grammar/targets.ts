import type { Expression } from '../tree.js';
import { is, refusalAt, take } from './reader.js';
import type { Reader } from './reader.js';

/** The targets of `for`: up to `in`, which isn't read as an operator here. */
export function readTargets(reader: Reader): Expression {
  const token = reader.index;
  const first = readTarget(reader);
  if (!is(reader, ',')) return first;
  const elements = [first];
  while (take(reader, ',')) {
    if (is(reader, 'in')) break;
    elements.push(readTarget(reader));
  }
  return { kind: 'tuple', token, elements };
}

/** One target of `for` or `with`. */
export function readTarget(reader: Reader): Expression {
  const token = reader.index;
  const target: Expression = take(reader, '*')
    ? { kind: 'starred', token, value: reader.grammar.bitwise(reader) }
    : reader.grammar.bitwise(reader);
  checkTarget(reader, target);
  return target;
}

/** Refuses what can't be assigned to. */
export function checkTarget(reader: Reader, target: Expression): void {
  switch (target.kind) {
    case 'name':
    case 'attribute':
    case 'subscript':
      return;
    case 'starred':
      if (target.value.kind === 'starred') throw refusalAt(reader, 'invalid syntax', target.token);
      checkTarget(reader, target.value);
      return;
    case 'tuple':
    case 'list':
      for (const element of target.elements) checkTarget(reader, element);
      return;
    default:
      throw refusalAt(reader, `cannot assign to ${nameOf(reader, target)}`, target.token);
  }
}

/** The one target of `+=` or of an annotation. */
export function checkSingleTarget(reader: Reader, target: Expression, use: 'augmented assignment' | 'annotation'): void {
  if (target.kind === 'name' || target.kind === 'attribute' || target.kind === 'subscript') return;
  const isList = target.kind === 'tuple' || target.kind === 'list';
  throw refusalAt(
    reader,
    use === 'annotation'
      ? isList
        ? `only single target (not ${target.kind}) can be annotated`
        : 'illegal target for annotation'
      : `'${nameOf(reader, target)}' is an illegal expression for augmented assignment`,
    target.token,
  );
}

export function checkDeleted(reader: Reader, target: Expression): void {
  if (target.kind === 'name' || target.kind === 'attribute' || target.kind === 'subscript') return;
  if (target.kind !== 'tuple' && target.kind !== 'list') {
    throw refusalAt(reader, `cannot delete ${nameOf(reader, target)}`, target.token);
  }
  for (const element of target.elements) checkDeleted(reader, element);
}

/** CPython's word for an expression. */
function nameOf(reader: Reader, expression: Expression): string {
  switch (expression.kind) {
    case 'operation':
      return expression.what;
    case 'constant': {
      const { source, starts, ends } = reader.tokens;
      return expression.type === 'word' ? source.slice(starts[expression.token], ends[expression.token]) : 'literal';
    }
    case 'call':
      return 'function call';
    case 'named':
      return 'named expression';
    case 'yield':
    case 'await':
      return `${expression.kind} expression`;
    case 'comprehension':
      return expression.result === 'generator' ? 'generator expression' : `${expression.result} comprehension`;
    default:
      return expression.kind;
  }
}
