import { entryOf, words } from './table.js';
import type { ApiTable, ModuleEntry } from './table.js';

export type ApiKind = 'operator' | 'class' | 'function' | 'value' | 'module';

export interface ApiName {
  /** Where the thing is defined: `module.qualname`, or the module's own name. */
  path: string;
  kind: ApiKind;
}

const OWN_KINDS = ['operator', 'class', 'function', 'value'] as const;

interface Home {
  module: string;
  attribute: string;
}

/** Answers `from module import name` in constant time once a module was asked about. */
export class NameIndex {
  readonly #table: ApiTable;
  readonly #homes = new Map<string, ReadonlyMap<string, Home>>();
  readonly #kinds = new Map<string, ReadonlyMap<string, ApiKind>>();

  constructor(table: ApiTable) {
    this.#table = table;
  }

  hasModule(module: string): boolean {
    return Object.hasOwn(this.#table.modules, module);
  }

  resolve(module: string, name: string): ApiName | undefined {
    const home = this.#homesOf(module).get(name);
    if (home) return this.#named(home);
    const submodule = `${module}.${name}`;
    return this.hasModule(submodule) ? { path: submodule, kind: 'module' } : undefined;
  }

  #named(home: Home): ApiName {
    if (home.attribute === '') return { path: home.module, kind: 'module' };
    const kind = this.#kindsOf(home.module).get(home.attribute) ?? 'value';
    return { path: `${home.module}.${home.attribute}`, kind };
  }

  #homesOf(module: string): ReadonlyMap<string, Home> {
    return remembered(this.#homes, module, () => homes(module, entryOf(this.#table.modules, module)));
  }

  #kindsOf(module: string): ReadonlyMap<string, ApiKind> {
    return remembered(this.#kinds, module, () =>
      kinds([entryOf(this.#table.foreign, module), entryOf(this.#table.modules, module)]),
    );
  }
}

function remembered<Value>(cache: Map<string, Value>, key: string, make: () => Value): Value {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  cache.set(key, made);
  return made;
}

function homes(module: string, entry: ModuleEntry | undefined): ReadonlyMap<string, Home> {
  const found = new Map<string, Home>();
  if (!entry) return found;
  for (const kind of OWN_KINDS) {
    for (const name of words(entry[kind])) found.set(name, { module, attribute: name });
  }
  for (const [home, names] of Object.entries(entry.from ?? {})) {
    for (const token of words(names)) {
      const [name = token, attribute = token] = token.split('=');
      found.set(name, { module: home, attribute });
    }
  }
  for (const [home, names] of Object.entries(entry.module ?? {})) {
    for (const name of words(names)) found.set(name, { module: home, attribute: '' });
  }
  return found;
}

function kinds(entries: readonly (ModuleEntry | undefined)[]): ReadonlyMap<string, ApiKind> {
  const found = new Map<string, ApiKind>();
  for (const entry of entries) {
    for (const kind of OWN_KINDS) {
      for (const name of words(entry?.[kind])) found.set(name, kind);
    }
  }
  return found;
}
