import { checkCookie } from './encodings.js';
import { grammar } from './grammar/expressions.js';
import type { Reader } from './grammar/reader.js';
import { readModule } from './grammar/statements.js';
import { Refusal } from './refusal.js';
import { readFutures } from './rules/future-imports.js';
import { rulesByKind } from './rules/registry.js';
import { checkNonlocals } from './scopes/declarations.js';
import { newScope } from './scopes/scope.js';
import { walkBlock } from './scopes/statements.js';
import type { Walk } from './scopes/walk.js';
import { tokenize } from './tokens/tokenize.js';
import { defaultPython } from '../../model/python.js';
import type { PythonVersion } from '../../model/python.js';

/** Why CPython refuses to compile a file; Airflow then reports an import error. */
export interface CompileProblem {
  readonly message: string;
  readonly line: number;
}

/**
 * Judges a file as CPython's `compile` does: tokens, grammar, scopes, and the rules of the compiler. Undefined when
 * it accepts. Written after Grammar/python.gram, Parser/tokenizer.c, Python/symtable.c and Python/compile.c of 3.12.
 */
export function findCompileProblem(source: string, python: PythonVersion = defaultPython): CompileProblem | undefined {
  try {
    check(source, python);
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { message: error.message, line: lineAt(source, error.offset) };
  }
}

function check(source: string, python: PythonVersion): void {
  checkCookie(source);
  const tokens = tokenize(source);
  const reader: Reader = { tokens, python, grammar, index: 0, depth: 0 };
  const body = readModule(reader);
  const walk: Walk = {
    tokens,
    python,
    ...readFutures(body),
    rules: rulesByKind,
    nonlocals: [],
    scope: newScope('module', undefined),
    surroundings: [],
    iterables: 0,
    inComprehensionTarget: false,
    compiles: true,
  };
  walkBlock(walk, body);
  checkNonlocals(walk);
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split(/\r\n|\r|\n/).length;
}
