/** Tables as CSV after RFC 4180, safe to open in a spreadsheet. */

/**
 * What a spreadsheet would read as a formula: these first characters, their full-width forms, and a tab or line break
 * before them, which it drops. https://owasp.org/www-community/attacks/CSV_Injection
 */
const formulaStart = /^[\s\0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/** A text of somebody else is shown as text: an apostrophe before it ends every formula. */
function field(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = formulaStart.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A head and its rows, lines ended by CRLF. */
export function renderCsv(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}
