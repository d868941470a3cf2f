import { isEarlierModule, legacyAlias } from '../../knowledge/airflow/api.js';
import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyModule, Unknown } from '../values.js';
import type { Value } from '../values.js';
import { apiValue } from './api-values.js';
import { findEarlier, importEarlier } from './earlier-names.js';
import { isTabulatedRelease } from './provider-releases.js';
import { isAirflow3, worldOf } from './world.js';

const builtinPlace: Place = { file: '', line: 1 };

/**
 * Whether the tables speak for exactly the analysed version: then what they don't list doesn't import. Providers have
 * versions of their own, so that what today's don't have may well be installed.
 */
function isJudged(rt: Runtime, module: string): boolean {
  if (module.startsWith('airflow.providers')) return false;
  const { major, minor } = rt.airflow;
  return (major === 2 && minor === 11) || (major === 3 && minor === 2);
}

/** A module of Airflow or its providers; raises ModuleNotFoundError for one that the version doesn't have. */
export function airflowModule(rt: Runtime, name: string, place: Place): PyModule | Unknown {
  const { api } = worldOf(rt);
  const mayExist = api.hasModule(name) || !api.knowsModule(name) || !isJudged(rt, name);
  if (!mayExist) rt.raise('ModuleNotFoundError', `No module named '${name}'`, place);
  const variables = new Map<string, Value>();
  return new PyModule(rt.stamp(), name, variables, '', (attribute, asked) => {
    // What today's releases don't have is judged wherever it is imported.
    const earlier = api.resolve(name, attribute) === undefined ? findEarlier(`${name}.${attribute}`) : undefined;
    if (earlier !== undefined) return importEarlier(rt, earlier.path, earlier.name, asked) ?? refuse(rt, name, asked);
    const value = resolve(rt, name, attribute, asked);
    // What may not be there is judged wherever it is imported, too.
    if (value instanceof Unknown && value.reason.kind === 'version') rt.mayFail(value);
    else if (value !== undefined) variables.set(attribute, value);
    return value;
  });
}

/** A module that went as a whole can't be found; of one that is there the name can't be imported. */
function refuse(rt: Runtime, module: string, place: Place): undefined {
  return worldOf(rt).api.hasModule(module) ? undefined : rt.raise('ModuleNotFoundError', `No module named '${module}'`, place);
}

function resolve(rt: Runtime, module: string, name: string, place: Place): Value | undefined {
  const { api } = worldOf(rt);
  const found = api.resolve(module, name);
  if (found !== undefined) {
    if (found.kind === 'module') return rt.importModule(found.path, place);
    return apiValue(rt, found.path, found.kind, `${module}.${name}`);
  }
  const full = `${module}.${name}`;
  if (api.hasModule(full)) return rt.importModule(full, place);
  if (name.startsWith('__')) return undefined;
  // The tables list public names only.
  if (isJudged(rt, module) && api.knowsModule(module) && !name.startsWith('_')) return undefined;
  const moved = legacyAlias(full);
  if (moved !== undefined) {
    const dot = moved.lastIndexOf('.');
    const target = api.resolve(moved.slice(0, dot), moved.slice(dot + 1));
    if (target !== undefined && target.kind !== 'module') return apiValue(rt, target.path, target.kind, full);
  }
  // Its names are judged one by one.
  if (isEarlierModule(full)) return rt.importModule(full, place);
  if (api.knowsModule(module) && !name.startsWith('_') && isTabulatedRelease(rt, full)) return undefined;
  const kind = api.knowsModule(module) ? 'version' : 'missing_module';
  const text =
    kind === 'version'
      ? `${full} is not in the tables, which are of Airflow ${isAirflow3(rt) ? '3.2' : '2.11'} and its providers of 2026`
      : `${module} is a provider module that is not in the tables`;
  return new Unknown({ kind, text, place: place.file === '' ? builtinPlace : place }, full);
}
