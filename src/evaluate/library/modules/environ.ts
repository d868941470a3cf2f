import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import type { NativeCall, Value, PyInstance } from '../../values.js';
import { Unknown } from '../../values.js';
import { bind, instanceOf, stateOf, textOf } from '../arguments.js';
import { defineClass, firstUnknown, oncePerRun } from '../define.js';

/** What code wrote into `os.environ`: by name, the value by the file that wrote it. */
interface EnvironState {
  readonly kind: 'environ';
  readonly written: Map<string, Map<string, Value>>;
}

const environKey = {};

/** `os.environ` of the run. */
export function environ(rt: Runtime): PyInstance {
  return oncePerRun(rt, environKey, () => instanceOf(rt, environClass(rt), { kind: 'environ', written: new Map() } satisfies EnvironState));
}

/** The variable when it is given or was written; undefined when nobody gave it. */
function given(rt: Runtime, name: string, place: Place): Value | undefined {
  const object = environ(rt);
  if (object.taint) return object.taint;
  const writers = stateOf<EnvironState>(object, 'environ')?.written.get(name);
  const own = writers?.get(place.file);
  if (own !== undefined) return own;
  // Every file is parsed by a process of its own: another file's writing may or may not be seen here.
  if (writers) return rt.unknown('environment', `the environment variable ${name} is set by other code of the repository`, place);
  const { environment, secretNames, origins } = rt.repository.inputs;
  const value = environment.get(name);
  const isSecret = secretNames?.has(name) === true;
  if (value === undefined && !isSecret) return undefined;
  rt.require('environment', name, 'given', place);
  const origin = origins?.get(`environment ${name}`);
  if (origin !== undefined) rt.assume('environment', `the environment variable ${name} has the value in ${origin}`, place);
  if (value !== undefined) return value;
  return new Unknown({ kind: 'secret', text: `the environment variable ${name} holds a secret, which is not read`, place }, '', true, 'str');
}

/** The value of an environment variable, with the default that the code gives when nobody else does. */
export function environmentVariable(rt: Runtime, name: string, otherwise: Value | undefined, place: Place): Value {
  const value = given(rt, name, place);
  if (value !== undefined) return value;
  if (otherwise === undefined) return missing(rt, name, place);
  rt.require('environment', name, 'default_used', place);
  rt.assume('environment_default', `the environment variable ${name} is not set; the default in the code is used`, place);
  return otherwise;
}

function missing(rt: Runtime, name: string, place: Place): Unknown {
  rt.require('environment', name, 'missing', place);
  return rt.unknown('environment', `the environment variable ${name} is not given`, place);
}

/** `os.getenv` and `os.environ.get`. */
export const getVariable: NativeCall = (rt, args, keywords, place) => {
  const bound = bind(rt, 'getenv', 'key default?', args, keywords, place);
  if (bound.key instanceof Unknown) return bound.key;
  return environmentVariable(rt, textOf(rt, bound.key, place), bound.default, place);
};

function write(rt: Runtime, name: Value | undefined, value: Value, place: Place): void {
  const object = environ(rt);
  rt.mutate(object);
  const text = textOf(rt, name, place);
  const written = stateOf<EnvironState>(object, 'environ')?.written;
  const writers = written?.get(text) ?? new Map<string, Value>();
  writers.set(place.file, value);
  written?.set(text, writers);
}

const whole: NativeCall = (rt, _args, _keywords, place) => rt.unknown('environment', 'the whole environment is not known', place);

/** The class of `os.environ`. */
const environClass = defineClass({
  name: '_Environ',
  module: 'os',
  methods: {
    get: (rt, [, ...args], keywords, place) => getVariable(rt, args, keywords, place),
    __getitem__: (rt, [, name], _keywords, place) =>
      name instanceof Unknown ? name : environmentVariable(rt, textOf(rt, name, place), undefined, place),
    __setitem__: (rt, [, name, value], _keywords, place) => {
      if (!(name instanceof Unknown)) write(rt, name, value ?? null, place);
      return null;
    },
    __delitem__: (rt, [, name], _keywords, place) => {
      const gone = rt.unknown('environment', 'the environment variable was deleted', place);
      if (!(name instanceof Unknown)) write(rt, name, gone, place);
      return null;
    },
    setdefault: (rt, [, name, value], _keywords, place) => {
      const hidden = firstUnknown([name ?? null]);
      if (hidden) return hidden;
      const found = environmentVariable(rt, textOf(rt, name, place), value ?? null, place);
      write(rt, name, found, place);
      return found;
    },
    pop: (rt, [, ...args], keywords, place) => getVariable(rt, args, keywords, place),
    update: (rt, [, items], keywords, place) => {
      for (const [name, value] of keywords) write(rt, name, value, place);
      if (items === undefined) return null;
      const pairs = rt.items(rt.call(rt.getAttribute(items, 'items', place), [], new Map(), place), place);
      if (pairs instanceof Unknown) return pairs;
      for (const pair of pairs) write(rt, rt.getItem(pair, 0n, place), rt.getItem(pair, 1n, place), place);
      return null;
    },
    __contains__: (rt, [, name], _keywords, place) => {
      if (name instanceof Unknown) return name;
      const text = textOf(rt, name, place);
      const value = given(rt, text, place);
      if (value instanceof Unknown) return value.reason.kind === 'secret' ? true : value;
      if (value !== undefined) return true;
      rt.require('environment', text, 'default_used', place);
      rt.assume('environment_default', `the environment variable ${text} is not set`, place);
      return false;
    },
    copy: whole,
    items: whole,
    keys: whole,
    values: whole,
    __len__: whole,
    __iter__: whole,
    __repr__: whole,
  },
});
