import { RegexMistake, RegexUnknownGroup } from './nodes.js';
import type { Regex } from './nodes.js';

/** A replacement text in pieces: literal text or the number of a group. */
export type Piece = string | number;

const simple: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\u0007', b: '\b', '\\': '\\' };

/** Reads the template of `re.sub` and `Match.expand`. Throws RegexMistake. */
export function readTemplate(regex: Regex, template: string): Piece[] {
  const pieces: Piece[] = [];
  const pattern = /\\g<([^>]*)>|\\(0[0-7]{0,2}|[1-3][0-7]{2})|\\([1-9][0-9]?)|\\([\s\S]?)/g;
  let last = 0;
  for (const match of template.matchAll(pattern)) {
    pieces.push(template.slice(last, match.index));
    last = match.index + match[0].length;
    if (match[1] !== undefined) pieces.push(groupNumber(regex, match[1]));
    else if (match[2] !== undefined) pieces.push(String.fromCharCode(parseInt(match[2], 8)));
    else if (match[3] !== undefined) pieces.push(groupNumber(regex, match[3]));
    else pieces.push(escaped(match[4] ?? ''));
  }
  pieces.push(template.slice(last));
  return pieces;
}

function escaped(letter: string): string {
  const known = simple[letter];
  if (known !== undefined) return known;
  if (letter === '' || /[A-Za-z]/.test(letter)) throw new RegexMistake(`bad escape \\${letter}`);
  return `\\${letter}`;
}

/** The number of a group by number or name. Throws RegexMistake. */
export function groupNumber(regex: Regex, name: string): number {
  const index = /^\d+$/.test(name) ? Number(name) : regex.groupNames.get(name);
  if (index === undefined) throw new RegexUnknownGroup(`unknown group name '${name}'`);
  if (index > regex.groupCount) throw new RegexMistake(`invalid group reference ${name}`);
  return index;
}
