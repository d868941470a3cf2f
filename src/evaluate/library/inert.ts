import inert from './inert.json' with { type: 'json' };

/**
 * Top-level names of well-known packages that know nothing of Airflow: handing them a value or calling them can't make
 * tasks or change DAGs, so that only what is made from their results is unknown.
 */
export const inertModules: ReadonlySet<string> = new Set(inert.modules);
