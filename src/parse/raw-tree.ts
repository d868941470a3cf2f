/** A node as the grammar gives it, copied out of the foreign tree: named nodes, and the tokens that carry meaning. */
export interface RawNode {
  readonly type: string;
  readonly field: string | null;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly isNamed: boolean;
  readonly children: RawNode[];
}

/** What the two bindings' cursors have in common; offsets are UTF-16 units. */
export interface SyntaxCursor {
  readonly nodeType: string;
  readonly nodeIsNamed: boolean;
  readonly nodeIsMissing: boolean;
  readonly currentFieldName: string | null | undefined;
  readonly startIndex: number;
  readonly endIndex: number;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}

export interface RawTree {
  readonly root: RawNode;
  /** First place that doesn't parse. */
  readonly error: { readonly line: number; readonly missing: string } | undefined;
}

/** Tokens without a field that decide what a node means. */
const meaningfulTokens: ReadonlySet<string> = new Set(['async', 'from', '*', '**', ',', 'if', '=', 'lambda', '-', '+', '|', 'as']);

/** Trees deeper than this would exhaust the stack of what reads them; no program that people write comes near it. */
const MAX_DEPTH = 1500;

/** CPython's own limit of nested brackets (MAXLEVEL in Parser/tokenizer.h). */
const MAX_BRACKETS = 200;

/** Nodes that stand for a pair of brackets. */
const brackets: ReadonlySet<string> = new Set([
  'argument_list',
  'dictionary',
  'dictionary_comprehension',
  'generator_expression',
  'list',
  'list_comprehension',
  'list_pattern',
  'parenthesized_expression',
  'parenthesized_list_splat',
  'set',
  'set_comprehension',
  'subscript',
  'tuple',
]);

/** Walks a cursor over a whole tree once and copies what the converter needs. Returns undefined when it is nested too deep. */
export function copyTree(cursor: SyntaxCursor, source: string): RawTree | undefined {
  const lineOf = lineCounter(source);
  let error: RawTree['error'];
  const make = (): RawNode => {
    const type = cursor.nodeType;
    const start = cursor.startIndex;
    const line = lineOf(start);
    if (error === undefined && (type === 'ERROR' || cursor.nodeIsMissing)) {
      error = { line, missing: cursor.nodeIsMissing ? type : '' };
    }
    return { type, field: cursor.currentFieldName ?? null, start, end: cursor.endIndex, line, isNamed: cursor.nodeIsNamed, children: [] };
  };
  const root = make();
  const stack: RawNode[] = [root];
  let depth = 0;
  if (!cursor.gotoFirstChild()) return { root, error };
  for (;;) {
    const parent = stack[stack.length - 1];
    if (parent === undefined) return { root, error };
    const node = make();
    if (node.type === 'comment' || node.type === 'line_continuation') {
      // Carries no meaning.
    } else if (node.isNamed || node.field !== null || meaningfulTokens.has(node.type)) parent.children.push(node);
    if (stack.length > MAX_DEPTH || depth > MAX_BRACKETS) return undefined;
    if (node.isNamed && cursor.gotoFirstChild()) {
      stack.push(node);
      if (brackets.has(node.type)) depth += 1;
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      const left = stack.pop();
      if (left !== undefined && brackets.has(left.type)) depth -= 1;
      if (stack.length === 0 || !cursor.gotoParent()) return { root, error };
      if (stack.length === 0) return { root, error };
    }
  }
}

/** Line of an offset, for offsets that mostly grow; starts at 1. */
function lineCounter(source: string): (offset: number) => number {
  let line = 1;
  let lineStart = 0;
  let next = source.indexOf('\n');
  return (offset) => {
    if (offset < lineStart) {
      line = 1;
      lineStart = 0;
      next = source.indexOf('\n');
    }
    while (next !== -1 && next < offset) {
      line += 1;
      lineStart = next + 1;
      next = source.indexOf('\n', lineStart);
    }
    return line;
  };
}
