/**
 * A file's tokens, as parallel arrays. The kind of an operator or keyword is its text; the others are `name`, `number`,
 * `string`, `fstring_start`, `fstring_middle`, `fstring_end`, `newline`, `indent`, `dedent` and `end`.
 */
export interface Tokens {
  readonly source: string;
  readonly kinds: readonly string[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Where the tokenizer stands in an f-string; https://peps.python.org/pep-0701/ describes the modes. */
export interface FormattedMode {
  readonly quote: number;
  readonly quoteSize: number;
  readonly isRaw: boolean;
  /** Brackets open since the string started. */
  bracketDepth: number;
  /** Bracket depths at which its replacement fields started: the length is the nesting of fields. */
  readonly fields: number[];
  /** Whether the next characters are text of the string (or of a format specification), not tokens. */
  inText: boolean;
}

export interface TokenizerState {
  readonly source: string;
  position: number;
  readonly kinds: string[];
  readonly starts: number[];
  readonly ends: number[];
  /** Columns of the open blocks, with tabs to multiples of 8 and of 1: both must agree. */
  readonly indents: number[];
  readonly narrowIndents: number[];
  /** Codes of the open brackets. */
  readonly brackets: number[];
  readonly bracketOffsets: number[];
  readonly formatted: FormattedMode[];
  isLineStart: boolean;
}

export function push(state: TokenizerState, kind: string, start: number): void {
  state.kinds.push(kind);
  state.starts.push(start);
  state.ends.push(state.position);
}
