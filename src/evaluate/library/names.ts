import names from './names.json' with { type: 'json' };

/** Names that real modules have (CPython 3.12 and the usual releases of PyPI packages), by module. */
export const libraryNames: Readonly<Record<string, readonly string[]>> = names.modules;
