import { Refusal } from '../refusal.js';
import { continuesName, isDigit } from './characters.js';
import type { TokenizerState } from './tokens.js';

/** Digits that CPython reads at most in a decimal integer: sys.int_info.default_max_str_digits. */
const MAX_DIGITS = 4300;

const prefixed: Readonly<Record<string, { readonly literal: RegExp; readonly name: string }>> = {
  x: { literal: /0[xX](?:_?[0-9a-fA-F])+/y, name: 'hexadecimal' },
  o: { literal: /0[oO](?:_?[0-7])+/y, name: 'octal' },
  b: { literal: /0[bB](?:_?[01])+/y, name: 'binary' },
};

/** A decimal integer, a float or an imaginary number; an `e` without digits behind it isn't part of it. */
const decimal = /(?:\d(?:_?\d)*)?(?:\.(?:\d(?:_?\d)*)?)?(?:[eE][-+]?\d(?:_?\d)*)?[jJ]?/y;

/** Keywords that may follow a number without a space: `1if x else 2`. */
const keywordsBehind = /(?:and|else|for|i[fns]|or|not)/y;

/** Reads a number, by Parser/tokenizer.c: no leading zeros, single underscores between digits, no name right behind. */
export function readNumber(state: TokenizerState): void {
  const { source, position } = state;
  const base = source.charAt(position) === '0' ? prefixed[source.charAt(position + 1).toLowerCase()] : undefined;
  const name = base?.name ?? 'decimal';
  const pattern = base?.literal ?? decimal;
  pattern.lastIndex = position;
  if (!pattern.test(source) || pattern.lastIndex === position) throw new Refusal(`invalid ${name} literal`, position);
  state.position = pattern.lastIndex;
  if (base === undefined) checkDecimal(source.slice(position, state.position), position);
  checkEnd(state, name);
}

function checkDecimal(text: string, offset: number): void {
  if (!/^[\d_]+$/.test(text)) return;
  if (/^0[0_]*[1-9]/.test(text)) {
    throw new Refusal('leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers', offset);
  }
  if (text.length > MAX_DIGITS && text.replaceAll('_', '').length > MAX_DIGITS && !/^[0_]+$/.test(text)) {
    throw new Refusal(`Exceeds the limit (${MAX_DIGITS} digits) for integer string conversion`, offset);
  }
}

function checkEnd(state: TokenizerState, name: string): void {
  const { source, position } = state;
  const unit = source.charCodeAt(position);
  if (!continuesName(unit)) return;
  if (isDigit(unit)) throw new Refusal(`invalid digit '${source.charAt(position)}' in ${name} literal`, position);
  keywordsBehind.lastIndex = position;
  if (!keywordsBehind.test(source)) throw new Refusal(`invalid ${name} literal`, position);
}
