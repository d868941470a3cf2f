import { Refusal } from '../refusal.js';
import { afterNewline, code, isNewline } from './characters.js';
import { checkText } from './literals.js';
import { push } from './tokens.js';
import type { FormattedMode, TokenizerState } from './tokens.js';

/** MAX_EXPR_NESTING of CPython's Parser/tokenizer.h: replacement fields inside format specifications. */
const MAX_FIELD_NESTING = 3;

/** Reads text of an f-string up to the next replacement field, the end of one, or the closing quote. */
export function readFormattedText(state: TokenizerState, mode: FormattedMode): void {
  const start = state.position;
  const end = findTextEnd(state, mode, start);
  state.position = end;
  if (end > start) {
    push(state, 'fstring_middle', start);
    checkText(state.source.slice(start, end), mode.isRaw ? 'r' : '', start);
  }
  const unit = state.source.charCodeAt(end);
  if (unit === mode.quote && isClosed(state.source, end, mode)) closeString(state, mode);
  else {
    if (unit === code.openBrace) openField(state, mode);
    mode.inText = false;
  }
}

function isClosed(source: string, offset: number, mode: FormattedMode): boolean {
  if (mode.quoteSize === 1) return true;
  return source.charCodeAt(offset + 1) === mode.quote && source.charCodeAt(offset + 2) === mode.quote;
}

function closeString(state: TokenizerState, mode: FormattedMode): void {
  const start = state.position;
  state.position += mode.quoteSize;
  push(state, 'fstring_end', start);
  state.formatted.pop();
}

function openField(state: TokenizerState, mode: FormattedMode): void {
  if (mode.fields.length >= MAX_FIELD_NESTING) throw new Refusal('f-string: expressions nested too deeply', state.position);
  mode.fields.push(mode.bracketDepth);
}

function findTextEnd(state: TokenizerState, mode: FormattedMode, start: number): number {
  const { source } = state;
  const inSpecification = mode.fields.length > 0;
  let position = start;
  for (;;) {
    const unit = source.charCodeAt(position);
    const next = source.charCodeAt(position + 1);
    if (unit === mode.quote && isClosed(source, position, mode)) return position;
    if (unit === code.openBrace || unit === code.closeBrace) {
      if (next !== unit || inSpecification) return position;
      position += 2;
    } else if (unit === code.backslash) position = afterEscape(source, position, mode);
    else if (Number.isNaN(unit) || (mode.quoteSize === 1 && isNewline(unit))) {
      if (inSpecification && !Number.isNaN(unit)) return position;
      throw new Refusal(mode.quoteSize === 1 ? 'unterminated f-string literal' : 'unterminated triple-quoted f-string literal', start);
    } else position += 1;
  }
}

/** A backslash hides the character behind it, but not a brace; `\N{...}` holds braces of its own. */
function afterEscape(source: string, offset: number, mode: FormattedMode): number {
  const next = source.charCodeAt(offset + 1);
  if (next === code.openBrace || next === code.closeBrace) return offset + 1;
  if (isNewline(next)) return afterNewline(source, offset + 1);
  if (!mode.isRaw && source.startsWith('N{', offset + 1)) {
    const close = source.indexOf('}', offset + 3);
    return close === -1 ? offset + 3 : close + 1;
  }
  return offset + 2;
}
