import type { Place } from '../../model/place.js';
import type { Expression } from '../../parse/syntax.js';
import type { Scope } from '../scope.js';
import { Unknown } from '../values.js';
import type { Value } from '../values.js';
import type { Machine } from './machine.js';
import { itemsOr } from './unpacking.js';

/** Binds an assignment or loop target to a value. */
export function bindTarget(machine: Machine, target: Expression, value: Value, scope: Scope): void {
  switch (target.kind) {
    case 'name':
      if (scope.kind === 'comprehension') scope.variables.set(target.name, value);
      else machine.assign(target.name, value, scope);
      return;
    case 'attribute':
      machine.setAttribute(machine.evaluate(target.object, scope), target.name, value, target);
      return;
    case 'subscript': {
      const object = machine.evaluate(target.object, scope);
      machine.setItem(object, machine.evaluate(target.index, scope), value, target);
      return;
    }
    case 'tuple':
    case 'list':
      unpack(machine, target.elements, value, scope, target);
      return;
    case 'starred':
      bindTarget(machine, target.value, value, scope);
      return;
    default:
      machine.raise('SyntaxError', `cannot assign to ${target.kind}`, target);
  }
}

function unpack(machine: Machine, targets: readonly Expression[], value: Value, scope: Scope, place: Place): void {
  const items = itemsOr(machine, value, place, () => `cannot unpack non-iterable ${machine.classOf(value).name} object`);
  if (items instanceof Unknown) {
    for (const target of targets) bindTarget(machine, target, items, scope);
    return;
  }
  const star = targets.findIndex((target) => target.kind === 'starred');
  const wanted = star === -1 ? targets.length : targets.length - 1;
  if (items.length < wanted) {
    const least = star === -1 ? '' : 'at least ';
    machine.raise('ValueError', `not enough values to unpack (expected ${least}${wanted.toString()}, got ${items.length.toString()})`, place);
  }
  if (star === -1 && items.length > wanted) {
    machine.raise('ValueError', `too many values to unpack (expected ${wanted.toString()})`, place);
  }
  const surplus = items.length - wanted;
  targets.forEach((target, index) => {
    if (index === star) bindTarget(machine, target, machine.list(items.slice(index, index + surplus)), scope);
    else bindTarget(machine, target, items[star !== -1 && index > star ? index + surplus - 1 : index] ?? null, scope);
  });
}
