import type { Binding } from './binding.js';
import { copyTree } from './raw-tree.js';
import { convertBlock } from './statements.js';
import type { ModuleNode, SyntaxProblem } from './syntax.js';

/**
 * Parses the text of a Python file. Never throws on bad input: what CPython would refuse stands in `problems`, and the
 * body holds what could be read all the same.
 */
export function parseModule(binding: Binding, file: string, text: string): ModuleNode {
  const source = text.startsWith('\ufeff') ? text.slice(1) : text;
  const nul = source.indexOf('\0');
  if (nul !== -1) {
    return { file, source, body: [], problems: [{ message: 'source code cannot contain null bytes', line: lineAt(source, nul) }] };
  }
  const tree = binding.withCursor(source, (cursor, hasError) => copyTree(cursor, source, binding.names, hasError));
  if (tree === undefined) return { file, source, body: [], problems: [{ message: 'too many nested parentheses', line: 1 }] };
  const problems: SyntaxProblem[] = [];
  if (tree.error !== undefined) {
    const { line, missing } = tree.error;
    problems.push({ line, message: missing === '' ? 'invalid syntax' : `invalid syntax: expected '${missing}'` });
  }
  const body = convertBlock({ file, source, problems }, tree.root);
  problems.sort((a, b) => a.line - b.line);
  return { file, source, body, problems };
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}
