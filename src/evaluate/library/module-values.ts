import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import type { Value } from '../values.js';
import { PyModule, Unknown } from '../values.js';
import { libraryPlace } from './define.js';
import { libraryModules } from './modules.js';
import { libraryNames } from '../../knowledge/library/names.js';

/** The module value of a modelled module (or of a submodule of one); its attributes are made when first asked for. */
export function libraryModule(rt: Runtime, name: string): PyModule {
  const variables = new Map<string, Value>();
  const names = libraryNames[name];
  if (names) variables.set('__all__', rt.list(names.filter((each) => !each.startsWith('_'))));
  return new PyModule(rt.stamp(), name, variables, '', (attribute) => {
    const value = attributeOf(rt, name, attribute);
    if (value !== undefined) variables.set(attribute, value);
    return value;
  });
}

function attributeOf(rt: Runtime, module: string, name: string): Value | undefined {
  const table = libraryModules[module];
  const make = table && Object.hasOwn(table, name) ? table[name] : undefined;
  if (make) return make(rt);
  const submodule = `${module}.${name}`;
  if (Object.hasOwn(libraryModules, submodule)) return rt.importModule(submodule, libraryPlace);
  return unmodelledName(module, name, libraryPlace);
}

/**
 * A name of a modelled module that has no model: unknown when the real module has it, undefined when it hasn't (then
 * Python raises). The libraries know nothing of Airflow, so that calling it can't change a DAG.
 */
export function unmodelledName(module: string, name: string, place: Place): Unknown | undefined {
  const names = libraryNames[module];
  if (names && !names.includes(name)) return undefined;
  const path = `${module}.${name}`;
  return new Unknown({ kind: 'not_modelled', text: `${path} is not modelled`, place }, path, true);
}
