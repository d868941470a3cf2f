/** A document as a file: two spaces, a newline at the end, keys in the order that the document has them. */
export function renderJson(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** About as many characters stand in one part: few enough to be held often, many enough to be worth a call. */
const PART_LENGTH = 1 << 20;

/** The same text in parts, for documents that are too large to be held as one. */
export function* renderJsonParts(document: object): Generator<string> {
  let part = '';
  for (const piece of piecesOf(document)) {
    part += piece;
    if (part.length < PART_LENGTH) continue;
    yield part;
    part = '';
  }
  yield part;
}

function* piecesOf(document: object): Generator<string> {
  const entries = Object.entries(document).filter(([, value]) => value !== undefined);
  yield '{';
  for (const [index, [key, value]] of entries.entries()) {
    yield `${index === 0 ? '' : ','}\n  ${JSON.stringify(key)}: `;
    if (Array.isArray(value) && value.length > 0) yield* listPieces(value);
    else yield indented(value, '  ');
  }
  yield `${entries.length === 0 ? '' : '\n'}}\n`;
}

function* listPieces(list: readonly unknown[]): Generator<string> {
  yield '[';
  for (const [index, value] of list.entries()) yield `${index === 0 ? '' : ','}\n    ${indented(value, '    ')}`;
  yield '\n  ]';
}

/** Line breaks inside of texts are escaped, so that each one here starts a line of the layout. */
function indented(value: unknown, indent: string): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);
}
