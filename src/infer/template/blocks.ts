/** A piece of a Jinja template: plain text, or the code of an expression or statement block. */
export interface TemplateBlock {
  kind: 'text' | 'expression' | 'statement';
  text: string;
}

const openings: readonly { open: string; close: string; kind: TemplateBlock['kind'] | 'comment' }[] = [
  { open: '{{', close: '}}', kind: 'expression' },
  { open: '{%', close: '%}', kind: 'statement' },
  { open: '{#', close: '#}', kind: 'comment' },
];

/**
 * Splits a Jinja template into blocks. Comments and `{% raw %}` sections are text that Jinja never evaluates, so they
 * give no block of code. An opening without its end is plain text.
 */
export function splitTemplate(source: string): TemplateBlock[] {
  const blocks: TemplateBlock[] = [];
  let position = 0;
  while (position < source.length) {
    const opening = nextOpening(source, position);
    if (!opening) break;
    pushText(blocks, source.slice(position, opening.start));
    const end = opening.kind === 'comment' ? source.indexOf(opening.close, opening.start + 2) : codeEnd(source, opening.start + 2, opening.close);
    if (end < 0) {
      position = opening.start;
      break;
    }
    const code = source.slice(opening.start + 2, end).replace(/^[-+]|[-+]$/g, '').trim();
    position = end + 2;
    if (opening.kind === 'statement' && code === 'raw') position = skipRaw(blocks, source, position);
    else if (opening.kind !== 'comment') blocks.push({ kind: opening.kind, text: code });
  }
  pushText(blocks, source.slice(position));
  return blocks;
}

/** A template's fixed text, with each evaluated part replaced by `hole`. Statements leave nothing behind. */
export function fillHoles(source: string, hole: string): string {
  return splitTemplate(source)
    .map((block) => (block.kind === 'text' ? block.text : block.kind === 'expression' ? hole : ''))
    .join('');
}

/** Whether Jinja would evaluate anything in the text. */
export function isTemplate(source: string): boolean {
  return splitTemplate(source).some((block) => block.kind !== 'text');
}

function pushText(blocks: TemplateBlock[], text: string): void {
  if (text !== '') blocks.push({ kind: 'text', text });
}

function nextOpening(source: string, from: number) {
  const pattern = /\{[{%#]/g;
  pattern.lastIndex = from;
  const start = pattern.exec(source)?.index;
  const opening = start === undefined ? undefined : openings.find((each) => source.startsWith(each.open, start));
  return opening && start !== undefined ? { ...opening, start } : undefined;
}

/** Where a block of code ends: the first closing mark outside of a quoted text. */
function codeEnd(source: string, from: number, close: string): number {
  let quote = '';
  for (let index = from; index < source.length; index += 1) {
    const character = source.charAt(index);
    if (quote !== '') {
      if (character === '\\') index += 1;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (source.startsWith(close, index)) return index;
  }
  return -1;
}

function skipRaw(blocks: TemplateBlock[], source: string, from: number): number {
  const pattern = /\{%[-+]?\s*endraw\s*[-+]?%\}/g;
  pattern.lastIndex = from;
  const end = pattern.exec(source);
  const stop = end ? end.index : source.length;
  pushText(blocks, source.slice(from, stop));
  return end ? stop + end[0].length : stop;
}
