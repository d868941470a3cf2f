import { describeType, meaningfulTokens } from './node-types.js';
import type { NodeType } from './node-types.js';

/** A node as the grammar gives it, copied out of the foreign tree: named nodes, and the tokens that carry meaning. */
export interface RawNode {
  readonly type: string;
  readonly field: string | null;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly isNamed: boolean;
  readonly children: readonly RawNode[];
}

/** What the two bindings' cursors have in common; offsets are UTF-16 units. */
export interface SyntaxCursor {
  readonly nodeType: string;
  readonly nodeTypeId: number;
  readonly nodeIsNamed: boolean;
  readonly nodeIsMissing: boolean;
  readonly currentFieldName: string | null | undefined;
  readonly currentFieldId: number | undefined;
  readonly startIndex: number;
  readonly endIndex: number;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}

/** The grammar's names by number, filled as nodes come by: asking for a number is cheaper than for a text. */
export interface GrammarNames {
  readonly types: (NodeType | undefined)[];
  readonly fields: (string | undefined)[];
}

export interface RawTree {
  readonly root: RawNode;
  /** First place that doesn't parse. */
  readonly error: { readonly line: number; readonly missing: string } | undefined;
}

/** Trees deeper than this would exhaust the stack of what reads them; no program that people write comes near it. */
const MAX_DEPTH = 1500;

/** CPython's own limit of nested brackets (MAXLEVEL in Parser/tokenizer.h). */
const MAX_BRACKETS = 200;

const noChildren: readonly RawNode[] = [];

/**
 * Walks a cursor over a whole tree once and copies what the converter needs. Returns undefined when it is nested too deep.
 * @param hasError whether anything in the tree doesn't parse
 */
export function copyTree(cursor: SyntaxCursor, source: string, names: GrammarNames, hasError: boolean): RawTree | undefined {
  return new TreeCopy(cursor, source, names, hasError).copy();
}

class TreeCopy {
  private error: RawTree['error'];
  private isTooDeep = false;
  private depth = 0;
  private brackets = 0;
  private line = 1;
  private nextBreak: number;

  constructor(
    private readonly cursor: SyntaxCursor,
    private readonly source: string,
    private readonly names: GrammarNames,
    private readonly hasError: boolean,
  ) {
    this.nextBreak = source.indexOf('\n');
  }

  copy(): RawTree | undefined {
    const { cursor } = this;
    const type = this.typeHere();
    const start = cursor.startIndex;
    const line = this.lineOf(start);
    this.noteError(type, line);
    const children = this.copyChildren(type, start);
    if (this.isTooDeep) return undefined;
    return { root: { type: type.name, field: null, start, end: cursor.endIndex, line, isNamed: true, children }, error: this.error };
  }

  /** Copies what lies below the node that the cursor stands on, and comes back to it. */
  private copyChildren(parent: NodeType, parentStart: number): readonly RawNode[] {
    const { cursor, hasError } = this;
    if (this.isTooDeep || !cursor.gotoFirstChild()) return noChildren;
    this.depth += 1;
    if (parent.isBracket) this.brackets += 1;
    if (this.depth >= MAX_DEPTH || this.brackets > MAX_BRACKETS) this.isTooDeep = true;
    const children: RawNode[] = [];
    let isFirst = parent.startsWithChild && !hasError;
    let order = 0;
    do {
      const type = this.typeHere();
      if (!hasError) {
        if (type.role === 'dropped') {
          if (type.name === parent.closing) break;
          isFirst = false;
          continue;
        }
        if (type.role === 'nothing' || (type.role === 'comma' && !parent.keepsCommas)) {
          isFirst = false;
          continue;
        }
      }
      const start = isFirst ? parentStart : cursor.startIndex;
      const line = this.lineOf(start);
      isFirst = false;
      if (hasError) this.noteError(type, line);
      const field = this.fieldHere(parent, order);
      if (type.isNamed) {
        if (type.role === 'nothing') continue;
        children.push(this.copyNode(type, field, start, line));
      } else if (field !== null || type.role === 'comma' || meaningfulTokens.has(type.name)) {
        children.push({ type: type.name, field, start, end: cursor.endIndex, line, isNamed: false, children: noChildren });
      }
      order += 1;
    } while (!this.isTooDeep && cursor.gotoNextSibling());
    cursor.gotoParent();
    this.depth -= 1;
    if (parent.isBracket) this.brackets -= 1;
    return children;
  }

  private copyNode(type: NodeType, field: string | null, start: number, line: number): RawNode {
    const { cursor } = this;
    const end = type.role === 'word' ? this.endOfWord(start) : cursor.endIndex;
    const children = this.isOpen(type, start) ? this.copyChildren(type, start) : noChildren;
    return { type: type.name, field, start, end, line, isNamed: true, children };
  }

  private isOpen(type: NodeType, start: number): boolean {
    if (type.role === 'inner' || this.hasError) return true;
    return type.role === 'text' && hasPlaceholders(this.source, start);
  }

  private fieldHere(parent: NodeType, order: number): string | null {
    if (!this.hasError) {
      if (parent.fields === 'none') return null;
      if (parent.fields !== 'ask') return parent.fields[order] ?? null;
    }
    const id = this.cursor.currentFieldId;
    // The bindings differ in how they say that there is none.
    if (id === undefined || id === 0) return null;
    return (this.names.fields[id] ??= this.cursor.currentFieldName ?? '');
  }

  private typeHere(): NodeType {
    const id = this.cursor.nodeTypeId;
    return (this.names.types[id] ??= describeType(this.cursor.nodeType, this.cursor.nodeIsNamed));
  }

  private noteError(type: NodeType, line: number): void {
    if (!this.hasError || this.error !== undefined) return;
    const isMissing = this.cursor.nodeIsMissing;
    if (type.name === 'ERROR' || isMissing) this.error = { line, missing: isMissing ? type.name : '' };
  }

  /** Where a name ends; only letters beyond ASCII make it worth asking. */
  private endOfWord(start: number): number {
    const { source } = this;
    for (let end = start; end < source.length; end += 1) {
      const code = source.charCodeAt(end);
      if (code >= 0x80) return this.cursor.endIndex;
      if (!isWordCode(code)) return end === start ? this.cursor.endIndex : end;
    }
    return source.length;
  }

  /** Line of an offset, starting at 1; offsets come in the order of the text. */
  private lineOf(offset: number): number {
    while (this.nextBreak !== -1 && this.nextBreak < offset) {
      this.line += 1;
      this.nextBreak = this.source.indexOf('\n', this.nextBreak + 1);
    }
    return this.line;
  }
}

function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
}

/** Whether the string literal that starts here is an f-string (or a template): its prefix says so. */
function hasPlaceholders(source: string, start: number): boolean {
  for (let index = start; index < start + 3; index += 1) {
    const letter = source[index];
    if (letter === '"' || letter === "'") return false;
    if (letter === 'f' || letter === 'F' || letter === 't' || letter === 'T') return true;
  }
  return false;
}
