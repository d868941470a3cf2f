import { createRequire } from 'node:module';

import { entryOf } from './table.js';

const require = createRequire(import.meta.url);

/** Where an import path of Airflow 1.10 to 2.10 went: `airflow.contrib...X` -> `airflow.providers...X`. */
export function legacyAlias(path: string): string | undefined {
  return entryOf(require('./legacy.json') as Record<string, string>, path);
}
