import { clamp, visible, visibleBlock } from '../visible.js';

/** HTML that is safe to print as it is: made only by this file's functions, from escaped text. */
export interface SafeHtml {
  readonly html: string;
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Escapes a value for text and for quoted attributes; control characters become visible. Line breaks stay. */
export function escapeHtml(value: string | number | boolean | null | undefined): string {
  return visibleBlock(String(value ?? '')).replace(/[&<>"'`]/g, (character) => entities[character] ?? '');
}

type Part = SafeHtml | string | number | readonly SafeHtml[];

function print(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(part);
  return 'html' in part ? part.html : part.map((item) => item.html).join('');
}

/** A piece of HTML: what is interpolated is escaped unless it is safe already. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): SafeHtml {
  return { html: strings.map((text, index) => text + (index < parts.length ? print(parts[index] ?? '') : '')).join('') };
}

export const nothing: SafeHtml = { html: '' };

/** Longer names are cut where they are only mentioned; the full one is in the title and in the DAG's own section. */
const LONGEST_NAME = 72;

/** Latin letters, digits and marks: nothing in it can change the direction of what stands around it. */
const plain = /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u205e\u2190-\u2193]*$/;

/** A text from the repository or the plan: escaped, on one line, isolated from the direction of the text around it. */
export function say(text: string, limit = Infinity): SafeHtml {
  const shown = clamp(visible(text), limit);
  return plain.test(text) ? html`${shown}` : html`<bdi>${shown}</bdi>`;
}

/** A name from the repository: isolated from the direction of the text around it, on one line, cut when too long. */
export function name(text: string, limit = LONGEST_NAME): SafeHtml {
  const shown = visible(text);
  const short = clamp(shown, limit);
  if (short === shown) return text !== '' && plain.test(text) ? html`${text}` : html`<bdi>${shown === '' ? '(empty)' : shown}</bdi>`;
  return html`<bdi title="${clamp(shown, 1_000)}">${short}</bdi>`;
}

/** A name as code. */
export function code(text: string, limit = LONGEST_NAME): SafeHtml {
  return html`<code>${name(text, limit)}</code>`;
}

const SHORT_PATH = 32;

/** `file:line`. */
export function place({ file, line }: { file: string; line: number }): SafeHtml {
  const shown = visible(file);
  // A long path breaks behind its slashes.
  const parts = shown.length <= SHORT_PATH ? [html`${shown}`] : shown.split('/').map((part, index) => (index === 0 ? html`${part}` : html`/<wbr>${part}`));
  return plain.test(file) ? html`<code class="place">${parts}:${line}</code>` : html`<code class="place"><bdi>${parts}</bdi>:${line}</code>`;
}

const unsafeInScript = /[<>&\u2028\u2029]/g;

/** JSON for a `<script type="application/json">`: no character in it can end the element. */
export function json(value: unknown): SafeHtml {
  const text = JSON.stringify(value).replace(
    unsafeInScript,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return { html: text };
}
