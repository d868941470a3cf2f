import { createRequire } from 'node:module';

const table = createRequire(import.meta.url)('./inert.json') as { modules: readonly string[] };

/**
 * Top-level names of well-known packages that know nothing of Airflow: handing them a value or calling them can't make
 * tasks or change DAGs, so that only what is made from their results is unknown.
 */
export const inertModules: ReadonlySet<string> = new Set(table.modules);
