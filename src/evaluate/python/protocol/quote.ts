const named: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\\': '\\\\' };

/** Python writes everything that is not printable as an escape; the plain space alone is a printable separator. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/u;

/** Whether `str.isprintable` holds for a code point. */
export function isPrintable(character: string): boolean {
  return character === ' ' || !unprintable.test(character);
}

function hexadecimal(code: number): string {
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

/** Python takes single quotes unless the text has some and no double ones. */
function chooseQuote(text: string): string {
  return text.includes("'") && !text.includes('"') ? '"' : "'";
}

/** `repr(str)`. */
export function quoteText(text: string): string {
  const quote = chooseQuote(text);
  let result = quote;
  for (const character of text) {
    if (character === quote) result += `\\${quote}`;
    else result += named[character] ?? (isPrintable(character) ? character : hexadecimal(character.codePointAt(0) ?? 0));
  }
  return result + quote;
}

/** `repr(bytes)`. */
export function quoteBytes(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const quote = chooseQuote(text);
  let result = `b${quote}`;
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (character === quote) result += `\\${quote}`;
    else result += named[character] ?? (code >= 0x20 && code < 0x7f ? character : hexadecimal(code));
  }
  return result + quote;
}

/** What `ascii()` makes of a `repr`. */
export function escapeNonAscii(text: string): string {
  let result = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    result += code < 0x80 ? character : hexadecimal(code);
  }
  return result;
}
