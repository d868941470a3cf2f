import type { Expression, ImportedName, Statement } from '../tree.js';
import { isAugmented, readExpression, readStarExpressions, readYieldOrStarExpressions } from './expressions.js';
import { readTypeParameters } from './parameters.js';
import { expect, is, isWord, kindAt, readName, refusalAt, requireSyntax, take, unexpected } from './reader.js';
import type { Reader } from './reader.js';
import { checkDeleted, checkSingleTarget, checkTarget } from './targets.js';

/** One statement without a block; the caller reads what ends it. */
export function readSimpleStatement(reader: Reader): Statement {
  const read = simpleStatements[kindAt(reader)];
  return read === undefined ? readExpressionStatement(reader) : read(reader, reader.index);
}

type Read = (reader: Reader, token: number) => Statement;

const word =
  (kind: 'pass' | 'break' | 'continue'): Read =>
  (reader, token) => {
    reader.index += 1;
    return { kind, token };
  };

const names =
  (kind: 'global' | 'nonlocal'): Read =>
  (reader, token) => {
    reader.index += 1;
    const list = [readName(reader)];
    while (take(reader, ',')) list.push(readName(reader));
    return { kind, token, names: list };
  };

function endsStatement(reader: Reader): boolean {
  return is(reader, 'newline') || is(reader, ';');
}

const simpleStatements: Readonly<Record<string, Read>> = {
  pass: word('pass'),
  break: word('break'),
  continue: word('continue'),
  global: names('global'),
  nonlocal: names('nonlocal'),
  return: (reader, token) => {
    reader.index += 1;
    return { kind: 'return', token, value: endsStatement(reader) ? undefined : readStarExpressions(reader) };
  },
  raise: (reader, token) => {
    reader.index += 1;
    if (endsStatement(reader)) return { kind: 'raise', token, values: [] };
    const values = [readExpression(reader)];
    if (take(reader, 'from')) values.push(readExpression(reader));
    return { kind: 'raise', token, values };
  },
  assert: (reader, token) => {
    reader.index += 1;
    const values = [readExpression(reader)];
    if (take(reader, ',')) values.push(readExpression(reader));
    return { kind: 'assert', token, values };
  },
  del: (reader, token) => {
    reader.index += 1;
    const targets = readStarExpressions(reader);
    checkDeleted(reader, targets);
    return { kind: 'delete', token, targets: [targets] };
  },
  import: (reader, token) => {
    reader.index += 1;
    const list = [readImported(reader)];
    while (take(reader, ',')) list.push(readImported(reader));
    return { kind: 'import', token, names: list };
  },
  from: readImportFrom,
};

function readDottedName(reader: Reader): string {
  let name = readName(reader);
  while (take(reader, '.')) name += `.${readName(reader)}`;
  return name;
}

function readImported(reader: Reader): ImportedName {
  const imported = readDottedName(reader);
  return { imported, bound: take(reader, 'as') ? readName(reader) : imported.replace(/\..*$/, '') };
}

function readImportFrom(reader: Reader, token: number): Statement {
  reader.index += 1;
  let level = 0;
  while (take(reader, '.') || take(reader, '...')) level += 1;
  const module = level > 0 && is(reader, 'import') ? '' : readDottedName(reader);
  expect(reader, 'import');
  if (take(reader, '*')) return { kind: 'import_from', token, module, isStar: true, names: [] };
  const list: ImportedName[] = [];
  const isParenthesized = take(reader, '(');
  do {
    if (isParenthesized && list.length > 0 && is(reader, ')')) break;
    const imported = readName(reader);
    list.push({ imported, bound: take(reader, 'as') ? readName(reader) : imported });
  } while (take(reader, ','));
  if (isParenthesized) expect(reader, ')');
  else if (reader.tokens.kinds[reader.index - 1] === ',') {
    throw refusalAt(reader, 'trailing comma not allowed without surrounding parentheses', reader.index - 1);
  }
  return { kind: 'import_from', token, module, isStar: false, names: list };
}

function readExpressionStatement(reader: Reader): Statement {
  const token = reader.index;
  if (isWord(reader, 'type') && kindAt(reader, 1) === 'name') return readTypeAlias(reader);
  const first = readYieldOrStarExpressions(reader);
  const kind = kindAt(reader);
  if (kind === '=') return readAssignment(reader, token, first);
  if (kind === ':') return readAnnotated(reader, token, first);
  if (isAugmented(kind)) {
    checkSingleTarget(reader, first, 'augmented assignment');
    reader.index += 1;
    return { kind: 'augmented', token, target: first, value: readYieldOrStarExpressions(reader) };
  }
  return { kind: 'expression', token, value: first };
}

function readAssignment(reader: Reader, token: number, first: Expression): Statement {
  const targets: Expression[] = [];
  let value = first;
  while (take(reader, '=')) {
    checkTarget(reader, value);
    targets.push(value);
    value = readYieldOrStarExpressions(reader);
  }
  return { kind: 'assign', token, targets, value };
}

function readAnnotated(reader: Reader, token: number, target: Expression): Statement {
  checkSingleTarget(reader, target, 'annotation');
  const isSimple = target.kind === 'name' && reader.tokens.kinds[token] === 'name';
  expect(reader, ':');
  const annotation = readExpression(reader);
  const value = take(reader, '=') ? readYieldOrStarExpressions(reader) : undefined;
  return { kind: 'annotated', token, target, isSimple, annotation, value };
}

function readTypeAlias(reader: Reader): Statement {
  const token = reader.index;
  requireSyntax(reader, 'a type statement');
  reader.index += 1;
  const name = readName(reader);
  const typeParameters = readTypeParameters(reader);
  if (!is(reader, '=')) throw unexpected(reader);
  reader.index += 1;
  return { kind: 'type_alias', token, name, typeParameters, value: readExpression(reader) };
}
