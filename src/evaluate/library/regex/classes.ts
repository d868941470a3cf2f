import { regexFlags } from './nodes.js';

export type Test = (codePoint: number) => boolean;

const isDigit: Test = (code) => (code < 128 ? code >= 48 && code <= 57 : /\p{Nd}/u.test(String.fromCodePoint(code)));
const asciiDigit: Test = (code) => code >= 48 && code <= 57;
const asciiWord: Test = (code) => asciiDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
const isWord: Test = (code) => (code < 128 ? asciiWord(code) : /[\p{L}\p{N}]/u.test(String.fromCodePoint(code)));
const asciiSpace: Test = (code) => code === 32 || (code >= 9 && code <= 13);
const isSpace: Test = (code) =>
  code < 128 ? asciiSpace(code) || (code >= 28 && code <= 31) : code === 0x85 || (code !== 0xfeff && /\s/.test(String.fromCodePoint(code)));

const not = (test: Test): Test => (code) => !test(code);

/** `\w`, `\D` and the like; undefined for other letters. */
export function category(letter: string, flags: number): Test | undefined {
  const ascii = (flags & regexFlags.A) !== 0;
  switch (letter) {
    case 'd': return ascii ? asciiDigit : isDigit;
    case 'D': return not(ascii ? asciiDigit : isDigit);
    case 'w': return ascii ? asciiWord : isWord;
    case 'W': return not(ascii ? asciiWord : isWord);
    case 's': return ascii ? asciiSpace : isSpace;
    case 'S': return not(ascii ? asciiSpace : isSpace);
    default: return undefined;
  }
}

/** Whether a word begins or ends at a place. */
export function wordBoundary(flags: number): (text: readonly number[], at: number) => boolean {
  const word = category('w', flags) ?? isWord;
  const isWordAt = (text: readonly number[], at: number): boolean => {
    const code = text[at];
    return code !== undefined && word(code);
  };
  return (text, at) => isWordAt(text, at - 1) !== isWordAt(text, at);
}

/** The other cases of a letter, itself first. */
export function casesOf(code: number): number[] {
  const letter = String.fromCodePoint(code);
  const all = [letter, letter.toLowerCase(), letter.toUpperCase()].filter((each) => [...each].length === 1);
  return [...new Set(all.map((each) => each.codePointAt(0) ?? code))];
}

/** A test that takes a letter in any case when the flags say so. */
export function withCase(test: Test, flags: number): Test {
  return (flags & regexFlags.I) === 0 ? test : (code) => casesOf(code).some(test);
}
