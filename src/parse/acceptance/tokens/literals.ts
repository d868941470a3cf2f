import { Refusal } from '../refusal.js';

/**
 * Escapes that Python can't read: too few digits, a name without braces or with characters that no Unicode name has, a
 * code point beyond Unicode.
 */
const badEscape = /\\(?:[^xuUN]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U(?:000[0-9a-fA-F]|0010)[0-9a-fA-F]{4}|N\{[A-Za-z0-9 -]+\}|(.))/gsu;
const badBytesEscape = /\\(?:[^x]|x[0-9a-fA-F]{2}|(.))/gsu;

const words: Readonly<Record<string, string>> = {
  x: "(unicode error) 'unicodeescape' codec can't decode bytes: truncated \\xXX escape",
  u: "(unicode error) 'unicodeescape' codec can't decode bytes: truncated \\uXXXX escape",
  U: "(unicode error) 'unicodeescape' codec can't decode bytes: truncated \\UXXXXXXXX escape or illegal Unicode character",
  N: "(unicode error) 'unicodeescape' codec can't decode bytes: malformed \\N character escape or unknown Unicode character name",
};

/** Checks the text between the quotes of a literal. */
export function checkText(text: string, prefix: string, offset: number): void {
  const isBytes = prefix.includes('b');
  // eslint-disable-next-line no-control-regex -- every ASCII character is meant
  if (isBytes && /[^\x00-\x7f]/.test(text)) throw new Refusal('bytes can only contain ASCII literal characters', offset);
  if (prefix.includes('r') || !text.includes('\\')) return;
  const pattern = isBytes ? badBytesEscape : badEscape;
  for (const match of text.matchAll(pattern)) {
    const letter = match[1];
    if (letter === undefined) continue;
    throw new Refusal(isBytes ? `(value error) invalid \\x escape at position ${match.index}` : (words[letter] ?? 'invalid escape'), offset);
  }
}
