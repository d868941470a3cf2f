import { createRequire } from 'node:module';

const table = createRequire(import.meta.url)('./inert.json') as { modules: readonly string[]; submodules: readonly string[] };

/**
 * Top-level names of well-known packages that know nothing of Airflow: handing them a value or calling them can't make
 * tasks or change DAGs, so that only what is made from their results is unknown.
 */
export const inertModules: ReadonlySet<string> = new Set(table.modules);

/** Modules in such packages, by dotted name: what `from package import name` binds is then known to be a module. */
export const inertSubmodules: ReadonlySet<string> = new Set(table.submodules);
