import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import type { Unknown } from '../values.js';

/** Rules of provider packages for their schemes: default port, other name of the scheme, how many path parts. */
const databases: Readonly<Record<string, { readonly scheme: string; readonly port: string; readonly parts: number }>> = {
  mariadb: { scheme: 'mysql', port: '3306', parts: 3 },
  mysql: { scheme: 'mysql', port: '3306', parts: 3 },
  postgres: { scheme: 'postgres', port: '5432', parts: 4 },
  postgresql: { scheme: 'postgres', port: '5432', parts: 4 },
  redshift: { scheme: 'redshift', port: '5439', parts: 4 },
  trino: { scheme: 'trino', port: '8080', parts: 4 },
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
  const rule = databases[scheme];
  if (rule === undefined) return `${scheme}://${netloc}${path}`;
  const host = /:\d+$/.test(netloc) ? netloc : `${netloc.replace(/:$/, '')}:${rule.port}`;
  const normalized = `${rule.scheme}://${host}${path}`;
  if (normalized !== `${scheme}://${netloc}${path}` || path.split('/').length !== rule.parts) {
    rt.assume('import', `the provider that normalises ${scheme}:// URIs is installed`, place);
  }
  if (path.split('/').length !== rule.parts) rt.raise('ValueError', `URI format ${scheme}:// must contain the parts of a table's name`, place);
  return normalized;
}
