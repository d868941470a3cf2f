import { findCompileProblem } from './acceptance/accept.js';
import { defaultPython } from '../model/python.js';
import type { PythonVersion } from '../model/python.js';
import type { Binding } from './binding.js';
import { copyTree } from './raw-tree.js';
import { convertBlock } from './statements.js';
import type { ModuleNode, SyntaxProblem } from './syntax.js';

/**
 * Parses the text of a Python file. Never throws on bad input: why CPython would refuse it stands in `problems`; where
 * CPython would accept it and only we can't read it, `unread` says so. The body holds what could be read all the same.
 */
export function parseModule(binding: Binding, file: string, text: string, python: PythonVersion = defaultPython): ModuleNode {
  const source = text.startsWith('\ufeff') ? text.slice(1) : text;
  const nul = source.indexOf('\0');
  if (nul !== -1) {
    return { file, source, body: [], problems: [{ message: 'source code cannot contain null bytes', line: lineAt(source, nul) }] };
  }
  const refused = findCompileProblem(source, python);
  const problems = refused === undefined ? [] : [refused];
  const tree = binding.withCursor(source, (cursor, hasError) => copyTree(cursor, source, binding.names, hasError));
  if (tree === undefined) return { file, source, body: [], problems, ...unreadAt(1, 'it is nested too deep', refused) };
  const doubts: SyntaxProblem[] = tree.error === undefined ? [] : [{ line: tree.error.line, message: 'its syntax' }];
  const body = convertBlock({ file, source, problems: doubts }, tree.root);
  doubts.sort((a, b) => a.line - b.line);
  const [doubt] = doubts;
  return { file, source, body, problems, ...(doubt === undefined ? {} : unreadAt(doubt.line, doubt.message, refused)) };
}

/** What only our own parser can't read; nothing where CPython can't either. */
function unreadAt(line: number, message: string, refused: SyntaxProblem | undefined): { unread?: SyntaxProblem } {
  return refused === undefined ? { unread: { line, message: `Python accepts this file, but the parser used here can't read it: ${message}` } } : {};
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}
