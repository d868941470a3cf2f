import type { Expression, Pattern } from '../tree.js';
import { expect, is, isWord, kindAt, readName, refusalAt, take, textAt, unexpected } from './reader.js';
import type { Reader } from './reader.js';
import { readStrings } from './strings.js';

/** The pattern of a `case`: several side by side are a sequence. */
export function readPatterns(reader: Reader): Pattern {
  const token = reader.index;
  const first = readMaybeStar(reader);
  if (!is(reader, ',')) {
    if (first.kind === 'star') throw unexpected(reader);
    return first;
  }
  return { kind: 'sequence', token, elements: readMore(reader, first) };
}

function readMore(reader: Reader, first: Pattern): Pattern[] {
  const elements = [first];
  while (take(reader, ',')) {
    if (is(reader, ')') || is(reader, ']') || is(reader, ':') || is(reader, 'if')) break;
    elements.push(readMaybeStar(reader));
  }
  return elements;
}

function readMaybeStar(reader: Reader): Pattern {
  const token = reader.index;
  if (!take(reader, '*')) return readPattern(reader);
  const isWildcard = isWord(reader, '_');
  const name = readName(reader);
  return { kind: 'star', token, name: isWildcard ? '' : name };
}

function readPattern(reader: Reader): Pattern {
  const token = reader.index;
  const first = readClosed(reader);
  const options = [first];
  while (take(reader, '|')) options.push(readClosed(reader));
  const pattern: Pattern = options.length === 1 ? first : { kind: 'or', token, options };
  if (!take(reader, 'as')) return pattern;
  return { kind: 'as', token, pattern, name: readCaptureName(reader) };
}

function readCaptureName(reader: Reader): string {
  if (isWord(reader, '_')) throw refusalAt(reader, "cannot use '_' as a target");
  return readName(reader);
}

function readClosed(reader: Reader): Pattern {
  const token = reader.index;
  switch (kindAt(reader)) {
    case '(':
      return readGroup(reader);
    case '[':
      return readSequence(reader);
    case '{':
      return readMapping(reader);
    case 'name':
      return readNamed(reader);
    default:
      return { kind: 'value', token, value: readLiteral(reader) };
  }
}

/** A number (with a sign, or complex), strings, None, True or False. */
function readLiteral(reader: Reader): Expression {
  const token = reader.index;
  switch (kindAt(reader)) {
    case 'string':
    case 'fstring_start': {
      const value = readStrings(reader);
      if (value.kind === 'constant') return value;
      throw refusalAt(reader, 'patterns may only match literals and attribute lookups', token);
    }
    case 'None':
    case 'True':
    case 'False':
      reader.index += 1;
      return { kind: 'constant', token, type: 'word', tokenCount: 1 };
    default:
      return readNumber(reader);
  }
}

function readNumber(reader: Reader): Expression {
  const token = reader.index;
  take(reader, '-');
  const isImaginary = takeNumber(reader);
  if (is(reader, '+') || is(reader, '-')) {
    if (isImaginary) throw refusalAt(reader, 'real number required in complex literal', token);
    reader.index += 1;
    if (!takeNumber(reader)) throw refusalAt(reader, 'imaginary number required in complex literal', reader.index - 1);
  }
  return { kind: 'constant', token, type: 'number', tokenCount: reader.index - token };
}

/** Steps over a number; whether it is imaginary. */
function takeNumber(reader: Reader): boolean {
  const text = textAt(reader, reader.index);
  expect(reader, 'number');
  return /[jJ]$/.test(text);
}

/** A capture, the wildcard, a dotted name or a class. */
function readNamed(reader: Reader): Pattern {
  const token = reader.index;
  const isWildcard = isWord(reader, '_');
  const name = readName(reader);
  if (!is(reader, '.') && !is(reader, '(')) return { kind: 'capture', token, name: isWildcard ? '' : name };
  let value: Expression = { kind: 'name', token, name };
  while (take(reader, '.')) value = { kind: 'attribute', token, object: value, name: readName(reader) };
  return is(reader, '(') ? readClass(reader, value) : { kind: 'value', token, value };
}

function readGroup(reader: Reader): Pattern {
  const token = reader.index;
  expect(reader, '(');
  if (take(reader, ')')) return { kind: 'sequence', token, elements: [] };
  const first = readMaybeStar(reader);
  const isSequence = is(reader, ',');
  if (first.kind === 'star' && !isSequence) throw unexpected(reader);
  const elements = readMore(reader, first);
  expect(reader, ')');
  return isSequence ? { kind: 'sequence', token, elements } : first;
}

function readSequence(reader: Reader): Pattern {
  const token = reader.index;
  expect(reader, '[');
  const elements = is(reader, ']') ? [] : readMore(reader, readMaybeStar(reader));
  expect(reader, ']');
  return { kind: 'sequence', token, elements };
}

function readMapping(reader: Reader): Pattern {
  const token = reader.index;
  const keys: Expression[] = [];
  const patterns: Pattern[] = [];
  let rest = '';
  expect(reader, '{');
  while (!is(reader, '}')) {
    if (take(reader, '**')) {
      rest = readCaptureName(reader);
      take(reader, ',');
      break;
    }
    keys.push(readKey(reader));
    expect(reader, ':');
    patterns.push(readPattern(reader));
    if (!take(reader, ',')) break;
  }
  expect(reader, '}');
  return { kind: 'mapping', token, keys, patterns, rest };
}

function readKey(reader: Reader): Expression {
  if (!is(reader, 'name')) return readLiteral(reader);
  const token = reader.index;
  let value: Expression = { kind: 'name', token, name: readName(reader) };
  if (!is(reader, '.')) throw unexpected(reader);
  while (take(reader, '.')) value = { kind: 'attribute', token, object: value, name: readName(reader) };
  return value;
}

function readClass(reader: Reader, callee: Expression): Pattern {
  const patterns: Pattern[] = [];
  const attributes: { name: string; token: number }[] = [];
  expect(reader, '(');
  while (!is(reader, ')')) {
    const token = reader.index;
    if (is(reader, 'name') && kindAt(reader, 1) === '=') {
      attributes.push({ name: readName(reader), token });
      expect(reader, '=');
    } else if (attributes.length > 0) throw refusalAt(reader, 'positional patterns follow keyword patterns', token);
    patterns.push(readPattern(reader));
    if (!take(reader, ',')) break;
  }
  expect(reader, ')');
  return { kind: 'class', token: callee.token, callee, patterns, attributes };
}
