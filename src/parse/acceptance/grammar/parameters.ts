import type { Expression, Parameter, TypeParameter } from '../tree.js';
import { expect, is, readName, refusalAt, requireSyntax, take, unexpected } from './reader.js';
import type { Reader } from './reader.js';

/** What was met so far in a list of parameters. */
interface Progress {
  readonly list: Parameter[];
  readonly isLambda: boolean;
  needsDefault: boolean;
  sawSlash: boolean;
  sawStar: boolean;
}

/** The parameters of a function, with their parentheses. */
export function readParameters(reader: Reader): Parameter[] {
  expect(reader, '(');
  const list = readList(reader, ')', false);
  expect(reader, ')');
  return list;
}

/** The parameters of a lambda, up to its colon. */
export function readLambdaParameters(reader: Reader): Parameter[] {
  return readList(reader, ':', true);
}

function readList(reader: Reader, closing: string, isLambda: boolean): Parameter[] {
  const progress: Progress = { list: [], isLambda, needsDefault: false, sawSlash: false, sawStar: false };
  while (!is(reader, closing)) {
    if (take(reader, '**')) {
      progress.list.push(readUndefaulted(reader, progress));
      take(reader, ',');
      break;
    }
    if (is(reader, '/')) readSlash(reader, progress);
    else if (is(reader, '*')) readStar(reader, progress, closing);
    else readParameter(reader, progress);
    if (!take(reader, ',')) break;
  }
  return progress.list;
}

function readSlash(reader: Reader, progress: Progress): void {
  if (progress.sawSlash) throw refusalAt(reader, '/ may appear only once');
  if (progress.sawStar) throw refusalAt(reader, '/ must be ahead of *');
  if (progress.list.length === 0) throw refusalAt(reader, 'at least one argument must precede /');
  requireSyntax(reader, 'a / among parameters');
  progress.sawSlash = true;
  reader.index += 1;
}

function readStar(reader: Reader, progress: Progress, closing: string): void {
  if (progress.sawStar) throw refusalAt(reader, '* argument may appear only once');
  const token = reader.index;
  progress.sawStar = true;
  reader.index += 1;
  if (is(reader, 'name')) {
    progress.list.push(readUndefaulted(reader, progress, true));
    return;
  }
  const next = reader.tokens.kinds[reader.index + 1];
  if (!is(reader, ',') || next === closing || next === '**') throw refusalAt(reader, 'named arguments must follow bare *', token);
}

/** `*args` and `**kwargs`. */
function readUndefaulted(reader: Reader, progress: Progress, mayBeStarred = false): Parameter {
  const token = reader.index;
  const name = readName(reader);
  const annotation = progress.isLambda ? undefined : readAnnotation(reader, mayBeStarred);
  if (is(reader, '=')) throw refusalAt(reader, 'var-positional and var-keyword arguments cannot have default value');
  return { token, name, annotation, default: undefined };
}

function readAnnotation(reader: Reader, mayBeStarred: boolean): Expression | undefined {
  if (!take(reader, ':')) return undefined;
  if (!mayBeStarred || !is(reader, '*')) return reader.grammar.expression(reader);
  requireSyntax(reader, 'a starred annotation of *args');
  reader.index += 1;
  return reader.grammar.bitwise(reader);
}

function readParameter(reader: Reader, progress: Progress): void {
  const token = reader.index;
  const name = readName(reader);
  const annotation = progress.isLambda ? undefined : readAnnotation(reader, false);
  const value = take(reader, '=') ? reader.grammar.expression(reader) : undefined;
  if (!progress.sawStar) {
    if (value !== undefined) progress.needsDefault = true;
    else if (progress.needsDefault) throw refusalAt(reader, 'parameter without a default follows parameter with a default', token);
  }
  progress.list.push({ token, name, annotation, default: value });
}

/** `[T, U: int, *Ts, **P]` of a function, a class or a type alias, if there is one. */
export function readTypeParameters(reader: Reader): TypeParameter[] {
  if (!is(reader, '[')) return [];
  requireSyntax(reader, 'a type parameter list');
  reader.index += 1;
  const list: TypeParameter[] = [];
  do {
    if (is(reader, ']')) break;
    list.push(readTypeParameter(reader));
  } while (take(reader, ','));
  if (list.length === 0) throw refusalAt(reader, 'Type parameter list cannot be empty');
  expect(reader, ']');
  return list;
}

function readTypeParameter(reader: Reader): TypeParameter {
  const token = reader.index;
  const isPlain = !take(reader, '*') && !take(reader, '**');
  const name = readName(reader);
  if (!isPlain && is(reader, ':')) throw unexpected(reader);
  const bound = take(reader, ':') ? reader.grammar.expression(reader) : undefined;
  if (is(reader, '=')) {
    requireSyntax(reader, 'a default of a type parameter');
    reader.index += 1;
    take(reader, '*');
    reader.grammar.expression(reader);
  }
  return { token, name, bound };
}
