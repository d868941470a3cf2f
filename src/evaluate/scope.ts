import type { Value } from './values.js';

/** Which names a function binds, known before it runs: Python decides scoping by the text. */
export interface ScopeNames {
  readonly locals: ReadonlySet<string>;
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
}

/** A running scope: a module, a function call, a class body or a comprehension. */
export interface Scope {
  readonly kind: 'module' | 'function' | 'class' | 'comprehension';
  readonly variables: Map<string, Value>;
  /** The lexically enclosing scope. */
  readonly parent: Scope | undefined;
  readonly module: Scope;
  readonly names: ScopeNames | undefined;
  /** What stands before a name in the `__qualname__` of what is defined here. */
  readonly qualifier?: string;
}
