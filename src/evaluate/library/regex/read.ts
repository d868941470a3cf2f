import type { Test } from './classes.js';
import { category, withCase, wordBoundary } from './classes.js';
import type { Regex, RegexNode } from './nodes.js';
import { RegexMistake, RegexNotModelled, regexFlags } from './nodes.js';
import { widthOf } from './width.js';

/** Reads a regular expression of Python's `re`. Throws RegexMistake or RegexNotModelled. */
export function readRegex(source: string, flags: number): Regex {
  const global = /^\(\?([aiLmsux]+)\)/.exec(source);
  const all = flags | letters(global?.[1] ?? '');
  const reader = new Reader([...source], global ? global[0].length : 0);
  const node = reader.choice(all);
  if (!reader.isOver) throw new RegexMistake('unbalanced parenthesis');
  // Flags in the middle are an error since 3.11, at the start they count for the whole.
  return { source, flags: all | ((all & regexFlags.A) === 0 ? regexFlags.U : 0), node, groupCount: reader.groups, groupNames: reader.names };
}

function letters(text: string): number {
  return [...text].reduce((flags, letter) => flags | (regexFlags[letter.toUpperCase() as keyof typeof regexFlags] ?? 0), 0);
}

const codeOf = (letter: string): number => letter.codePointAt(0) ?? 0;
const simpleEscapes: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, f: 12, v: 11, a: 7, '\\': 92 };
const endless = Number.POSITIVE_INFINITY;

class Reader {
  groups = 0;
  readonly names = new Map<string, number>();
  private readonly open = new Set<number>();
  constructor(
    private readonly pattern: readonly string[],
    private at: number,
  ) {}

  get isOver(): boolean {
    return this.at >= this.pattern.length;
  }
  private peek(): string {
    return this.pattern[this.at] ?? '';
  }
  private take(text: string): boolean {
    if (this.pattern.slice(this.at, this.at + text.length).join('') !== text) return false;
    this.at += text.length;
    return true;
  }

  choice(flags: number): RegexNode {
    const branches = [this.sequence(flags)];
    while (this.take('|')) branches.push(this.sequence(flags));
    const [only] = branches;
    return branches.length === 1 && only ? only : { kind: 'choice', branches };
  }

  private sequence(flags: number): RegexNode {
    const nodes: RegexNode[] = [];
    for (;;) {
      if ((flags & regexFlags.X) !== 0) this.skipSpace();
      if (this.isOver || this.peek() === '|' || this.peek() === ')') return { kind: 'sequence', nodes };
      const node = this.atom(flags);
      if (node) nodes.push(this.repeated(node, flags));
    }
  }

  private skipSpace(): void {
    for (;;) {
      if (/^\s$/.test(this.peek())) this.at += 1;
      else if (this.peek() === '#') while (!this.isOver && this.peek() !== '\n') this.at += 1;
      else return;
    }
  }

  private atom(flags: number): RegexNode | undefined {
    const letter = this.peek();
    if (letter === '(') return this.group(flags);
    if (letter === '[') return { kind: 'character', test: withCase(this.set(flags), flags) };
    if (letter === '\\') return this.escape(flags);
    if ('*+?'.includes(letter)) throw new RegexMistake('nothing to repeat');
    if (letter === '{' && this.bounds() !== undefined) throw new RegexMistake('nothing to repeat');
    this.at += 1;
    if (letter === '.') return { kind: 'character', test: (flags & regexFlags.S) === 0 ? (code) => code !== 10 : () => true };
    const lines = (flags & regexFlags.M) !== 0;
    if (letter === '^') return { kind: 'position', test: (text, at) => at === 0 || (lines && text[at - 1] === 10) };
    if (letter === '$') return { kind: 'position', test: (text, at) => at === text.length || (lines ? text[at] === 10 : at === text.length - 1 && text[at] === 10) };
    return literal(codeOf(letter), flags);
  }

