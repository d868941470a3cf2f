import type { Place } from '../../model/place.js';
import type { ModuleTable, Runtime } from '../runtime.js';
import { PyModule, Unknown } from '../values.js';
import type { Value } from '../values.js';
import { dagFactoryModule } from './dag-factory/module.js';

/** Packages besides Airflow's own that make DAGs and are modelled, by module. */
const packages: Readonly<Record<string, ModuleTable>> = {
  dagfactory: dagFactoryModule,
  'dagfactory.dagfactory': dagFactoryModule,
};

/** A module of a modelled package; what it has besides is unknown and may make DAGs. Undefined for any other module. */
export function packageModule(rt: Runtime, name: string, place: Place): PyModule | undefined {
  const table = Object.hasOwn(packages, name) ? packages[name] : undefined;
  if (table === undefined) return undefined;
  const variables = new Map<string, Value>();
  return new PyModule(rt.stamp(), name, variables, '', (attribute) => {
    if (attribute.startsWith('__')) return undefined;
    const make = Object.hasOwn(table, attribute) ? table[attribute] : undefined;
    const value = make?.(rt) ?? new Unknown({ kind: 'not_modelled', text: `${name}.${attribute} is not modelled`, place }, `${name}.${attribute}`);
    variables.set(attribute, value);
    return value;
  });
}
