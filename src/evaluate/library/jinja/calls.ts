import type { Keywords, Value } from '../../values.js';
import { PyDict, PyFunction, PyInstance, PyNative, Unknown } from '../../values.js';
import { librarySourceFile } from '../../../knowledge/library/sources.js';
import { hashKey } from '../../python/protocol/hash.js';
import type { Frame, Rendering } from './frames.js';
import { hiddenIn } from './hidden.js';
import { fromJinja, raiseJinja, seen } from './library.js';

/** Arguments of a call, evaluated. */
export interface CallValues {
  readonly positional: readonly Value[];
  readonly keywords: Keywords;
}

/** Calls what an expression gave; a function marked by `pass_context` and the like gets that first. */
export function callFound(on: Rendering, frame: Frame, callee: Value, { positional, keywords }: CallValues): Value {
  const passed = passedTo(on, frame, callee);
  return on.rt.call(callee, passed === undefined ? positional : [passed, ...positional], keywords, on.place);
}

/** Calls a filter or a test of the environment by name. */
export function callNamed(on: Rendering, frame: Frame, kind: 'filter' | 'test', name: string, values: CallValues): Value {
  const found = find(on, frame, kind, name);
  if (found === undefined) return raiseJinja(on.rt, 'TemplateRuntimeError', `No ${kind} named '${name}'.`, on.place);
  // Jinja2's own are written in Python too and would decide by what they are given.
  const hidden = isLibrarys(found) ? [...values.positional, ...values.keywords.values()].map((value) => hiddenIn(value)).find((each) => each !== undefined) : undefined;
  return hidden ?? callFound(on, frame, found, values);
}

/** The environment's filter or test of a name; undefined when it has none. */
export function find({ rt, place }: Rendering, frame: Frame, kind: 'filter' | 'test', name: string): Value | undefined {
  const table = seen(rt.getAttribute(frame.context.environment, `${kind}s`, place));
  if (!(table instanceof PyDict)) return rt.getItem(table, name, place);
  if (table.taint) return table.taint;
  return table.entries.get(hashKey(rt, name, place))?.value;
}

function isLibrarys(callee: Value): boolean {
  return callee instanceof PyFunction ? callee.place.file.startsWith(librarySourceFile('').slice(0, 3)) : !(callee instanceof Unknown);
}

function passedTo({ rt, place }: Rendering, frame: Frame, callee: Value): Value | undefined {
  if (!(callee instanceof PyFunction || callee instanceof PyNative || callee instanceof PyInstance)) return undefined;
  const wanted = callee instanceof PyInstance ? undefined : callee.attributes.get('jinja_pass_arg');
  const { environment, template } = frame.context;
  if (wanted === 'environment') return environment;
  if (wanted === 'eval_context') return rt.call(fromJinja(rt, 'EvalContext', place), [environment, frame.autoescapes], new Map(), place);
  if (wanted !== 'context') return undefined;
  return rt.call(fromJinja(rt, 'Context', place), [environment, rt.dict(frame.visible()), template], new Map(), place);
}
