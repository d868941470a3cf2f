import { indented } from '../util/indented.js';

/** A document as a file: two spaces, a newline at the end, keys in the order that the document has them. */
export function renderJson(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** About as many characters stand in one part: few enough to be held often, many enough to be worth a call. */
const PART_LENGTH = 1 << 20;

/** Lists of a document by key, whose items are laid out already. */
export type ListTexts = Readonly<Partial<Record<string, readonly { text(): string }[]>>>;

/** The same text in parts, for documents that are too large to be held as one. `lists` stand in place of the document's own. */
export function* renderJsonParts(document: object, lists: ListTexts = {}): Generator<string> {
  let part = '';
  for (const piece of piecesOf(document, lists)) {
    part += piece;
    if (part.length < PART_LENGTH) continue;
    yield part;
    part = '';
  }
  yield part;
}

function* piecesOf(document: object, lists: ListTexts): Generator<string> {
  const entries = Object.entries(document).filter(([, value]) => value !== undefined);
  yield '{';
  for (const [index, [key, value]] of entries.entries()) {
    yield `${index === 0 ? '' : ','}\n  ${JSON.stringify(key)}: `;
    const items = lists[key] ?? (Array.isArray(value) ? value.map((item: unknown) => ({ text: () => indented(item, '    ') })) : []);
    if (items.length > 0) yield* listPieces(items);
    else yield indented(value, '  ');
  }
  yield `${entries.length === 0 ? '' : '\n'}}\n`;
}

function* listPieces(items: readonly { text(): string }[]): Generator<string> {
  yield '[';
  for (const [index, item] of items.entries()) yield `${index === 0 ? '' : ','}\n    ${item.text()}`;
  yield '\n  ]';
}
