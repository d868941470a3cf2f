import type { Place } from '../../model/place.js';
import { PyClass, PyDict, PyFunction, PyInstance, PyIterator, PyList, PyTuple, type Unknown, type Value } from '../values.js';
import type { Machine } from './machine.js';
import { Wrapped } from './protocol/kinds.js';

/** Whether `iter(value)` has a way to begin. What the classes' own methods then do is another matter. */
function isIterable(machine: Machine, value: Value): boolean {
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PyDict || value instanceof PyIterator || typeof value === 'string') return true;
  if (value === null || typeof value !== 'object') return false;
  if (value instanceof PyInstance || value instanceof PyClass) {
    if (machine.classOf(value).unknownBase !== undefined || value.kind === 'class') return true;
    return value.cls.mro.some((each) => each.attributes.has('__iter__') || each.attributes.has('__getitem__')) || (value.native instanceof Wrapped ? isIterable(machine, value.native.value) : value.native !== undefined);
  }
  return ['set', 'bytes', 'range', 'unknown'].includes(value.kind);
}

/** The items of a value that is taken apart; `message` is the TypeError's when it has none. */
export function itemsOr(machine: Machine, value: Value, place: Place, message: () => string): Value[] | Unknown {
  if (!isIterable(machine, value)) return machine.raise('TypeError', message(), place);
  return machine.items(value, place);
}

/** How messages about a call name its callee: `module.name()`, without the module for builtins. */
export function calleeText(machine: Machine, callee: Value): string {
  if (callee instanceof PyFunction) return `${callee.module.name}.${callee.qualifiedName}()`;
  if (callee instanceof PyClass) return `${callee.module === 'builtins' ? '' : `${callee.module}.`}${callee.qualifiedName}()`;
  if (callee !== null && typeof callee === 'object' && callee.kind === 'native') return `${callee.name}()`;
  if (callee !== null && typeof callee === 'object' && callee.kind === 'method') {
    const inner = calleeText(machine, callee.callee);
    return callee.callee instanceof PyFunction ? inner : `${machine.classOf(callee.self).name}.${inner}`;
  }
  return `${machine.classOf(callee).name} object`;
}
