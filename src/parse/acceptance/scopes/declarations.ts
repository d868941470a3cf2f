import { addBits, bit, bitsOf, boundBits } from './scope.js';
import type { Scope } from './scope.js';
import { refusalAt } from './walk.js';
import type { Walk } from './walk.js';

/** A `global` or `nonlocal` statement: the names must be new to their scope. */
export function declare(walk: Walk, kind: 'global' | 'nonlocal', names: readonly string[], token: number): void {
  for (const name of names) {
    const known = bitsOf(walk.scope, name);
    const reason = conflict(known);
    if (reason !== undefined) throw refusalAt(walk, `name '${name}' ${reason} ${reason.endsWith('and') ? kind : `${kind} declaration`}`, token);
    addBits(walk.scope, name, bit[kind]);
    if (bitsOf(walk.scope, name) & bit.global && bitsOf(walk.scope, name) & bit.nonlocal) {
      throw refusalAt(walk, `name '${name}' is nonlocal and global`, token);
    }
    if (kind === 'nonlocal') walk.nonlocals.push({ scope: walk.scope, name, token });
  }
}

function conflict(known: number): string | undefined {
  if ((known & bit.parameter) !== 0) return 'is parameter and';
  if ((known & bit.annotated) !== 0) return 'is annotated before';
  if ((known & bit.used) !== 0) return 'is used prior to';
  return (known & bit.local) !== 0 ? 'is assigned to before' : undefined;
}

/** Every `nonlocal` name must be bound by a function around its own; asked when all scopes are known. */
export function checkNonlocals(walk: Walk): void {
  for (const { scope, name, token } of walk.nonlocals) {
    if (scope.kind === 'module') throw refusalAt(walk, 'nonlocal declaration not allowed at module level', token);
    const owner = ownerOf(scope, name);
    if (owner === undefined) throw refusalAt(walk, `no binding for nonlocal '${name}' found`, token);
    if (owner.kind === 'type') throw refusalAt(walk, `nonlocal binding not allowed for type parameter '${name}'`, token);
  }
}

function ownerOf(start: Scope, name: string): Scope | undefined {
  for (let scope = start.parent; scope !== undefined; scope = scope.parent) {
    if (scope.kind === 'module') return undefined;
    if (scope.kind === 'class') {
      if (name === '__class__') return scope;
      continue;
    }
    const known = bitsOf(scope, name);
    if ((known & bit.global) !== 0) return undefined;
    if ((known & bit.nonlocal) === 0 && (known & boundBits) !== 0) return scope;
  }
  return undefined;
}
