/** A document as a file: two spaces, a newline at the end, keys in the order that the document has them. */
export function renderJson(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
