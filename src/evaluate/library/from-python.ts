import type { ModuleTable, Runtime } from '../runtime.js';
import { libraryPlace, strict } from './define.js';

/** Entries of a module table that are written in Python: `src/knowledge/library/sources/MODULE.py`. */
export function fromPython(module: string, names: readonly string[]): ModuleTable {
  return Object.fromEntries(names.map((name) => [name, (rt: Runtime) => rt.getAttribute(rt.librarySource(module), name, libraryPlace)]));
}

/** The same for functions that decide by what they are given: an unknown argument is their result. */
export function hiding(module: string, names: readonly string[]): ModuleTable {
  return Object.fromEntries(names.map((name) => [name, (rt: Runtime) => {
    const written = rt.getAttribute(rt.librarySource(module), name, libraryPlace);
    return strict(name, (_rt, args, keywords, place) => rt.call(written, args, keywords, place));
  }]));
}
