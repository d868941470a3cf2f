import { createRequire } from 'node:module';

const table = createRequire(import.meta.url)('./names.json') as { modules: Readonly<Record<string, readonly string[]>> };

/** Names that real modules have (CPython 3.12 and the usual releases of PyPI packages), by module. */
export const libraryNames = table.modules;
