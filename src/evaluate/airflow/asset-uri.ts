import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import type { Unknown } from '../values.js';
import { isAirflow3 } from './world.js';

/**
 * Rules of provider packages for their schemes (`sanitize_uri` in each provider's `assets`): default port, other name of
 * the scheme, and how many parts the path has, the leading slash counted.
 */
const schemes: Readonly<Record<string, { readonly scheme?: string; readonly port?: string; readonly parts?: readonly number[] }>> = {
  bigquery: { parts: [3] },
  databricks: { parts: [4] },
  ftp: { port: '21' },
  gs: {},
  hdfs: {},
  hive: { parts: [3] },
  kafka: {},
  mariadb: { scheme: 'mysql', port: '3306', parts: [3] },
  mongodb: { port: '27017', parts: [3] },
  mssql: { port: '1433', parts: [4, 5] },
  mysql: { port: '3306', parts: [3] },
  oracle: { port: '1521', parts: [4] },
  postgres: { port: '5432', parts: [4] },
  postgresql: { scheme: 'postgres', port: '5432', parts: [4] },
  presto: { port: '8080', parts: [4] },
  redshift: { port: '5439', parts: [4] },
  s3: {},
  sftp: { port: '22' },
  snowflake: { parts: [4] },
  teradata: { port: '1025', parts: [3] },
  trino: { port: '8080', parts: [4] },
  vertica: { port: '5433', parts: [4] },
};

/** The URI as Airflow keeps it (airflow/sdk/definitions/asset/__init__.py `_sanitize_uri`, AIP-60). */
export function normalizeUri(rt: Runtime, uri: string, place: Place): string | Unknown {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#.*)?$/.exec(uri);
  if (match === null) return uri;
  const [, rawScheme = '', rawNetloc, rawPath = '', query = ''] = match;
  const scheme = rawScheme.toLowerCase();
  if (scheme.startsWith('x-')) return uri;
  if (scheme === 'airflow') return rt.raise('ValueError', "Asset scheme 'airflow' is reserved", place);
  if (rawNetloc === undefined) return rt.unknown('not_modelled', 'an asset URI without `//` after its scheme', place);
  const netloc = /^[^@]*:[^@]*@/.test(rawNetloc) ? rawNetloc.slice(rawNetloc.lastIndexOf('@') + 1) : rawNetloc;
  const path = rawPath.replace(/\/+$/, '') || '/';
  if (query.includes('%') || query.includes('+')) return rt.unknown('not_modelled', 'an asset URI with an encoded query', place);
  const sorted = sortQuery(query);
  return `${withProviderRule(rt, scheme, netloc, path, place)}${sorted === '' ? '' : `?${sorted}`}`;
}

function sortQuery(query: string): string {
  const pairs = query.split('&').filter((pair) => /^[^=]+=.+$/.test(pair));
  return pairs.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).join('&');
}

function withProviderRule(rt: Runtime, scheme: string, netloc: string, path: string, place: Place): string {
  const rule = schemes[scheme];
  const plain = `${scheme}://${netloc}${path}`;
  if (rule === undefined) return plain;
  const isValid = netloc !== '' && (rule.parts === undefined || rule.parts.includes(path.split('/').length));
  const host = rule.port === undefined || /:\d+$/.test(netloc) ? netloc : `${netloc.replace(/:$/, '')}:${rule.port}`;
  const normalized = `${rule.scheme ?? scheme}://${host}${path}`;
  if (isValid && normalized === plain) return plain;
  rt.assume('import', `the provider that normalises ${scheme}:// URIs is installed`, place);
  if (isValid) return normalized;
  // 2.x only warns, and keeps the URI as it is.
  return isAirflow3(rt) ? rt.raise('ValueError', `URI format ${scheme}:// must contain the parts of a name`, place) : plain;
}
