import { Refusal } from '../refusal.js';
import type { Tokens } from '../tokens/tokens.js';
import type { Expression, Statement } from '../tree.js';
import type { PythonVersion } from '../../../model/python.js';
import type { Scope } from './scope.js';

/** What surrounds a statement inside its function, innermost last. */
export type Surrounding = 'loop' | 'group handler' | 'other';

/** The state of the one walk over a file in which names are bound and all rules are asked. */
export interface Walk {
  readonly tokens: Tokens;
  readonly python: PythonVersion;
  /** Token of the last future import at the beginning of the file. */
  readonly lastFutureToken: number;
  /** Set by `from __future__ import annotations`. */
  readonly keepsAnnotations: boolean;
  readonly rules: RulesByKind;
  /** `nonlocal` names wait until every scope is known. */
  readonly nonlocals: { readonly scope: Scope; readonly name: string; readonly token: number }[];
  scope: Scope;
  surroundings: Surrounding[];
  /** Above 0 inside the iterable of a comprehension. */
  iterables: number;
  /** Inside the target of a comprehension. */
  inComprehensionTarget: boolean;
  /** False in annotations that are never compiled: only the rules about names count there. */
  compiles: boolean;
}

/** A rule about one place; CPython's compile.c has most of them. */
export interface Rule {
  readonly statements?: readonly Statement['kind'][];
  readonly checkStatement?: (statement: Statement, walk: Walk) => void;
  readonly expressions?: readonly Expression['kind'][];
  readonly checkExpression?: (expression: Expression, walk: Walk) => void;
}

export interface RulesByKind {
  readonly statements: ReadonlyMap<string, readonly ((statement: Statement, walk: Walk) => void)[]>;
  readonly expressions: ReadonlyMap<string, readonly ((expression: Expression, walk: Walk) => void)[]>;
}

export function refusalAt(walk: Walk, message: string, token: number): Refusal {
  return new Refusal(message, walk.tokens.starts[token] ?? 0);
}

/** Runs with another scope, and returns to the one before. */
export function inScope(walk: Walk, scope: Scope, run: () => void): void {
  const { scope: outer, surroundings, inComprehensionTarget } = walk;
  walk.scope = scope;
  walk.surroundings = [];
  walk.inComprehensionTarget = false;
  run();
  walk.scope = outer;
  walk.surroundings = surroundings;
  walk.inComprehensionTarget = inComprehensionTarget;
}
