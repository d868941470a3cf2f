import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import type { Keywords, Value } from '../values.js';
import { PyBytes, PyInstance, Unknown } from '../values.js';
import { unwrap } from '../python/protocol/kinds.js';

/** Arguments of a call by parameter name; what was not given is undefined. */
export type Bound = Readonly<Record<string, Value | undefined>>;

/**
 * Binds arguments as Python does. A parameter is `name` (required), `name?` (optional) or `*`, after which parameters
 * are by keyword only. Raises TypeError like Python.
 */
export function bind(rt: Runtime, callee: string, parameters: string, args: readonly Value[], keywords: Keywords, place: Place): Bound {
  const names = parameters.split(' ').filter((name) => name !== '');
  const star = names.indexOf('*');
  const positional = (star < 0 ? names : names.slice(0, star)).map(bare);
  const bound: Record<string, Value | undefined> = {};
  if (args.length > positional.length) {
    rt.raise('TypeError', `${callee}() takes at most ${positional.length} positional arguments (${args.length} given)`, place);
  }
  args.forEach((value, index) => (bound[positional[index] ?? ''] = value));
  const known = new Set(names.map(bare));
  for (const [name, value] of keywords) {
    if (!known.has(name)) rt.raise('TypeError', `${callee}() got an unexpected keyword argument '${name}'`, place);
    if (name in bound) rt.raise('TypeError', `${callee}() got multiple values for argument '${name}'`, place);
    bound[name] = value;
  }
  const missing = names.find((name) => name !== '*' && !name.endsWith('?') && !(name in bound));
  if (missing !== undefined) rt.raise('TypeError', `${callee}() missing required argument: '${missing}'`, place);
  return bound;
}

const bare = (name: string): string => name.replace('?', '');

/** The str, int or float that a value is; an instance of a subclass of one counts as its value. */
export function plain(value: Value | undefined): Value | undefined {
  return value === undefined ? undefined : unwrap(value);
}

/** The text of a str argument; raises TypeError for anything else. */
export function textOf(rt: Runtime, value: Value | undefined, place: Place): string {
  const inner = plain(value);
  if (typeof inner === 'string') return inner;
  return rt.raise('TypeError', `expected str, got ${typeNameOf(rt, inner)}`, place);
}

/** The int of an argument (a bool counts); raises TypeError for anything else. */
export function intOf(rt: Runtime, value: Value | undefined, place: Place): bigint {
  const inner = plain(value);
  if (typeof inner === 'bigint') return inner;
  if (typeof inner === 'boolean') return inner ? 1n : 0n;
  return rt.raise('TypeError', `'${typeNameOf(rt, inner)}' object cannot be interpreted as an integer`, place);
}

/** The same as a JavaScript number. */
export function numberOf(rt: Runtime, value: Value | undefined, place: Place): number {
  return Number(intOf(rt, value, place));
}

/** The float of an int, bool or float; raises TypeError for anything else. */
export function floatOf(rt: Runtime, value: Value | undefined, place: Place): number {
  const inner = plain(value);
  return typeof inner === 'number' ? inner : Number(intOf(rt, inner, place));
}

export function bytesOf(rt: Runtime, value: Value | undefined, place: Place): Uint8Array {
  if (value instanceof PyBytes) return value.bytes;
  return rt.raise('TypeError', `a bytes-like object is required, not '${typeNameOf(rt, value)}'`, place);
}

export function typeNameOf(rt: Runtime, value: Value | undefined): string {
  return value === undefined ? 'NoneType' : rt.classOf(value).name;
}

/** Whether a flag is set; an unknown counts as the default. */
export function flag(rt: Runtime, value: Value | undefined, otherwise: boolean, place: Place): boolean {
  if (value === undefined) return otherwise;
  const truth = rt.truth(value, place);
  return truth instanceof Unknown ? otherwise : truth;
}

/** The native state of an instance when it is of that kind. */
export function stateOf<T extends { kind: string }>(value: Value | undefined, kind: T['kind']): T | undefined {
  if (!(value instanceof PyInstance)) return undefined;
  const state = value.native as { kind?: string } | undefined;
  return state?.kind === kind ? (state as T) : undefined;
}

/** An instance with its native state. */
export function instanceOf(rt: Runtime, cls: PyInstance['cls'], native: unknown): PyInstance {
  const instance = rt.instance(cls);
  instance.native = native;
  return instance;
}

/** An int for a hash that is equal for equal texts only, so that equal values meet in a dict. */
export function hashOfText(text: string): bigint {
  let hash = 1n;
  for (const byte of new TextEncoder().encode(text)) hash = (hash << 8n) | BigInt(byte);
  return hash;
}
