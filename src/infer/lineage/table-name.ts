import { sqlSystems, type SqlSystemName } from '../../knowledge/sql-systems.js';
import type { TableResource } from './resource.js';

/** Where a task's SQL runs. */
export interface SqlSession {
  system: SqlSystemName | null;
  /** The connection's id; null when it isn't known. */
  connection: string | null;
  /** What completes names: the project or database, and the schema, as far as the task names them. */
  catalog?: string | undefined;
  schema?: string | undefined;
}

/** A table by its name as it is written in SQL or in an argument; undefined for what is no table's name. */
export function tableNamed(name: string, session: SqlSession): TableResource | undefined {
  const parts = partsOf(name);
  if (parts.length === 0 || parts.length > 4 || parts.some((part) => part === '' || /[\s/()]/.test(part))) return undefined;
  if (isCatalogue(parts)) return undefined;
  const { system, connection } = session;
  return { form: 'table', kind: 'table', system, scope: scopeOf(session, connection), parts: completed(parts, session) };
}

/** The dots inside of holes separate nothing; BigQuery's old names have a colon behind the project. */
function partsOf(name: string): string[] {
  const plain = name.replace(/["`[\]]/g, '').trim();
  const parts = plain
    .replace(/^([\w-]+):(?=[\w-]+\.)/, '$1.')
    .replace(/\$[\w{}.?]*$/, '')
    .match(/(?:\{[^}]*\}|[^.{])+|(?<=\.)(?=\.|$)/g);
  return (parts ?? []).map((part) => part.replace(/\{[^}]*\}|[^{]+/g, (piece) => (piece.startsWith('{') ? piece : piece.toLowerCase())));
}

/** Tables that the system keeps about itself. */
function isCatalogue(parts: readonly string[]): boolean {
  return parts.some((part, index) => index < parts.length - 1 && /^(?:information_schema|pg_catalog|sys|performance_schema|svv|stl)$/.test(part)) || /^(?:pg_|stl_|svv_|stv_|v\$|dual$)/.test(parts.at(-1) ?? '');
}

/** In systems where a name can't lead out of its database the database tells connections apart, and is no part of the name. */
function scopeOf({ system, catalog }: SqlSession, connection: string | null): string | null {
  if (connection === null) return null;
  const staysInside = system === null || sqlSystems[system].globalFrom === null;
  return staysInside && catalog !== undefined && catalog !== '' ? `${connection}/${catalog.toLowerCase()}` : connection;
}

function completed(parts: readonly string[], { system, catalog, schema }: SqlSession): string[] {
  const most = system === null ? 3 : sqlSystems[system].parts;
  const isGlobal = system !== null && sqlSystems[system].globalFrom !== null;
  let full = [...parts];
  if (full.length === 1 && schema !== undefined && schema !== '' && most > 1) full = [schema.toLowerCase(), ...full];
  if (full.length === 2 && most === 3 && isGlobal && catalog !== undefined && catalog !== '') full = [catalog.toLowerCase(), ...full];
  return full;
}
