import { Refusal } from '../refusal.js';
import { push } from './tokens.js';
import type { FormattedMode, TokenizerState } from './tokens.js';

/** MAXLEVEL of CPython's Parser/tokenizer.h. */
const MAX_BRACKETS = 200;

const openings: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Keeps track of brackets; those that hold a replacement field of an f-string switch between text and tokens. */
export function readOperator(state: TokenizerState, operator: string): void {
  const start = state.position;
  const mode = state.formatted.at(-1);
  const text = mode !== undefined && endsExpression(mode, operator) ? ':' : operator;
  state.position += text.length;
  if (text === '(' || text === '[' || text === '{') open(state, mode, text, start);
  else if (text === ')' || text === ']' || text === '}') close(state, mode, text, start);
  else if (mode !== undefined && endsExpression(mode, text)) mode.inText = true;
  push(state, text, start);
}

/** A colon right in a replacement field starts its format specification, also when `=` follows. */
function endsExpression(mode: FormattedMode, operator: string): boolean {
  return operator.startsWith(':') && mode.bracketDepth - 1 === mode.fields.at(-1);
}

function open(state: TokenizerState, mode: FormattedMode | undefined, bracket: string, offset: number): void {
  if (state.brackets.length >= MAX_BRACKETS) throw new Refusal('too many nested parentheses', offset);
  state.brackets.push(bracket.charCodeAt(0));
  state.bracketOffsets.push(offset);
  if (mode !== undefined) mode.bracketDepth += 1;
}

function close(state: TokenizerState, mode: FormattedMode | undefined, bracket: string, offset: number): void {
  if (mode?.bracketDepth === 0 && bracket === '}') throw new Refusal("f-string: single '}' is not allowed", offset);
  const opened = state.brackets.pop();
  state.bracketOffsets.pop();
  if (opened === undefined) throw new Refusal(`unmatched '${bracket}'`, offset);
  if (String.fromCharCode(opened) !== openings[bracket]) {
    const opening = String.fromCharCode(opened);
    throw new Refusal(
      mode !== undefined && opening === '{'
        ? `f-string: unmatched '${bracket}'`
        : `closing parenthesis '${bracket}' does not match opening parenthesis '${opening}'`,
      offset,
    );
  }
  if (mode === undefined) return;
  mode.bracketDepth -= 1;
  if (bracket === '}' && mode.bracketDepth === mode.fields.at(-1)) {
    mode.fields.pop();
    mode.inText = true;
  }
}
