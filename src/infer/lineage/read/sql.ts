import { sqlSystems } from '../../../knowledge/sql-systems.js';
import type { AccessSource, Confidence } from '../../../model/analysis.js';
import type { Place } from '../../../model/place.js';
import { typedTablesInSql, type TableWrite } from '../../sql/tables.js';
import { pathOfUri } from '../paths.js';
import { isTelling, type Access, type Found, type TaskAccesses, type WriteKind } from '../resource.js';
import { tableNamed, type SqlSession } from '../table-name.js';

interface SqlSource {
  text: string;
  session: SqlSession;
  place: Place;
  how: AccessSource;
  confidence?: Confidence;
  reasons?: readonly string[];
  isWait?: boolean;
}

/** What SQL text reads and writes over a session. */
export function sqlAccesses({ text, session, place, how, confidence = 'high', reasons = [], isWait }: SqlSource): TaskAccesses {
  const dialect = session.system === null ? 'generic' : sqlSystems[session.system].dialect;
  const tables = typedTablesInSql(text, dialect);
  const access = (direction: Access['direction'], found: Found | undefined, write?: WriteKind): Access[] =>
    found && isTelling(found)
      ? [{ direction, found, how, confidence, reasons: [...reasons], place, text: text.trim(), ...(isWait === true && { isWait }), ...(write && { write }) }]
      : [];
  const written = writesOf(tables.writes);
  return {
    accesses: [
      ...tables.reads.flatMap((name) => access('read', tableNamed(name, session))),
      ...tables.readAddresses.flatMap((address) => access('read', pathOfUri(address))),
      ...written.flatMap(({ table, write }) => access('write', tableNamed(table, session), write)),
      ...tables.writtenAddresses.flatMap((address) => access('write', pathOfUri(address), 'overwrite')),
    ],
    gaps: tables.unknowns.map(({ reason, line }) => ({ reason, place: { file: place.file, line: how === 'argument' ? place.line : place.line + line - 1 } })),
  };
}

/** One way of writing for each table: what all statements of the text come to. */
function writesOf(writes: readonly TableWrite[]): { table: string; write: WriteKind }[] {
  const byTable = new Map<string, TableWrite[]>();
  for (const write of writes) byTable.set(write.table, [...(byTable.get(write.table) ?? []), write]);
  return [...byTable].map(([table, all]) => ({ table, write: together(all) }));
}

function together(writes: readonly TableWrite[]): WriteKind {
  const modes = new Set(writes.filter(({ isEmpty }) => isEmpty !== true).map(({ mode }) => mode));
  if (modes.size === 0) return 'define';
  const cleared = writes.filter(({ mode }) => mode === 'delete' || mode === 'overwrite');
  const isPart = cleared.length > 0 && cleared.every((write) => write.isPart === true);
  if (modes.has('append')) return cleared.length === 0 ? 'append' : isPart ? 'overwrite_part' : 'overwrite';
  if (modes.has('overwrite')) return isPart ? 'overwrite_part' : 'overwrite';
  if (modes.has('update')) return 'update';
  return modes.has('keyed') ? 'merge' : 'delete';
}
