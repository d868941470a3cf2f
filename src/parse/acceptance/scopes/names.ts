import { addBits, bit, bitsOf } from './scope.js';
import { refusalAt } from './walk.js';
import type { Walk } from './walk.js';

export function useName(walk: Walk, name: string): void {
  addBits(walk.scope, name, bit.used);
}

/** Binds a name in the current scope: an assignment, a definition, an import, a loop. */
export function bindName(walk: Walk, name: string, token: number, bits: number = bit.local): void {
  checkForbidden(walk, name, token, 'assign to');
  const known = bitsOf(walk.scope, name);
  if ((bits & known & bit.parameter) !== 0) throw refusalAt(walk, `duplicate argument '${name}' in function definition`, token);
  if ((bits & known & bit.typeParameter) !== 0) throw refusalAt(walk, `duplicate type parameter '${name}'`, token);
  if (!walk.inComprehensionTarget) {
    addBits(walk.scope, name, bits);
    return;
  }
  if ((known & (bit.global | bit.nonlocal)) !== 0) {
    throw refusalAt(walk, `comprehension inner loop cannot rebind assignment expression target '${name}'`, token);
  }
  addBits(walk.scope, name, bits | bit.iteration);
}

/** `__debug__` is a name that nothing may bind. */
export function checkForbidden(walk: Walk, name: string, token: number, verb: 'assign to' | 'delete'): void {
  if (name === '__debug__') throw refusalAt(walk, `cannot ${verb} __debug__`, token);
}

/** The target of `:=` belongs to the function or module around all comprehensions. */
export function bindNamedExpression(walk: Walk, name: string, token: number): void {
  if (walk.iterables > 0) {
    throw refusalAt(walk, 'assignment expression cannot be used in a comprehension iterable expression', token);
  }
  if (walk.scope.kind === 'type' || walk.scope.kind === 'annotation') {
    throw refusalAt(walk, 'named expression cannot be used within an annotation or a type', token);
  }
  if (walk.scope.kind === 'comprehension') extend(walk, name, token);
  bindName(walk, name, token);
}

function extend(walk: Walk, name: string, token: number): void {
  for (let scope: Walk['scope'] | undefined = walk.scope; scope !== undefined; scope = scope.parent) {
    const known = bitsOf(scope, name);
    if (scope.kind === 'comprehension') {
      if ((known & bit.iteration) !== 0) {
        throw refusalAt(walk, `assignment expression cannot rebind comprehension iteration variable '${name}'`, token);
      }
    } else if (scope.kind === 'class' || scope.kind === 'type' || scope.kind === 'annotation') {
      const place = scope.kind === 'class' ? 'a class body' : 'a type';
      throw refusalAt(walk, `assignment expression within a comprehension cannot be used in ${place}`, token);
    } else {
      const isGlobal = scope.kind === 'module' || (known & bit.global) !== 0;
      addBits(walk.scope, name, isGlobal ? bit.global : bit.nonlocal);
      addBits(scope, name, scope.kind === 'module' ? bit.global : bit.local);
      return;
    }
  }
}
