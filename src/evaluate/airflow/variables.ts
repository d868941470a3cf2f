import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { JsonMistake, readJson } from '../library/text/json-read.js';
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
  // None is a default like any other.
  const byDefault = [keywords.get('default_var'), keywords.get('default'), args[1]].find((each) => each !== undefined);
  const asJson = (keywords.get('deserialize_json') ?? args[2] ?? false) === true;
  const { variables, environment, secretNames, origins } = rt.repository.inputs;
  // The environment is asked first (`airflow/secrets/environment_variables.py`).
  const fromEnvironment = `AIRFLOW_VAR_${key.toUpperCase()}`;
  const isInEnvironment = environment.has(fromEnvironment) || secretNames?.has(fromEnvironment) === true;
  if (isInEnvironment || variables.has(key)) {
    const origin = isInEnvironment ? (origins?.get(`environment ${fromEnvironment}`) ?? fromEnvironment) : origins?.get(`variable ${key}`);
    rt.require('variable', key, 'given', place);
    rt.assume('variable', `Variable ${key} has the value ${origin === undefined ? 'that was given' : `in ${origin}`}`, place);
    const stored = isInEnvironment ? (environment.get(fromEnvironment) ?? { $redacted: true }) : variables.get(key);
    return readVariable(rt, key, stored, asJson, place);
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
  const secret = new Unknown({ kind: 'secret', text: `Variable ${key} holds a secret, which is not read`, place }, '', true);
  if (isMark(stored, '$redacted')) return asJson ? secret : new Unknown(secret.reason, '', true, 'str');
  if (!asJson) {
    const text = textOf(stored);
    if (text !== undefined) return text;
    return rt.unknown('missing_variable', `Variable ${key} was exported as JSON; its exact text is not known`, place);
  }
  if (typeof stored !== 'string') return fromJson(rt, stored, secret);
  try {
    return readJson(rt, stored);
  } catch (error) {
    if (!(error instanceof JsonMistake)) throw error;
    return raiseAirflow(rt, 'ValueError', `Variable ${key} is not JSON`, place);
  }
}

/** What was stored, where the export still says it: text, and what JSON writes in one way only. */
function textOf(stored: unknown): string | undefined {
  if (typeof stored === 'string') return stored;
  if (stored === null || typeof stored === 'boolean' || Number.isInteger(stored)) return String(stored);
  return undefined;
}

function isMark(value: unknown, name: '$float' | '$int' | '$redacted'): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 1 && name in value;
}

/** A JSON value of an export; what was dropped from it as a secret is `secret`. */
function fromJson(rt: Runtime, value: unknown, secret: Unknown): Value {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return rt.list(value.map((each) => fromJson(rt, each, secret)));
  if (isMark(value, '$float')) return Number(value['$float']);
  if (isMark(value, '$int')) return BigInt(String(value['$int']));
  if (isMark(value, '$redacted')) return secret;
  if (typeof value === 'object') return rt.dict(Object.entries(value).map(([key, each]) => [key, fromJson(rt, each, secret)] as const));
  return null;
}

function setDefault(rt: Runtime, args: readonly Value[], keywords: Keywords, place: Place): Value {
  const [key = null, byDefault = null] = args;
  return getVariable(rt, [keywords.get('key') ?? key, keywords.get('default') ?? byDefault], new Map(), place);
}
