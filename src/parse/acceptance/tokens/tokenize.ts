import { Refusal } from '../refusal.js';
import { readOperator } from './brackets.js';
import { afterNewline, code, continuesName, isDigit, isNewline, startsName } from './characters.js';
import { readFormattedText } from './formatted.js';
import { continueLine, readIndentation } from './indentation.js';
import { readNumber } from './numbers.js';
import { keywords, operatorAt } from './operators.js';
import { readString } from './strings.js';
import { push } from './tokens.js';
import type { Tokens, TokenizerState } from './tokens.js';

/**
 * Splits a file into tokens as CPython's Parser/tokenizer.c does.
 *
 * @throws Refusal for what it refuses there: indentation, brackets, literals, stray characters.
 */
export function tokenize(source: string): Tokens {
  const state: TokenizerState = {
    source,
    position: 0,
    kinds: [],
    starts: [],
    ends: [],
    indents: [0],
    narrowIndents: [0],
    brackets: [],
    bracketOffsets: [],
    formatted: [],
    isLineStart: true,
  };
  while (readToken(state)) {
    // Each step moves on; the last one says so.
  }
  return state;
}

/** Reads one token, or white space; false at the end. */
function readToken(state: TokenizerState): boolean {
  const mode = state.formatted.at(-1);
  if (mode?.inText === true) {
    readFormattedText(state, mode);
    return true;
  }
  if (state.isLineStart) readIndentation(state);
  const { source } = state;
  let unit = source.charCodeAt(state.position);
  while (unit === code.space || unit === code.tab || unit === code.formFeed) unit = source.charCodeAt(++state.position);
  if (startsName(unit)) readName(state);
  else if (isDigit(unit) || (unit === code.dot && isDigit(source.charCodeAt(state.position + 1)))) {
    const start = state.position;
    readNumber(state);
    push(state, 'number', start);
  } else if (unit === code.doubleQuote || unit === code.singleQuote) readString(state, state.position);
  else if (isNewline(unit)) readNewline(state);
  else if (unit === code.hash) skipComment(state);
  else if (unit === code.backslash) continueLine(state);
  else if (Number.isNaN(unit)) return readEnd(state);
  else readPunctuation(state);
  return true;
}

function readPunctuation(state: TokenizerState): void {
  const operator = operatorAt(state.source, state.position);
  if (operator === undefined) {
    const character = state.source.charAt(state.position);
    throw new Refusal(/[$?`]/.test(character) ? 'invalid syntax' : `invalid character U+${hex(character)}`, state.position);
  }
  readOperator(state, operator);
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}

function readName(state: TokenizerState): void {
  const { source } = state;
  const start = state.position;
  let position = start;
  let isAscii = true;
  let unit = source.charCodeAt(position);
  while (continuesName(unit)) {
    if (unit >= 0x80) isAscii = false;
    unit = source.charCodeAt(++position);
  }
  state.position = position;
  const text = source.slice(start, position);
  if ((unit === code.doubleQuote || unit === code.singleQuote) && isStringPrefix(text)) {
    readString(state, start);
    return;
  }
  if (!isAscii && !/^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(text)) throw new Refusal('invalid character in identifier', start);
  push(state, keywords.get(text) ?? 'name', start);
}

function isStringPrefix(text: string): boolean {
  return text.length <= 2 && /^(?:[bfru]|br|rb|fr|rf)$/i.test(text);
}

function readNewline(state: TokenizerState): void {
  const start = state.position;
  state.position = afterNewline(state.source, start);
  if (state.brackets.length > 0) return;
  state.isLineStart = true;
  const last = state.kinds.at(-1);
  if (last !== undefined && last !== 'newline' && last !== 'indent' && last !== 'dedent') push(state, 'newline', start);
}

function skipComment(state: TokenizerState): void {
  while (state.position < state.source.length && !isNewline(state.source.charCodeAt(state.position))) state.position += 1;
}

/** Ends the last line and closes every block. */
function readEnd(state: TokenizerState): boolean {
  const bracket = state.brackets.at(-1);
  const offset = state.bracketOffsets.at(-1);
  if (bracket !== undefined && offset !== undefined) throw new Refusal(`'${String.fromCharCode(bracket)}' was never closed`, offset);
  const last = state.kinds.at(-1);
  if (last !== undefined && last !== 'newline' && last !== 'dedent') push(state, 'newline', state.position);
  while (state.indents.length > 1) {
    state.indents.pop();
    push(state, 'dedent', state.position);
  }
  push(state, 'end', state.position);
  return false;
}
