import type { Value } from '../../values.js';
import { PyNative, noKeywords } from '../../values.js';
import { evaluate } from './evaluate.js';
import type { Frame, Rendering } from './frames.js';
import { fromJinja, makeUndefined, marked } from './library.js';
import type { JinjaNode, Signature } from './syntax.js';

/** A macro as a value that can be called; `render` gives the text of its body. */
export function makeMacro(on: Rendering, name: string, node: { readonly signature: Signature; readonly body: readonly JinjaNode[] }, frame: Frame, render: (frame: Frame) => string): Value {
  const isCallBlock = name === '';
  const { rt, place } = on;
  const { parameters, defaults } = node.signature;
  const reads = (special: string): boolean => !parameters.includes(special) && isRead(node.body, special);
  const uses = { caller: reads('caller'), kwargs: reads('kwargs'), varargs: reads('varargs') };
  const macro = new PyNative(name, (_rt, args, keywords) => {
    const inner = frame.inner();
    const named = new Map(keywords);
    parameters.forEach((parameter, index) => {
      const given = index < args.length ? args[index] : named.get(parameter);
      if (index >= args.length) named.delete(parameter);
      if (given !== undefined) inner.names.set(parameter, given);
    });
    const caller = named.get('caller');
    if (uses.caller) {
      named.delete('caller');
      inner.names.set('caller', caller === undefined ? makeUndefined(rt, frame.context.environment, { hint: 'No caller defined', name: 'caller' }, place) : caller);
    }
    if (uses.kwargs) inner.names.set('kwargs', rt.dict(named));
    else for (const other of named.keys()) refuse(other, other === 'caller');
    if (uses.varargs) inner.names.set('varargs', rt.tuple(args.slice(parameters.length)));
    else if (args.length > parameters.length) rt.raise('TypeError', `macro '${name}' takes not more than ${parameters.length} argument(s)`, place);
    fillDefaults(inner);
    return marked(rt, render(inner), frame.autoescapes, place);
  }, false);

  const refuse = (other: string, isCaller: boolean): never =>
    isCaller
      ? rt.raise('TypeError', `macro '${name}' was invoked with two values for the special caller argument. This is most likely a bug.`, place)
      : rt.raise('TypeError', `macro '${name}' takes no keyword argument '${other}'`, place);

  function fillDefaults(inner: Frame): void {
    // While a default is made, what has no value yet is undefined, whatever is outside.
    const missing = new Set(parameters.filter((parameter) => !inner.names.has(parameter)));
    for (const name of missing) inner.names.set(name, makeUndefined(rt, frame.context.environment, { name }, place));
    parameters.forEach((parameter, index) => {
      if (!missing.has(parameter)) return;
      const written = defaults[index - (parameters.length - defaults.length)];
      const value: Value = written
        ? evaluate(on, written, inner)
        : makeUndefined(rt, frame.context.environment, { hint: `parameter '${parameter}' was not provided`, name: parameter }, place);
      inner.names.set(parameter, value);
    });
  }

  return rt.call(fromJinja(rt, 'Macro', place), [isCallBlock ? null : name, rt.tuple(parameters), macro, uses.caller, uses.kwargs, uses.varargs], noKeywords, place);
}

/** Whether a name is read somewhere in statements; walks the plain data that nodes are made of. */
export function isRead(part: unknown, name: string): boolean {
  if (Array.isArray(part)) return part.some((item) => isRead(item, name));
  if (typeof part !== 'object' || part === null) return false;
  const node = part as { readonly kind?: string; readonly name?: string };
  return (node.kind === 'name' && node.name === name) || Object.values(part).some((item) => isRead(item, name));
}
