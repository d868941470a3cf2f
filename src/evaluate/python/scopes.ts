import type { Place } from '../../model/place.js';
import type { Scope } from '../scope.js';
import { Unknown } from '../values.js';
import type { Value } from '../values.js';
import { setVariable } from './branches.js';
import type { Machine } from './machine.js';

/** Finds a name as Python does: own variables, enclosing functions, the module, builtins. */
export function lookUp(machine: Machine, name: string, scope: Scope, place: Place): Value {
  const found = find(machine, name, scope, place);
  if (found !== undefined) return found;
  const builtin = machine.builtin(name);
  if (builtin !== undefined) return builtin;
  const hidden = machine.hiddenNames.get(scope.module);
  if (hidden !== undefined) return new Unknown(hidden.reason, hidden.path === '' ? '' : `${hidden.path}.${name}`, hidden.isInert);
  return machine.raise('NameError', `name '${name}' is not defined`, place);
}

function find(machine: Machine, name: string, scope: Scope, place: Place): Value | undefined {
  const own = scope.variables.get(name);
  const { names } = scope;
  if (names !== undefined) {
    if (names.globals.has(name)) return scope.module.variables.get(name);
    if (names.locals.has(name)) {
      if (own !== undefined) return own;
      return machine.raise('UnboundLocalError', `cannot access local variable '${name}' where it is not associated with a value`, place);
    }
  } else if (own !== undefined) return own;
  // A comprehension in a method doesn't see the class around the method.
  let isDirect = scope.kind === 'comprehension';
  for (let outer = scope.parent; outer !== undefined; outer = outer.parent) {
    if (outer.kind === 'class' && !isDirect) continue;
    isDirect &&= outer.kind === 'comprehension';
    if (outer.names?.globals.has(name) === true) return scope.module.variables.get(name);
    const value = outer.variables.get(name);
    if (value !== undefined) return value;
  }
  return scope.module.variables.get(name);
}

/** Binds a name where Python binds it. */
export function assign(machine: Machine, name: string, value: Value | undefined, scope: Scope): void {
  setVariable(machine, variablesFor(machine, name, scope), name, value);
}

function variablesFor(machine: Machine, name: string, scope: Scope): Map<string, Value> {
  const { names } = scope;
  if (names?.globals.has(name) === true) {
    machine.touchShared(machine.moduleOf(scope).stamp);
    return scope.module.variables;
  }
  if (names?.nonlocals.has(name) === true) {
    for (let outer = scope.parent; outer !== undefined; outer = outer.parent) {
      if (outer.kind === 'function' && outer.variables.has(name)) return outer.variables;
    }
  }
  return scope.variables;
}

/** `del name`. */
export function remove(machine: Machine, name: string, scope: Scope, place: Place): void {
  const variables = variablesFor(machine, name, scope);
  if (!variables.has(name)) machine.raise('NameError', `name '${name}' is not defined`, place);
  setVariable(machine, variables, name, undefined);
}

/** Takes a name away if it is there, as the end of an `except ... as name` block does. */
export function unbind(machine: Machine, name: string, scope: Scope): void {
  const variables = variablesFor(machine, name, scope);
  if (variables.has(name)) setVariable(machine, variables, name, undefined);
}
