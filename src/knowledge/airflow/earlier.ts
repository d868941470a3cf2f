import { createRequire } from 'node:module';

import { entryOf } from './table.js';

const require = createRequire(import.meta.url);

/** What an operator of a provider release of spring 2022 had and today's table doesn't know. */
export interface EarlierOperator {
  /** Template fields of a class that is gone. */
  readonly fields?: readonly string[];
  /** Arguments that the class took then and refuses today. */
  readonly lost?: readonly string[];
  /** Arguments that the class requires today and didn't then. */
  readonly late?: readonly string[];
}

/** Read only for a class or an argument that the table doesn't know: most runs never load it. */
export function earlierOperator(path: string): EarlierOperator | undefined {
  return entryOf(require('./earlier.json') as Record<string, EarlierOperator>, path);
}
