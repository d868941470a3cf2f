import type { Place } from '../../model/place.js';
import type { ModuleTable, Runtime } from '../runtime.js';
import { PyModule, Unknown } from '../values.js';
import type { Value } from '../values.js';
import { cosmosModule, cosmosName } from './cosmos/module.js';
import { dagFactoryModule } from './dag-factory/module.js';

interface Package {
  readonly table: ModuleTable;
  /** What a name is that the table doesn't have. */
  readonly other: (rt: Runtime, module: string, name: string, place: Place) => Value;
}

/** Packages besides Airflow's own that make DAGs and are modelled, by their top module. */
const packages: Readonly<Record<string, Package>> = {
  cosmos: { table: cosmosModule, other: cosmosName },
  dagfactory: {
    table: dagFactoryModule,
    other: (_rt, module, name, place) => new Unknown({ kind: 'not_modelled', text: `${module}.${name} is not modelled`, place }, `${module}.${name}`),
  },
};

/** A module of a modelled package; a name is the same in whichever of its modules. Undefined for any other module. */
export function packageModule(rt: Runtime, name: string, place: Place): PyModule | undefined {
  const top = name.split('.')[0] ?? '';
  const known = Object.hasOwn(packages, top) ? packages[top] : undefined;
  if (known === undefined) return undefined;
  const variables = new Map<string, Value>();
  return new PyModule(rt.stamp(), name, variables, '', (attribute) => {
    if (attribute.startsWith('__')) return undefined;
    const make = Object.hasOwn(known.table, attribute) ? known.table[attribute] : undefined;
    const value = make?.(rt) ?? known.other(rt, name, attribute, place);
    variables.set(attribute, value);
    return value;
  });
}
