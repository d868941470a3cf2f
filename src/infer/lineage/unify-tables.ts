import { sqlSystems, type SqlSystemName } from '../../knowledge/sql-systems.js';
import type { TableResource } from './resource.js';
import type { Match } from './unify.js';
import { compareParts } from './unify-text.js';

/** Whether two tables are one: their names from the end, then where the names are valid. */
export function unifyTables(written: TableResource, read: TableResource): Match | undefined {
  const system = sharedSystem(written.system, read.system);
  if (system === 'other') return undefined;
  const shared = Math.min(written.parts.length, read.parts.length);
  const likeness = tail(written.parts, shared).map((part, index) => compareParts(part, tail(read.parts, shared)[index] ?? ''));
  if (likeness.includes('other')) return undefined;
  const names = nameMatch(written, read, { shared, system });
  const match = names && placeMatch(names, written, read, { shared, system });
  if (!match || !likeness.includes('alike')) return match;
  return lowered(match, 'medium', 'a part of the name is only known at run time');
}

interface Shared {
  /** Parts that both names have. */
  shared: number;
  system: SqlSystemName | null;
}

function tail(parts: readonly string[], count: number): readonly string[] {
  return parts.slice(parts.length - count);
}

function sharedSystem(a: SqlSystemName | null, b: SqlSystemName | null): SqlSystemName | null | 'other' {
  if (a === null || b === null) return a ?? b;
  if (a === b) return a;
  // Spark and Athena look names up in the metastore that Hive fills.
  const metastore: readonly SqlSystemName[] = ['hive', 'athena'];
  return metastore.includes(a) && metastore.includes(b) ? 'hive' : 'other';
}

/** `proj.ds.t` against `ds.t`: the shorter name lies in a default that isn't written. */
function nameMatch(written: TableResource, read: TableResource, { shared, system }: Shared): Match | undefined {
  const name = read.parts.join('.');
  if (written.parts.length === read.parts.length) return { confidence: 'high', reasons: [`both name ${name}`] };
  const longer = written.parts.length > read.parts.length ? written.parts : read.parts;
  const missing = longer.slice(0, longer.length - shared).join('.');
  const shorter = tail(longer, shared).join('.');
  if (shared >= 2) return { confidence: 'medium', reasons: [`${longer.join('.')} and ${shorter}: taken for the same with ${missing} as the default`] };
  const fallback = system === null ? 'public' : sqlSystems[system].schema;
  if (fallback !== null && longer[longer.length - 2] === fallback) {
    return { confidence: 'medium', reasons: [`${longer.join('.')} and ${shorter}: ${fallback} is the default schema`] };
  }
  return { confidence: 'low', reasons: [`${longer.join('.')} and ${shorter}: whether ${missing} is the default is not known`] };
}

function placeMatch(names: Match, written: TableResource, read: TableResource, { shared, system }: Shared): Match | undefined {
  if (written.scope !== null && written.scope === read.scope) return { ...names, reasons: [...names.reasons, `over the same connection ${written.scope}`] };
  const globalFrom = system === null ? null : sqlSystems[system].globalFrom;
  if (system === null || globalFrom === null || shared < globalFrom) return undefined;
  const { title, parts } = sqlSystems[system];
  if (system === 'bigquery' && shared === parts) return { ...names, reasons: [...names.reasons, 'a full name means one table in all of BigQuery'] };
  return lowered(names, 'medium', `by different connections, both taken to lead to the same ${title}`);
}

function lowered({ confidence, reasons }: Match, most: 'medium', reason: string): Match {
  return { confidence: confidence === 'high' ? most : confidence, reasons: [...reasons, reason] };
}
