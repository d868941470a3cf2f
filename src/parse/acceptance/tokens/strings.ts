import { Refusal } from '../refusal.js';
import { afterNewline, code, isNewline } from './characters.js';
import { checkText } from './literals.js';
import { push } from './tokens.js';
import type { TokenizerState } from './tokens.js';

/** MAXFSTRINGLEVEL of CPython's Parser/tokenizer.h. */
const MAX_NESTED_FSTRINGS = 150;

/** Reads a string whose opening quote stands at the position; the token starts with its prefix. */
export function readString(state: TokenizerState, start: number): void {
  const prefix = start === state.position ? '' : state.source.slice(start, state.position).toLowerCase();
  const quote = state.source.charCodeAt(state.position);
  const quoteSize = openingSize(state.source, state.position, quote);
  if (prefix.includes('f')) {
    startFormatted(state, start, quote, quoteSize, prefix.includes('r'));
    return;
  }
  const textStart = state.position + quoteSize;
  const end = findEnd(state.source, textStart, quote, quoteSize, start);
  if (prefix.includes('b') || hasBackslash(state.source, textStart, end)) checkText(state.source.slice(textStart, end), prefix, start);
  state.position = end + quoteSize;
  push(state, 'string', start);
}

function openingSize(source: string, offset: number, quote: number): number {
  return source.charCodeAt(offset + 1) === quote && source.charCodeAt(offset + 2) === quote ? 3 : 1;
}

function hasBackslash(source: string, start: number, end: number): boolean {
  for (let position = start; position < end; position += 1) if (source.charCodeAt(position) === code.backslash) return true;
  return false;
}

function findEnd(source: string, textStart: number, quote: number, quoteSize: number, start: number): number {
  let position = textStart;
  for (;;) {
    const unit = source.charCodeAt(position);
    if (unit === quote) {
      if (quoteSize === 1) return position;
      if (source.charCodeAt(position + 1) === quote && source.charCodeAt(position + 2) === quote) return position;
    } else if (unit === code.backslash) {
      position = isNewline(source.charCodeAt(position + 1)) ? afterNewline(source, position + 1) : position + 2;
      continue;
    } else if (Number.isNaN(unit) || (quoteSize === 1 && isNewline(unit))) {
      throw new Refusal(quoteSize === 1 ? 'unterminated string literal' : 'unterminated triple-quoted string literal', start);
    }
    position += 1;
  }
}

function startFormatted(state: TokenizerState, start: number, quote: number, quoteSize: number, isRaw: boolean): void {
  if (state.formatted.length + 1 >= MAX_NESTED_FSTRINGS) throw new Refusal('too many nested f-strings', start);
  state.position += quoteSize;
  push(state, 'fstring_start', start);
  state.formatted.push({ quote, quoteSize, isRaw, bracketDepth: 0, fields: [], inText: true });
}
