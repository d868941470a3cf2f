/**
 * The value that GitHub's upload action computes for a line (`primaryLocationLineHash`) where a SARIF file has none: a
 * rolling hash over the next hundred characters that aren't blank, and a count for equal ones. Files that are uploaded
 * in other ways need it, and an equal value makes the action silent.
 * Source: github/codeql-action, src/fingerprints.ts.
 */

const BLOCK_SIZE = 100;
const MULTIPLIER = 37n;
const END_OF_FILE = 65_535;
const highest = MULTIPLIER ** BigInt(BLOCK_SIZE);

/** Hashes of all lines of a file, the first line first. */
export function lineHashes(text: string): string[] {
  const window = new Array<number>(BLOCK_SIZE).fill(0);
  const lineAt = new Array<number>(BLOCK_SIZE).fill(-1);
  const counts = new Map<string, number>();
  const hashes: string[] = [];
  let [hash, index, line, isLineStart, wasReturn] = [0n, 0, 0, true, false];
  const put = () => {
    const value = hash.toString(16);
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    hashes[(lineAt[index] ?? 1) - 1] = `${value}:${count}`;
    lineAt[index] = -1;
  };
  const roll = (code: number) => {
    hash = BigInt.asUintN(64, MULTIPLIER * hash + BigInt(code) - highest * BigInt(window[index] ?? 0));
    window[index] = code;
    index = (index + 1) % BLOCK_SIZE;
  };
  const take = (given: number) => {
    const isBlank = given === 0x20 || given === 0x09 || (wasReturn && given === 0x0a);
    wasReturn = !isBlank && given === 0x0d;
    if (isBlank) return;
    const code = wasReturn ? 0x0a : given;
    if (lineAt[index] !== -1) put();
    if (isLineStart) {
      line += 1;
      lineAt[index] = line;
    }
    isLineStart = code === 0x0a;
    roll(code);
  };
  for (let at = 0; at < text.length; at += 1) take(text.charCodeAt(at));
  take(END_OF_FILE);
  for (let at = 0; at < BLOCK_SIZE; at += 1) {
    if (lineAt[index] !== -1) put();
    roll(0);
  }
  return hashes;
}
