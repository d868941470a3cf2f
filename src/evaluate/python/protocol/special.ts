import type { Place } from '../../../model/place.js';
import { PyRaise, type Runtime } from '../../runtime.js';
import { noKeywords, type PyClass, PyInstance, Unknown, type Value } from '../../values.js';
import { hasOwnClass, typeName, Wrapped } from './kinds.js';

/** Calls a special method of a value's own class; undefined when the class has none. */
export function callSpecial(
  rt: Runtime,
  value: Value,
  name: string,
  args: readonly Value[],
  place: Place,
): Value | undefined {
  const method = findOwnSpecial(rt, value, name);
  return method === undefined ? undefined : rt.call(method, args, noKeywords, place);
}

/** The special method of a value whose class is not a plain builtin type. */
export function findOwnSpecial(rt: Runtime, value: Value, name: string): Value | undefined {
  if (!hasOwnClass(value)) return undefined;
  if (value instanceof PyInstance && value.native instanceof Wrapped && !comesFirst(value.cls, name, value.native.value)) {
    return undefined;
  }
  return rt.findSpecial(value, name);
}

/** Enum gives its members these even where a builtin type stands before it among the bases. */
const textMethods: ReadonlySet<string> = new Set(['__str__', '__repr__', '__format__']);

/** Whether a subclass of a builtin type has a method from before that type in the method resolution order. */
function comesFirst(cls: PyClass, name: string, value: Value): boolean {
  if (textMethods.has(name)) return true;
  const builtinName = typeName(value);
  for (const each of cls.mro) {
    if (each.module === 'builtins' && each.name === builtinName) return false;
    if (each.attributes.has(name)) return true;
  }
  return true;
}

/** Raises a builtin exception with argument values (`KeyError(key)`), where `rt.raise` takes a message. */
export function raiseWith(rt: Runtime, className: string, args: readonly Value[], place: Place): never {
  const made = rt.call(rt.builtinClass(className), args, noKeywords, place);
  if (made instanceof PyInstance || made instanceof Unknown) throw new PyRaise(made, place);
  return rt.raise(className, '', place);
}

/** Whether something caught is a Python exception of a builtin class. */
export function isRaised(rt: Runtime, caught: unknown, className: string): caught is PyRaise {
  return (
    caught instanceof PyRaise && caught.value instanceof PyInstance && rt.isInstance(caught.value, rt.builtinClass(className))
  );
}
