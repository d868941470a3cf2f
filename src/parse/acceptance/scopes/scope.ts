/** What a name is in a scope: bits, as in CPython's symtable. */
export const bit = {
  used: 1,
  local: 2,
  parameter: 4,
  global: 8,
  nonlocal: 16,
  annotated: 32,
  imported: 64,
  iteration: 128,
  typeParameter: 256,
} as const;

/** Everything that makes a name belong to its scope. */
export const boundBits = bit.local | bit.parameter | bit.imported | bit.typeParameter;

export type ScopeKind =
  | 'module'
  | 'class'
  | 'function'
  | 'lambda'
  | 'comprehension'
  /** Type parameters, their bounds, the value of a type alias. */
  | 'type'
  /** An annotation that `from __future__ import annotations` keeps as text. */
  | 'annotation';

export interface Scope {
  readonly kind: ScopeKind;
  readonly parent: Scope | undefined;
  readonly names: Map<string, number>;
  readonly isAsync: boolean;
  isGenerator: boolean;
  /** Set for a comprehension that awaits something. */
  awaits: boolean;
  /** First `return` with a value. */
  returnsAt: number | undefined;
}

export function newScope(kind: ScopeKind, parent: Scope | undefined, isAsync = false): Scope {
  return { kind, parent, names: new Map(), isAsync, isGenerator: false, awaits: false, returnsAt: undefined };
}

export function bitsOf(scope: Scope, name: string): number {
  return scope.names.get(name) ?? 0;
}

export function addBits(scope: Scope, name: string, bits: number): void {
  const known = scope.names.get(name) ?? 0;
  if ((known | bits) !== known) scope.names.set(name, known | bits);
}
