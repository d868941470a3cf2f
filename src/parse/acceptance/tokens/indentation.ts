import { Refusal } from '../refusal.js';
import { afterNewline, code, isNewline } from './characters.js';
import { push } from './tokens.js';
import type { TokenizerState } from './tokens.js';

/** MAXINDENT of CPython's Parser/tokenizer.h. */
const MAX_INDENTS = 100;

interface Columns {
  wide: number;
  narrow: number;
}

/** Reads the white space that a line starts with, and opens or closes blocks. A line without code has no indentation. */
export function readIndentation(state: TokenizerState): void {
  const columns = readColumns(state);
  state.isLineStart = false;
  const unit = state.source.charCodeAt(state.position);
  if (unit === code.hash || isNewline(unit)) return;
  const atEnd = Number.isNaN(unit);
  moveTo(state, atEnd ? { wide: 0, narrow: 0 } : columns);
}

/** Columns of the first character; of lines that a backslash joins, the first one with white space counts. */
function readColumns(state: TokenizerState): Columns {
  const columns = { wide: 0, narrow: 0 };
  let joined: Columns | undefined;
  for (;;) {
    const unit = state.source.charCodeAt(state.position);
    if (unit === code.space) addTo(columns, 1, 1);
    else if (unit === code.tab) addTo(columns, 8 - (columns.wide % 8), 1);
    else if (unit === code.formFeed) addTo(columns, -columns.wide, -columns.narrow);
    else if (unit === code.backslash) {
      if (joined === undefined && columns.wide > 0) joined = { ...columns };
      continueLine(state);
      continue;
    } else return joined === undefined ? columns : { wide: joined.wide, narrow: joined.wide };
    state.position += 1;
  }
}

function addTo(columns: Columns, wide: number, narrow: number): void {
  columns.wide += wide;
  columns.narrow += narrow;
}

/** Steps over a backslash and its line break. */
export function continueLine(state: TokenizerState): void {
  const start = state.position;
  if (!isNewline(state.source.charCodeAt(start + 1))) {
    const atEnd = start + 1 >= state.source.length;
    throw new Refusal(atEnd ? 'unexpected EOF while parsing' : 'unexpected character after line continuation character', start);
  }
  state.position = afterNewline(state.source, start + 1);
  if (state.position >= state.source.length) throw new Refusal('unexpected EOF while parsing', start);
}

function moveTo(state: TokenizerState, { wide, narrow }: Columns): void {
  const { indents, narrowIndents, position } = state;
  const current = indents.at(-1) ?? 0;
  if (wide > current) {
    if (indents.length >= MAX_INDENTS) throw new Refusal('too many levels of indentation', position);
    if (narrow <= (narrowIndents.at(-1) ?? 0)) throw inconsistent(position);
    indents.push(wide);
    narrowIndents.push(narrow);
    push(state, 'indent', position);
    return;
  }
  while (indents.length > 1 && wide < (indents.at(-1) ?? 0)) {
    indents.pop();
    narrowIndents.pop();
    push(state, 'dedent', position);
  }
  if (wide !== (indents.at(-1) ?? 0)) throw new Refusal('unindent does not match any outer indentation level', position);
  if (narrow !== (narrowIndents.at(-1) ?? 0)) throw inconsistent(position);
}

function inconsistent(offset: number): Refusal {
  return new Refusal('inconsistent use of tabs and spaces in indentation', offset);
}
