import { clamp, visible } from '../visible.js';

/**
 * What the terminal renderers share: styles that can be switched off, columns, wrapping. Repository text goes through
 * `clean` before it gets here, so that the only escape sequences in the output are ours.
 */

const styles = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
} as const;

export type Style = keyof typeof styles;
export type Paint = (style: Style, text: string) => string;

export interface TextOptions {
  readonly color: boolean;
}

/** Paints text, or leaves it alone when colours are off. */
export function painter({ color }: TextOptions): Paint {
  return (style, text) => {
    const [open, close] = styles[style];
    return color ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  };
}

/** Longer identifiers are cut: they are a fault of the repository and would hide the rest of the line. */
const LONGEST_TEXT = 200;

/** Repository text as one safe line. */
export function clean(text: string, limit = LONGEST_TEXT): string {
  return clamp(visible(text), limit);
}

// eslint-disable-next-line no-control-regex -- our own escape sequences, which take no columns
const styleSequence = /\u001b\[\d+m/g;
const wideCharacter =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const noWidth = /^(?:\p{Mn}|\p{Me}|\u200c|\u200d|\ufe0f)$/u;

/** Columns that a text takes in a terminal. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text.replace(styleSequence, '')) {
    if (!noWidth.test(character)) width += wideCharacter.test(character) ? 2 : 1;
  }
  return width;
}

/** Fills a text with spaces to a width. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

/** Rows with aligned columns; the last column isn't filled. */
export function columns(rows: readonly (readonly string[])[], gap = 2): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, textWidth(cell))));
  }
  return rows.map((row) =>
    row
      .map((cell, index) => (index === row.length - 1 ? cell : pad(cell, (widths[index] ?? 0) + gap)))
      .join('')
      .trimEnd(),
  );
}

function splitLongWord(word: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (textWidth(piece + character) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}

/** Breaks text at spaces (a longer word anywhere) into lines of at most `width` columns. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((part) => splitLongWord(part, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** Wrapped text behind a label; later lines hang under the first. */
export function hanging(label: string, text: string, width: number): string[] {
  const indent = textWidth(label);
  return wrap(text, Math.max(20, width - indent)).map((line, index) =>
    index === 0 ? label + line : ' '.repeat(indent) + line,
  );
}

/** Lines as a file: no trailing spaces, one newline at the end. */
export function lines(parts: readonly string[]): string {
  return `${parts.map((part) => part.trimEnd()).join('\n')}\n`;
}
