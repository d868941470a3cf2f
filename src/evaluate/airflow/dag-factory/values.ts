import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { noKeywords, PyDict, PyList, Unknown } from '../../values.js';
import type { Keywords, Value } from '../../values.js';

/** Where the configuration is being built: every part of it needs the runtime and the call that asked for the DAGs. */
export interface Site {
  readonly rt: Runtime;
  readonly place: Place;
  /** Whether the code uses the API of before 1.0 (`DagFactory`), which knows some older keys. */
  readonly isOld: boolean;
}

/** The value under a text key; undefined when there is none. */
export function get(dict: PyDict, key: string): Value | undefined {
  return dict.entries.get(key)?.value;
}

/** The value under a key unless it is None: what dag-factory takes for "configured". */
export function given(dict: PyDict, key: string): Value | undefined {
  return get(dict, key) ?? undefined;
}

export function set(dict: PyDict, key: string, value: Value): void {
  dict.entries.set(key, { key, value });
}

/** Takes a key out; gives what it held. */
export function take(dict: PyDict, key: string): Value | undefined {
  const value = get(dict, key);
  dict.entries.delete(key);
  return value;
}

/** Entries with text keys, in order. */
export function pairs(dict: PyDict): [string, Value][] {
  return [...dict.entries.values()].flatMap(({ key, value }): [string, Value][] => (typeof key === 'string' ? [[key, value]] : []));
}

/** A dict as keyword arguments. */
export function keywordsOf(dict: PyDict): Keywords {
  return new Map(pairs(dict));
}

/** A mapping where the configuration must have one; raises what Python would for anything else. */
export function mapping({ rt, place }: Site, value: Value | undefined): PyDict {
  if (value instanceof PyDict) return value;
  if (value === undefined || value === null) return rt.raise('AttributeError', "'NoneType' object has no attribute 'items'", place);
  return rt.raise('AttributeError', `'${rt.classOf(value).name}' object has no attribute 'items'`, place);
}

/** `copy.deepcopy` of what YAML makes; objects made of `__type__` are never changed and stay the same. */
export function deepCopy(rt: Runtime, value: Value): Value {
  if (value instanceof PyList) return rt.list(value.items.map((item) => deepCopy(rt, item)));
  if (value instanceof PyDict) return copyDict(rt, value);
  return value;
}

export function copyDict(rt: Runtime, dict: PyDict): PyDict {
  return rt.dict([...dict.entries.values()].map(({ key, value }) => [key, deepCopy(rt, value)] as const));
}

/** Fills what a configuration doesn't say from a default one, mapping by mapping, in place. */
export function fillFrom(config: PyDict, defaults: PyDict): PyDict {
  for (const [key, { key: name, value }] of defaults.entries) {
    const own = config.entries.get(key);
    if (own === undefined) config.entries.set(key, { key: name, value });
    else if (own.value instanceof PyDict && value instanceof PyDict) fillFrom(own.value, value);
  }
  return config;
}

/** The object that a dotted path names; raises ImportError as Airflow's `import_string` does. */
export function importString({ rt, place }: Site, path: string): Value {
  const dot = path.lastIndexOf('.');
  if (dot <= 0) return rt.raise('ImportError', `${path} doesn't look like a module path`, place);
  const module = rt.importModule(path.slice(0, dot), place);
  const name = path.slice(dot + 1);
  const found = rt.findAttribute(module, name, place);
  return found ?? rt.raise('ImportError', `Module "${path.slice(0, dot)}" does not define a "${name}" attribute/class`, place);
}

/** Calls a method of a value. */
export function callMethod({ rt, place }: Site, value: Value, name: string, args: readonly Value[], keywords: Keywords = noKeywords): Value {
  return rt.call(rt.getAttribute(value, name, place), args, keywords, place);
}

export function isTrue({ rt, place }: Site, value: Value | undefined): boolean {
  if (value === undefined) return false;
  const truth = rt.truth(value, place);
  return truth instanceof Unknown || truth;
}
