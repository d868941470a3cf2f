import { clamp, visible } from '../visible.js';

/**
 * Repository text inside Markdown: one line, no HTML, no formatting, no links, no mentions, no issue references.
 * Entities are used where a backslash isn't understood everywhere.
 */

const LONGEST_TEXT = 300;
const WORD_JOINER = '\u2060';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '@': `@${WORD_JOINER}`, '#': `#${WORD_JOINER}` };

/** Text as Markdown text. */
export function markdownText(text: string, limit = LONGEST_TEXT): string {
  return clamp(visible(text).trim(), limit)
    .replace(/[&<>]/g, (character) => entities[character] ?? character)
    .replace(/[\\`*_[\]|~$]/g, '\\$&')
    .replace(/[@#](?=\w)/g, (character) => entities[character] ?? character)
    .replace(/(https?|ftp):|www\./gi, (start) => start.replace(/[:.]$/, (end) => `${WORD_JOINER}${end}`))
    .replace(/^(\d+)(?=[.)])/, '$1\\')
    .replace(/^[-+=#]/, '\\$&');
}

/** Text as a Markdown code span: nothing inside is formatted, mentioned or linked. A pipe would end a table cell. */
export function markdownCode(text: string, limit = LONGEST_TEXT): string {
  const shown = clamp(visible(text), limit).replace(/\|/g, '\u2223');
  const longestRun = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  const space = shown === '' || /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}
