import { asRecord } from './data-file.js';

/**
 * Ids of connections with their types, from an export in any of Airflow's formats: an entry is a mapping with `conn_type`
 * or a URI. Everything else in it (hosts, logins, passwords) is dropped here. A type that isn't known is empty.
 */
export function connectionTypes(exported: Record<string, unknown>): Map<string, string> {
  return new Map(Object.entries(exported).map(([id, value]) => [id, typeOf(value)] as const));
}

/** The type of one connection: of a mapping, a JSON text or a URI. */
export function typeOf(value: unknown): string {
  if (typeof value !== 'string') {
    const type = asRecord(value)?.['conn_type'];
    return typeof type === 'string' ? type : '';
  }
  if (value.trimStart().startsWith('{')) return typeOfJson(value);
  const scheme = /^([A-Za-z][\w+.-]*):/.exec(value.trim())?.[1] ?? '';
  // `airflow/models/connection.py` writes a dash where a type has an underscore, and calls PostgreSQL by its short name.
  const type = scheme.replaceAll('-', '_');
  return type === 'postgresql' ? 'postgres' : type;
}

function typeOfJson(text: string): string {
  try {
    return typeOf(asRecord(JSON.parse(text)) ?? {});
  } catch {
    return '';
  }
}

/** The connection that an environment variable `AIRFLOW_CONN_<ID>` gives; Airflow finds it whatever the case of the id. */
export function connectionOfEnvironment(name: string, value: string): { id: string; type: string } | undefined {
  const prefix = 'AIRFLOW_CONN_';
  return name.startsWith(prefix) ? { id: name.slice(prefix.length).toLowerCase(), type: typeOf(value) } : undefined;
}
