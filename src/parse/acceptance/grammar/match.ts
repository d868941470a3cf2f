import type { Block, MatchCase, Statement } from '../tree.js';
import { readElement, readElements, readNamedExpression } from './expressions.js';
import { readPatterns } from './patterns.js';
import { expect, is, isWord, kindAt, requireSyntax, take, unexpected } from './reader.js';
import type { Reader } from './reader.js';

/** Tokens that `match` as a name can have behind it, but a subject can't start with. */
const notSubject: ReadonlySet<string> = new Set(['=', '.', ',', ':', ')', 'newline', ';']);

/** Whether a match statement starts here: a line that begins with the word and ends with a colon can be nothing else. */
export function isMatch(reader: Reader): boolean {
  if (!isWord(reader, 'match') || notSubject.has(kindAt(reader, 1))) return false;
  const { kinds } = reader.tokens;
  let index = reader.index;
  while (kinds[index] !== 'newline' && kinds[index] !== 'end') index += 1;
  return kinds[index - 1] === ':';
}

export function readMatch(reader: Reader, readBlock: (reader: Reader) => Block): Statement {
  const token = reader.index;
  requireSyntax(reader, 'a match statement');
  reader.index += 1;
  const first = readElement(reader);
  const subject = is(reader, ',') ? ({ kind: 'tuple', token: token + 1, elements: readElements(reader, first) } as const) : first;
  if (subject.kind === 'starred') throw unexpected(reader);
  expect(reader, ':');
  expect(reader, 'newline');
  if (!take(reader, 'indent')) throw unexpected(reader);
  const cases: MatchCase[] = [];
  while (!take(reader, 'dedent')) cases.push(readCase(reader, readBlock));
  return { kind: 'match', token, subject, cases };
}

function readCase(reader: Reader, readBlock: (reader: Reader) => Block): MatchCase {
  if (!isWord(reader, 'case')) throw unexpected(reader);
  reader.index += 1;
  const pattern = readPatterns(reader);
  const guard = take(reader, 'if') ? readNamedExpression(reader) : undefined;
  return { pattern, guard, body: readBlock(reader) };
}
