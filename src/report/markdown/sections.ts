import { countOf } from '../facts/plural.js';

/** Sections of lists and tables, cut to a size. */
export interface Section {
  readonly head: readonly string[];
  readonly rows: readonly string[];
  /** What a row is, for what is said of those that are cut. */
  readonly noun: string;
  readonly nouns?: string;
}

/** Room for the line that says what is cut. */
const CUT_BYTES = 120;

const bytesOf = (text: string): number => Buffer.byteLength(text) + 1;

function cutLine({ rows, noun, nouns }: Section, left: number): string {
  const isTable = rows[0]?.startsWith('|') === true;
  const words = nouns === undefined ? countOf(left, `more ${noun}`) : `${left} more ${left === 1 ? noun : nouns}`;
  return `${isTable ? '\n' : '- '}… and ${words}: the report has ${left === 1 ? 'it' : 'them'}.`;
}

/** The lines of a section in at most so many bytes. */
function linesWithin(section: Section, room: number): string[] {
  const heads = section.head.reduce((sum, line) => sum + bytesOf(line), 0);
  let left = room - heads - CUT_BYTES;
  const rows: string[] = [];
  for (const row of section.rows) {
    left -= bytesOf(row);
    if (left < 0) break;
    rows.push(row);
  }
  const cut = section.rows.length - rows.length;
  return [...section.head, ...rows, ...(cut === 0 ? [] : [cutLine(section, cut)])];
}

/**
 * Sections in their order in at most `most` bytes. Each gets an even share of what is left, and what one doesn't need
 * goes to those after it.
 */
export function sectionsWithin(sections: readonly Section[], most: number): string {
  const shown = sections.filter(({ rows }) => rows.length > 0);
  let left = most - 1;
  const lines = shown.flatMap((section, index) => {
    const own = linesWithin(section, left / (shown.length - index));
    left -= own.reduce((sum, line) => sum + bytesOf(line), 0);
    return own;
  });
  return `${lines.join('\n')}\n`;
}
