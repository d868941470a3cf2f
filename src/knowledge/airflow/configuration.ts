import { createRequire } from 'node:module';

import { entryOf } from './table.js';
import type { ApiVersion } from './table.js';

const require = createRequire(import.meta.url);

/** The default of an option of Airflow's configuration; null for one that hangs on the machine, undefined where there is none. */
export function configurationDefault(version: ApiVersion, section: string, key: string): string | null | undefined {
  const table = (require('./configuration.json') as Record<ApiVersion, Record<string, string | null>>)[version];
  return entryOf(table, `${section}.${key}`);
}
