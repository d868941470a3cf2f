import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { PyRaise } from '../../runtime.js';
import type { Value } from '../../values.js';
import { PyClass, PyInstance, Unknown, noKeywords } from '../../values.js';
import { HiddenText } from './frames.js';

/** A class or function of the part of Jinja2 that is written in Python. */
export function fromJinja(rt: Runtime, name: string, place: Place): Value {
  return rt.getAttribute(rt.librarySource('jinja2'), name, place);
}

/** Raises one of Jinja2's exceptions. */
export function raiseJinja(rt: Runtime, name: string, message: string, place: Place, line?: Value): never {
  const value = rt.call(fromJinja(rt, name, place), line === undefined ? [message] : [message, line], noKeywords, place);
  if (value instanceof PyInstance || value instanceof Unknown) throw new PyRaise(value, place);
  return rt.raise('Exception', message, place);
}

/** Whether an exception of one of Python's or Jinja2's classes was raised. */
export function isRaisedOf(rt: Runtime, caught: unknown, names: readonly string[], jinja: string | undefined, place: Place): boolean {
  if (!(caught instanceof PyRaise) || !(caught.value instanceof PyInstance)) return false;
  const { value } = caught;
  if (names.some((name) => rt.isInstance(value, rt.builtinClass(name)))) return true;
  const cls = jinja === undefined ? null : fromJinja(rt, jinja, place);
  return cls instanceof PyClass && rt.isInstance(value, cls);
}

/** The environment's value for something that isn't there. */
export function makeUndefined(rt: Runtime, environment: PyInstance, about: Readonly<Record<string, Value>>, place: Place): Value {
  const cls = rt.getAttribute(environment, 'undefined', place);
  return rt.call(cls, [], new Map(Object.entries(about)), place);
}

/** A value, unless it is unknown. */
export function seen<T extends Value>(value: T): Exclude<T, Unknown> {
  if (value instanceof Unknown) throw new HiddenText(value);
  return value as Exclude<T, Unknown>;
}

/** Whether Python takes the value for true. */
export function isTrue(rt: Runtime, value: Value, place: Place): boolean {
  return seen(rt.truth(value, place));
}

/** A text that is safe in HTML as Jinja2 marks it; a plain one where nothing is escaped. */
export function marked(rt: Runtime, text: string, autoescapes: boolean, place: Place): Value {
  if (!autoescapes) return text;
  return rt.call(rt.getAttribute(rt.librarySource('markupsafe'), 'Markup', place), [text], noKeywords, place);
}

/** `markupsafe.escape` of a value, as text. */
export function escaped(rt: Runtime, value: Value, place: Place): string {
  const safe = rt.call(rt.getAttribute(rt.librarySource('markupsafe'), 'escape', place), [value], noKeywords, place);
  return seen(rt.str(seen(safe), place));
}
