import { createRequire } from 'node:module';

export type JsonScalar = string | number | boolean | null;

/** Names of a module, as written by scripts/knowledge: lists are space-separated, a renamed import is `local=original`. */
export interface ModuleEntry {
  operator?: string;
  class?: string;
  function?: string;
  value?: string;
  /** Imported from elsewhere, by the module that defines them. */
  from?: Record<string, string>;
  /** Modules bound in the module's namespace, by their own name. */
  module?: Record<string, string>;
}

/** `init` marks a parameter with `!` when it must be given and `~` when its default isn't None. */
export interface OperatorEntry {
  fields: readonly string[] | null;
  bases?: string;
  init?: string;
  defaults?: Record<string, JsonScalar>;
  template_ext?: readonly string[];
  sensor?: boolean;
  operator_name?: string;
}

export type SignatureEntry = readonly [name: string, kind: string, fallback?: JsonScalar | object];

export interface ApiTable {
  about: { airflow: string; base_operator: string; providers: Record<string, string> };
  excluded: readonly string[];
  failed: readonly string[];
  modules: Record<string, ModuleEntry>;
  foreign: Record<string, ModuleEntry>;
  operators: Record<string, OperatorEntry>;
  mixins: Record<string, string>;
  decorators: Record<string, { operator: string }>;
  signatures: Record<string, readonly SignatureEntry[]>;
  enums: Record<string, Record<string, JsonScalar>>;
  values: Record<string, unknown>;
}

export type ApiVersion = '2.11' | '3.2';

const require = createRequire(import.meta.url);

/** The generated table of one Airflow; Node keeps the parsed file. */
export function readTable(version: ApiVersion): ApiTable {
  return require(`./${version}.json`) as ApiTable;
}

/** Own property of a table, so that `constructor` is no entry. */
export function entryOf<Entry>(table: Readonly<Record<string, Entry>>, key: string): Entry | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

export function words(list: string | undefined): readonly string[] {
  return list ? list.split(' ') : [];
}
