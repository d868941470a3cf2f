import type { SyntaxProblem } from './syntax.js';
import type { RawNode } from './raw-tree.js';

/** What the converters share while one file is read. */
export interface ConvertContext {
  readonly file: string;
  readonly source: string;
  readonly problems: SyntaxProblem[];
}

export function textOf(context: ConvertContext, raw: RawNode): string {
  return context.source.slice(raw.start, raw.end);
}

export function refuse(context: ConvertContext, raw: RawNode, message: string): void {
  context.problems.push({ message, line: raw.line });
}

// Loops, not array methods: these run for every node of every file.

export function fieldOf(raw: RawNode, field: string): RawNode | undefined {
  for (const child of raw.children) if (child.field === field) return child;
  return undefined;
}

export function fieldsOf(raw: RawNode, field: string): RawNode[] {
  return raw.children.filter((child) => child.field === field && child.isNamed);
}

export function namedChildren(raw: RawNode): readonly RawNode[] {
  for (const child of raw.children) if (!child.isNamed) return raw.children.filter((each) => each.isNamed);
  return raw.children;
}

export function hasToken(raw: RawNode, token: string): boolean {
  for (const child of raw.children) if (!child.isNamed && child.type === token) return true;
  return false;
}
