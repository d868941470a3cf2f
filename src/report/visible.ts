/**
 * Repository text is untrusted: before any renderer prints it, what would be invisible or would steer the reader's
 * screen (terminal escapes, bidirectional overrides, zero-width characters) is turned into visible marks.
 */

// Zero-width joiners (U+200C, U+200D) stay: emoji and several scripts need them, and they reorder nothing.
const unsafeCharacters =
  // eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const CONTROL_PICTURES = 0x2400;
const DELETE = 0x7f;

function mark(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(CONTROL_PICTURES + code);
  if (code === DELETE) return '\u2421';
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

/** One line of text in which every control character can be seen and none can act. */
export function visible(text: string): string {
  return text.replace(unsafeCharacters, mark);
}

/** As `visible`, with line feeds and tabs left as they are: for blocks that keep their lines. */
export function visibleBlock(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .split('\n')
    .map((line) => line.split('\t').map(visible).join('\t'))
    .join('\n');
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** At most `limit` characters as a reader counts them, with an ellipsis where text was cut. */
export function clamp(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const parts: string[] = [];
  for (const { segment } of graphemes.segment(text)) {
    if (parts.length === limit) return `${parts.slice(0, limit - 1).join('')}…`;
    parts.push(segment);
  }
  return text;
}

/** As `clamp`, but cut near the beginning: addresses begin alike and differ at their end. */
export function clampMiddle(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const parts = [...graphemes.segment(text)].map(({ segment }) => segment);
  if (parts.length <= limit) return text;
  const head = Math.floor((limit - 1) / 4);
  return `${parts.slice(0, head).join('')}…${parts.slice(parts.length - (limit - 1 - head)).join('')}`;
}
