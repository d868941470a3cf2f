import type { ModuleTable, Runtime } from '../runtime.js';
import { libraryPlace } from './define.js';

/** Entries of a module table that are written in Python: `src/knowledge/library/sources/MODULE.py`. */
export function fromPython(module: string, names: readonly string[]): ModuleTable {
  return Object.fromEntries(names.map((name) => [name, (rt: Runtime) => rt.getAttribute(rt.librarySource(module), name, libraryPlace)]));
}
