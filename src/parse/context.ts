import type { NodeBase, SyntaxProblem } from './syntax.js';
import type { RawNode } from './raw-tree.js';

/** What the converters share while one file is read. */
export interface ConvertContext {
  readonly file: string;
  readonly source: string;
  readonly problems: SyntaxProblem[];
}

/** The position part of a node. */
export function at(context: ConvertContext, raw: RawNode): NodeBase {
  return { file: context.file, line: raw.line, start: raw.start, end: raw.end };
}

export function textOf(context: ConvertContext, raw: RawNode): string {
  return context.source.slice(raw.start, raw.end);
}

export function refuse(context: ConvertContext, raw: RawNode, message: string): void {
  context.problems.push({ message, line: raw.line });
}

export function fieldOf(raw: RawNode, field: string): RawNode | undefined {
  return raw.children.find((child) => child.field === field);
}

export function fieldsOf(raw: RawNode, field: string): RawNode[] {
  return raw.children.filter((child) => child.field === field && child.isNamed);
}

export function namedChildren(raw: RawNode): RawNode[] {
  return raw.children.filter((child) => child.isNamed);
}

export function hasToken(raw: RawNode, token: string): boolean {
  return raw.children.some((child) => !child.isNamed && child.type === token);
}
