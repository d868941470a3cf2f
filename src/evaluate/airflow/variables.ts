import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyNative, Unknown } from '../values.js';
import type { Keywords, NativeCall, Value, PyClass } from '../values.js';
import { defineModelledClass } from './define.js';
import { raiseAirflow } from './errors.js';

/** The class `Variable`: `get` reads the repository's Variables export. */
export function variableClass(rt: Runtime, path: string): PyClass {
  const cls = defineModelledClass(rt, path, { isOpen: true });
  if (!cls.attributes.has('get')) {
    cls.attributes.set('get', new PyNative('Variable.get', getVariable, false));
    cls.attributes.set('set', new PyNative('Variable.set', () => null, false));
    cls.attributes.set('setdefault', new PyNative('Variable.setdefault', (runtime, args, keywords, place) => setDefault(runtime, args, keywords, place), false));
  }
  return cls;
}

const getVariable: NativeCall = (rt, args, keywords, place) => {
  const key = keywords.get('key') ?? args[0] ?? null;
  if (typeof key !== 'string') return key instanceof Unknown ? key : rt.raise('TypeError', 'Variable.get() needs a key', place);
  const byDefault = keywords.get('default_var') ?? keywords.get('default') ?? args[1];
  const asJson = (keywords.get('deserialize_json') ?? args[2] ?? false) === true;
  const { variables } = rt.repository.inputs;
  if (variables.has(key)) {
    rt.require('variable', key, 'given', place);
    rt.assume('variable', `Variable ${key} has the value that was given`, place);
    return readVariable(rt, key, variables.get(key), asJson, place);
  }
  if (byDefault !== undefined) {
    rt.require('variable', key, 'default_used', place);
    rt.assume('variable_default', `Variable ${key} is not set: its default is used`, place);
    return byDefault;
  }
  rt.require('variable', key, 'missing', place);
  return rt.unknown('missing_variable', `Variable ${key} is not known`, place);
};

/** A Variable is text unless `deserialize_json`; an export holds JSON values for those that were stored as JSON. */
function readVariable(rt: Runtime, key: string, stored: unknown, asJson: boolean, place: Place): Value {
  const text = typeof stored === 'string' ? stored : JSON.stringify(stored);
  if (!asJson) {
    if (typeof stored === 'string') return stored;
    return rt.unknown('missing_variable', `Variable ${key} was exported as JSON; its exact text is not known`, place);
  }
  try {
    return fromJson(rt, typeof stored === 'string' ? JSON.parse(text) : stored);
  } catch {
    return raiseAirflow(rt, 'ValueError', `Variable ${key} is not JSON`, place);
  }
}

function fromJson(rt: Runtime, value: unknown): Value {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return rt.list(value.map((each) => fromJson(rt, each)));
  if (typeof value === 'object') return rt.dict(Object.entries(value).map(([key, each]) => [key, fromJson(rt, each)] as const));
  return null;
}

function setDefault(rt: Runtime, args: readonly Value[], keywords: Keywords, place: Place): Value {
  const [key = null, byDefault = null] = args;
  return getVariable(rt, [keywords.get('key') ?? key, keywords.get('default') ?? byDefault], new Map(), place);
}
