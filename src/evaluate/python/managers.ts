import type { Place } from '../../model/place.js';
import type { PyRaise } from '../runtime.js';
import { PyInstance, Unknown, noKeywords } from '../values.js';
import type { Value } from '../values.js';
import { noteContext } from './exception-context.js';
import type { Machine } from './machine.js';

/** `with manager`: what `__enter__` gives. An unknown manager gives an unknown. */
export function enter(machine: Machine, manager: Value, place: Place): Value {
  if (manager instanceof Unknown) {
    machine.mayRaise(manager);
    return new Unknown(manager.reason, '', manager.isInert);
  }
  const hook = machine.findSpecial(manager, '__enter__');
  if (hook !== undefined && machine.findSpecial(manager, '__exit__') === undefined && machine.classOf(manager).unknownBase === undefined) {
    machine.raise('TypeError', `'${machine.classOf(manager).name}' object does not support the context manager protocol (missed __exit__ method)`, place);
  }
  if (hook !== undefined) return machine.call(hook, [], noKeywords, place);
  const cls = machine.classOf(manager);
  if (cls.unknownBase !== undefined) return new Unknown(cls.unknownBase.reason);
  return machine.raise('TypeError', `'${cls.name}' object does not support the context manager protocol`, place);
}

/** Leaves a manager; true when it swallowed the exception. */
export function exit(machine: Machine, manager: Value, error: PyRaise | undefined, place: Place): boolean {
  if (manager instanceof Unknown) return false;
  const hook = machine.findSpecial(manager, '__exit__');
  if (hook === undefined) return false;
  const value = error?.value ?? null;
  const type = value instanceof PyInstance ? value.cls : value;
  let result: Value;
  try {
    result = machine.call(hook, [type, value, null], noKeywords, place);
  } catch (raised) {
    if (error !== undefined) noteContext(raised, error);
    throw raised;
  }
  if (error === undefined) return false;
  const truth = machine.truth(result, place);
  if (truth instanceof Unknown) machine.doubt(truth);
  return truth === true;
}
