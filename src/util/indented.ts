/** A value as JSON with two spaces, to stand in a document at this indent. */
export function indented(value: unknown, indent: string): string {
  // Line breaks inside of texts are escaped, so that each one here starts a line of the layout.
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);
}