  private repeated(node: RegexNode, flags: number): RegexNode {
    if ((flags & regexFlags.X) !== 0) this.skipSpace();
    const bounds = this.take('*') ? [0, endless] : this.take('+') ? [1, endless] : this.take('?') ? [0, 1] : this.bounds();
    if (!bounds) return node;
    const [minimum = 0, maximum = 0] = bounds;
    if (minimum > maximum) throw new RegexMistake('min repeat greater than max repeat');
    if (node.kind === 'position' || node.kind === 'repeat') throw new RegexNotModelled('a repeated position');
    const mode = this.take('?') ? 'lazy' : this.take('+') ? 'possessive' : 'greedy';
    if ('*+?'.includes(this.peek()) && this.peek() !== '') throw new RegexMistake('multiple repeat');
    return { kind: 'repeat', node, minimum, maximum, mode };
  }

  /** `{2,3}`; a brace that isn't that is itself. */
  private bounds(): readonly number[] | undefined {
    if (this.peek() !== '{') return undefined;
    const match = /^\{(\d*)(,?)(\d*)\}/.exec(this.pattern.slice(this.at, this.at + 40).join(''));
    if (!match || (match[1] === '' && match[2] === '') || match[0] === '{}') return undefined;
    this.at += match[0].length;
    const minimum = Number(match[1] ?? '');
    return [minimum, match[2] === '' ? minimum : match[3] === '' ? endless : Number(match[3])];
  }

  private group(flags: number): RegexNode | undefined {
    this.at += 1;
    if (!this.take('?')) return this.capture(flags, undefined);
    if (this.take('P<')) return this.capture(flags, this.until('>'));
    if (this.take('P=')) return this.reference(this.until(')'), flags);
    if (this.take(':')) return this.closed(this.choice(flags));
    if (this.take('>')) return { kind: 'atomic', node: this.closed(this.choice(flags)) };
    if (this.take('#')) {
      this.until(')');
      return undefined;
    }
    if (this.take('=')) return { kind: 'look', node: this.closed(this.choice(flags)), behind: undefined, isNegative: false };
    if (this.take('!')) return { kind: 'look', node: this.closed(this.choice(flags)), behind: undefined, isNegative: true };
    if (this.take('<=')) return this.behind(flags, false);
    if (this.take('<!')) return this.behind(flags, true);
    if (this.take('(')) return this.condition(flags);
    return this.flagged(flags);
  }

  private flagged(flags: number): RegexNode {
    const text = this.pattern.slice(this.at).join('');
    const match = /^([aiLmsux]*)(?:-([imsx]+))?:/.exec(text);
    if (!match) throw new RegexMistake('unknown extension or flags that are not at the start');
    this.at += match[0].length;
    return this.closed(this.choice((flags | letters(match[1] ?? '')) & ~letters(match[2] ?? '')));
  }

