/**
 * Bytes as text of the page: 13 bits in two printable characters, which is 8 % less than Base64. None of the characters
 * means anything to HTML. The page's script reads it back (`templates/packed.js`).
 */

const BITS = 13;
/** 91 characters, so that a pair of them tells 8,281 values apart: `&`, `<` and the backtick are left out. */
const alphabet = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).filter((character) => !'&<`'.includes(character));
const pairs = Array.from({ length: 1 << BITS }, (_, value) => `${alphabet[Math.floor(value / 91)] ?? ''}${alphabet[value % 91] ?? ''}`);

/** Six bits and fewer at the end take one character, so that the text tells how many bytes there are. */
const END_BITS = 6;

/** Bytes as text. */
export function textOfBytes(bytes: Uint8Array): string {
  const parts: string[] = [];
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held |= byte << bits;
    bits += 8;
    if (bits < BITS) continue;
    parts.push(pairs[held & ((1 << BITS) - 1)] ?? '');
    held >>>= BITS;
    bits -= BITS;
  }
  if (bits > 0) parts.push((bits > END_BITS ? pairs[held] : alphabet[held]) ?? '');
  return parts.join('');
}
