import { casesOf } from './classes.js';
import type { Regex, RegexNode } from './nodes.js';
import { RegexBudget } from './nodes.js';

/** What a regular expression found: code point positions of the whole (0) and of each group. */
export type Spans = readonly (readonly [number, number] | undefined)[];

// A pattern in a DAG file that needs more steps than this for one call backtracks without end.
const maximumSteps = 300_000;
// Deeper nesting of repeated groups would exhaust our own stack.
const maximumDepth = 700;

type Next = (at: number) => boolean;

/** Matches one text; counts its steps over all calls. */
export class Matcher {
  private steps = 0;
  private depth = 0;
  private groups: (readonly [number, number] | undefined)[] = [];
  constructor(
    private readonly regex: Regex,
    readonly text: readonly number[],
  ) {}

  /** The match at a position; `end` asks for one that reaches the end of the text, `mustAdvance` for one that isn't empty. */
  at(start: number, options: { readonly toEnd?: boolean; readonly mustAdvance?: boolean } = {}): Spans | undefined {
    this.groups = [];
    this.depth = 0;
    let end = -1;
    const found = this.run(this.regex.node, start, (at) => {
      if (options.toEnd && at !== this.text.length) return false;
      if (options.mustAdvance && at === start) return false;
      end = at;
      return true;
    });
    if (!found) return undefined;
    return Array.from({ length: this.regex.groupCount + 1 }, (_none, index) => (index === 0 ? ([start, end] as const) : this.groups[index]));
  }

  /** The first match at or after a position. */
  search(from: number, mustAdvance = false): Spans | undefined {
    for (let start = from; start <= this.text.length; start += 1) {
      const found = this.at(start, { mustAdvance: mustAdvance && start === from });
      if (found) return found;
    }
    return undefined;
  }

  /** All matches one after the other, as `finditer` gives them. */
  *all(): Generator<Spans> {
    let [from, mustAdvance] = [0, false];
    for (;;) {
      const found = this.search(from, mustAdvance);
      const span = found?.[0];
      if (!found || !span) return;
      yield found;
      mustAdvance = span[0] === span[1];
      from = span[1];
    }
  }

  private run(node: RegexNode, at: number, next: Next): boolean {
    this.steps += 1;
    if (this.steps > maximumSteps) throw new RegexBudget();
    switch (node.kind) {
      case 'character': {
        const code = this.text[at];
        return code !== undefined && node.test(code) && next(at + 1);
      }
      case 'position':
        return node.test(this.text, at) && next(at);
      case 'sequence':
        return this.sequence(node.nodes, 0, at, next);
      case 'choice':
        return node.branches.some((branch) => this.run(branch, at, next));
      case 'group':
        return this.group(node.index, node.node, at, next);
      case 'repeat':
        return this.repeat(node, at, next);
      case 'atomic':
        return this.atomic(node.node, at, next);
      case 'look':
        return this.look(node, at, next);
      case 'reference':
        return this.reference(node.index, node.ignoresCase, at, next);
      case 'condition':
        return this.run(this.groups[node.index] ? node.yes : node.no, at, next);
    }
  }

  private sequence(nodes: readonly RegexNode[], index: number, at: number, next: Next): boolean {
    const node = nodes[index];
    return node === undefined ? next(at) : this.run(node, at, (end) => this.sequence(nodes, index + 1, end, next));
  }

  private group(index: number, node: RegexNode, at: number, next: Next): boolean {
    const before = this.groups[index];
    const found = this.run(node, at, (end) => {
      const inner = this.groups[index];
      this.groups[index] = [at, end];
      if (next(end)) return true;
      this.groups[index] = inner;
      return false;
    });
    if (!found) this.groups[index] = before;
    return found;
  }

  private repeat(node: Extract<RegexNode, { kind: 'repeat' }>, at: number, next: Next): boolean {
    if (node.mode === 'possessive') return this.atomic({ ...node, mode: 'greedy' }, at, next);
    if (node.node.kind === 'character') return this.repeatCharacter(node, node.node.test, at, next);
    return this.iterate(node, 0, at, -1, next);
  }

  private repeatCharacter(node: Extract<RegexNode, { kind: 'repeat' }>, test: (code: number) => boolean, at: number, next: Next): boolean {
    let count = 0;
    const takes = (): boolean => {
      const code = this.text[at + count];
      return count < node.maximum && code !== undefined && test(code);
    };
    if (node.mode === 'greedy') {
      while (takes()) count += 1;
      this.steps += count;
      for (; count >= node.minimum; count -= 1) if (next(at + count)) return true;
      return false;
    }
    while (count < node.minimum && takes()) count += 1;
    if (count < node.minimum) return false;
    while (!next(at + count)) {
      if (!takes()) return false;
      count += 1;
    }
    return true;
  }

  private iterate(node: Extract<RegexNode, { kind: 'repeat' }>, count: number, at: number, last: number, next: Next): boolean {
    this.depth += 1;
    if (this.depth > maximumDepth) throw new RegexBudget();
    const again = (): boolean =>
      // An empty turn would go on for ever.
      count < node.maximum && (count < node.minimum || at !== last) && this.run(node.node, at, (end) => this.iterate(node, count + 1, end, at, next));
    const leave = (): boolean => count >= node.minimum && next(at);
    const found = node.mode === 'lazy' ? leave() || again() : again() || leave();
    this.depth -= 1;
    return found;
  }

  private atomic(node: RegexNode, at: number, next: Next): boolean {
    let end = -1;
    const before = [...this.groups];
    const found = this.run(node, at, (stop) => {
      end = stop;
      return true;
    });
    if (found && next(end)) return true;
    this.groups = before;
    return false;
  }

  private look(node: Extract<RegexNode, { kind: 'look' }>, at: number, next: Next): boolean {
    const before = [...this.groups];
    const start = at - (node.behind ?? 0);
    const found = start >= 0 && this.run(node.node, start, (end) => node.behind === undefined || end === at);
    if (node.isNegative) this.groups = before;
    if (found === node.isNegative) return false;
    if (next(at)) return true;
    this.groups = before;
    return false;
  }

  private reference(index: number, ignoresCase: boolean, at: number, next: Next): boolean {
    const span = this.groups[index];
    if (!span) return false;
    const length = span[1] - span[0];
    for (let offset = 0; offset < length; offset += 1) {
      const [wanted, given] = [this.text[span[0] + offset], this.text[at + offset]];
      if (wanted === undefined || given === undefined) return false;
      if (wanted !== given && !(ignoresCase && casesOf(given).includes(wanted))) return false;
    }
    return next(at + length);
  }
}