  private capture(flags: number, name: string | undefined): RegexNode {
    this.groups += 1;
    const index = this.groups;
    if (name !== undefined) {
      if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) throw new RegexMistake('bad character in group name');
      if (this.names.has(name)) throw new RegexMistake('redefinition of group name');
      this.names.set(name, index);
    }
    this.open.add(index);
    const node = this.closed(this.choice(flags));
    this.open.delete(index);
    return { kind: 'group', index, node };
  }

  private closed(node: RegexNode): RegexNode {
    if (!this.take(')')) throw new RegexMistake('missing ), unterminated subpattern');
    return node;
  }

  private until(end: string): string {
    const start = this.at;
    while (!this.isOver && this.peek() !== end) this.at += 1;
    if (this.isOver) throw new RegexMistake(`missing ${end}`);
    this.at += 1;
    return this.pattern.slice(start, this.at - 1).join('');
  }

  private behind(flags: number, isNegative: boolean): RegexNode {
    const node = this.closed(this.choice(flags));
    const width = widthOf(node);
    if (width === undefined) throw new RegexMistake('look-behind requires fixed-width pattern');
    return { kind: 'look', node, behind: width, isNegative };
  }

  private condition(flags: number): RegexNode {
    const name = this.until(')');
    const index = /^\d+$/.test(name) ? Number(name) : this.names.get(name);
    if (index === undefined) throw new RegexMistake('unknown group name');
    const yes = this.sequence(flags);
    const no: RegexNode = this.take('|') ? this.sequence(flags) : { kind: 'sequence', nodes: [] };
    return this.closed({ kind: 'condition', index, yes, no });
  }

  private reference(name: string, flags: number): RegexNode {
    const index = /^\d+$/.test(name) ? Number(name) : this.names.get(name);
    if (index === undefined || index > this.groups) throw new RegexMistake('invalid group reference');
    if (this.open.has(index)) throw new RegexMistake('cannot refer to an open group');
    return { kind: 'reference', index, ignoresCase: (flags & regexFlags.I) !== 0 };
  }

  private escape(flags: number): RegexNode {
    const letter = this.pattern[this.at + 1] ?? '';
    if (letter === '') throw new RegexMistake('bad escape (end of pattern)');
    const position = positionOf(letter, flags);
    if (position) {
      this.at += 2;
      return { kind: 'position', test: position };
    }
    const found = category(letter, flags);
    if (found) {
      this.at += 2;
      return { kind: 'character', test: found };
    }
    const digits = /^\\([1-9][0-9]?)(?![0-9])/.exec(this.pattern.slice(this.at, this.at + 5).join(''));
    if (digits) {
      this.at += digits[0].length;
      return this.reference(digits[1] ?? '', flags);
    }
    return literal(this.escapedCode(false), flags);
  }

  /** The code point of an escape that means one character. */
  private escapedCode(inSet: boolean): number {
    const text = this.pattern.slice(this.at, this.at + 10).join('');
    const match = /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(0[0-7]{0,2}|[1-7][0-7]{2}))/.exec(text);
    if (match) {
      this.at += match[0].length;
      return match[4] === undefined ? parseInt(match[1] ?? match[2] ?? match[3] ?? '0', 16) : parseInt(match[4], 8);
    }
    const letter = this.pattern[this.at + 1] ?? '';
    this.at += 2;
    if (inSet && letter === 'b') return 8;
    const simple = simpleEscapes[letter];
    if (simple !== undefined) return simple;
    if (letter === 'N') throw new RegexNotModelled('named characters');
    if (letter === '' || /[A-Za-z0-9]/.test(letter)) throw new RegexMistake(`bad escape \\${letter}`);
    return codeOf(letter);
  }

  /** `[...]`, the bracket included. */
  private set(flags: number): Test {
    this.at += 1;
    const isNegative = this.take('^');
    const tests: Test[] = [];
    for (let isFirst = true; isFirst || this.peek() !== ']'; isFirst = false) {
      if (this.isOver) throw new RegexMistake('unterminated character set');
      tests.push(this.member(flags));
    }
    this.at += 1;
    const any: Test = (code) => tests.some((test) => test(code));
    if (!isNegative) return any;
    const folded = withCase(any, flags);
    // The negation of a set that ignores case must not be widened once more.
    return (flags & regexFlags.I) === 0 ? (code) => !any(code) : (code) => !folded(code);
  }

  private member(flags: number): Test {
    const found = this.peek() === '\\' ? category(this.pattern[this.at + 1] ?? '', flags) : undefined;
    if (found) {
      this.at += 2;
      return found;
    }
    const low = this.setCode();
    if (this.peek() !== '-' || this.pattern[this.at + 1] === ']' || this.pattern[this.at + 1] === undefined) return (code) => code === low;
    this.at += 1;
    if (this.peek() === '\\' && category(this.pattern[this.at + 1] ?? '', flags)) throw new RegexMistake('bad character range');
    const high = this.setCode();
    if (high < low) throw new RegexMistake('bad character range');
    return (code) => code >= low && code <= high;
  }

  private setCode(): number {
    if (this.peek() === '\\') return this.escapedCode(true);
    this.at += 1;
    return codeOf(this.pattern[this.at - 1] ?? '');
  }
}

function literal(code: number, flags: number): RegexNode {
  return { kind: 'character', test: withCase((other) => other === code, flags) };
}

function positionOf(letter: string, flags: number): ((text: readonly number[], at: number) => boolean) | undefined {
  if (letter === 'A') return (_text, at) => at === 0;
  if (letter === 'Z') return (text, at) => at === text.length;
  const boundary = wordBoundary(flags);
  if (letter === 'b') return boundary;
  return letter === 'B' ? (text, at) => !boundary(text, at) : undefined;
}
