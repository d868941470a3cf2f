import { configurationDefault } from '../../knowledge/airflow/api.js';
import type { Place } from '../../model/place.js';
import { isSecretName } from '../../util/redact.js';
import { oncePerRun } from '../library/define.js';
import { virtualRoot } from '../python/modules.js';
import type { Runtime } from '../runtime.js';
import { PyNative, Unknown } from '../values.js';
import type { Keywords, NativeCall, Value } from '../values.js';
import { defineModelledClass } from './define.js';
import { raiseAirflow } from './errors.js';
import { worldOf } from './world.js';

interface Asked {
  readonly section: string;
  readonly key: string;
  readonly place: Place;
}

type Converter = (rt: Runtime, text: string, asked: Asked) => Value;

const refuse = (rt: Runtime, kind: string, text: string, { section, key, place }: Asked): never =>
  raiseAirflow(rt, 'AirflowConfigException', `Failed to convert value to ${kind}. Please check "${key}" key in "${section}" section. Current value: "${text}".`, place);

/** What `getboolean()` takes for true and for false (`airflow/configuration.py`). */
const toBoolean: Converter = (rt, text, asked) => {
  const word = (text.toLowerCase().split('#')[0] ?? '').trim();
  if (['t', 'true', '1'].includes(word)) return true;
  return ['f', 'false', '0'].includes(word) ? false : refuse(rt, 'bool', text, asked);
};

const toInteger: Converter = (rt, text, asked) => (/^\s*[+-]?\d+\s*$/.test(text) ? BigInt(text.trim().replace(/^\+/, '')) : refuse(rt, 'int', text, asked));

const toFloat: Converter = (rt, text, asked) => (/^\s*[+-]?\d+(\.\d*)?\s*$/.test(text) ? Number(text) : refuse(rt, 'float', text, asked));

const converters: Readonly<Record<string, Converter>> = { get: (_rt, text) => text, getboolean: toBoolean, getint: toInteger, getfloat: toFloat };

/** `airflow.configuration.conf`: what its methods give of the environment, of `airflow.cfg` and of Airflow's defaults. */
export function configurationObject(rt: Runtime): Value {
  return oncePerRun(rt, converters, () => {
    const cls = defineModelledClass(rt, 'airflow.configuration.AirflowConfigParser', { isOpen: true });
    for (const name of Object.keys(converters)) cls.attributes.set(name, new PyNative(name, (runtime, [, ...args], keywords, place) => read(runtime, name, args, keywords, place)));
    return rt.instance(cls);
  });
}

/** `airflow.configuration.get` and its kin, which Airflow 2 still has as functions. */
export const configurationFunction = (name: string): NativeCall => (rt, args, keywords, place) => read(rt, name, args, keywords, place);

function read(rt: Runtime, method: string, args: readonly Value[], keywords: Keywords, place: Place): Value {
  const section = keywords.get('section') ?? args[0] ?? null;
  const key = keywords.get('key') ?? args[1] ?? null;
  if (typeof section !== 'string' || typeof key !== 'string') return rt.unknown('environment', 'an option of the configuration whose name is not known', place);
  const asked: Asked = { section: section.toLowerCase(), key: key.toLowerCase(), place };
  if (asked.section === 'core' && asked.key === 'dags_folder') return dagsFolder(rt);
  const found = optionOf(rt, asked, keywords.get('fallback'));
  const convert = converters[method];
  return found.isText && typeof found.value === 'string' && convert !== undefined ? convert(rt, found.value, asked) : found.value;
}

/** What is read as the dags folder is the dags folder. */
function dagsFolder(rt: Runtime): string {
  const { dagsRoot } = rt.repository;
  return dagsRoot === '' ? virtualRoot : `${virtualRoot}/${dagsRoot}`;
}

interface Option {
  readonly value: Value;
  /** Whether it is the option's text, which is converted; a fallback stands for itself. */
  readonly isText: boolean;
}

function optionOf(rt: Runtime, { section, key, place }: Asked, fallback: Value | undefined): Option {
  const { environment, secretNames, configuration } = rt.repository.inputs;
  const name = `AIRFLOW__${section.toUpperCase().replaceAll('.', '_')}__${key.toUpperCase()}`;
  const fromEnvironment = environment.get(name);
  if (secretNames?.has(name) === true || (fromEnvironment === undefined && isSecretName(key))) {
    return { value: new Unknown({ kind: 'secret', text: `the option ${section}/${key} is a secret, which is not read`, place }, '', true), isText: false };
  }
  if (fromEnvironment !== undefined) {
    rt.require('environment', name, 'given', place);
    rt.assume('environment', `the environment variable ${name} has the value that was given`, place);
    return { value: fromEnvironment, isText: true };
  }
  const fromFile = configuration?.options.get(`${section}.${key}`);
  if (configuration !== undefined && fromFile !== undefined) {
    rt.assume('file', `the option ${section}/${key} is as in ${configuration.file}`, place);
    return { value: fromFile, isText: true };
  }
  return defaultOf(rt, { section, key, place }, name, fallback);
}

/** Airflow's own default comes before the fallback of the call. */
function defaultOf(rt: Runtime, { section, key, place }: Asked, name: string, fallback: Value | undefined): Option {
  const { version } = worldOf(rt).api;
  const byDefault = configurationDefault(version, section, key);
  const value = byDefault ?? (byDefault === undefined ? fallback : undefined);
  if (value === undefined) {
    rt.require('environment', name, 'missing', place);
    const reason = { kind: 'environment', text: `the option ${section}/${key} of Airflow's configuration is not given (${name})`, place } as const;
    // Of a default that hangs on the machine it is known that it is there, and text.
    return { value: byDefault === null ? new Unknown(reason, '', true, 'str') : new Unknown(reason), isText: false };
  }
  rt.require('environment', name, 'default_used', place);
  const whose = byDefault === undefined ? 'the fallback in the code' : `the default of Airflow ${version}`;
  rt.assume('environment_default', `the option ${section}/${key} is not set; ${whose} is used`, place);
  return { value, isText: byDefault !== undefined };
}
