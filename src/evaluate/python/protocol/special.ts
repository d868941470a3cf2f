import type { Place } from '../../../model/place.js';
import { PyRaise, type Runtime } from '../../runtime.js';
import { noKeywords, PyInstance, Unknown, type Value } from '../../values.js';
import { hasOwnClass } from './kinds.js';

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
  return hasOwnClass(value) ? rt.findSpecial(value, name) : undefined;
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
