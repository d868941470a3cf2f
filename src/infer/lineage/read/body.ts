import { resourceCalls, type ResourceCall } from '../../../knowledge/resource-calls.js';
import { sqlClients, sqlLibraries } from '../../../knowledge/sql-systems.js';
import type { BodyFact, Task } from '../../../model/graph.js';
import { typedText, type KnownParams } from '../../template/holes.js';
import { localFile, pathOfUri, storedObject } from '../paths.js';
import { isTelling, type Access, type Found, type TaskAccesses, type WriteKind } from '../resource.js';
import { tableNamed, type SqlSession } from '../table-name.js';
import { sqlAccesses } from './sql.js';

/** What the functions of a task read and write by the calls in them. */
export function bodyAccesses(task: Task, params: KnownParams): TaskAccesses {
  const found: TaskAccesses = { accesses: [], gaps: [] };
  for (const fact of task.body) {
    if (fact.kind === 'sql' && fact.name !== 'mention') addSql(found, fact, { task, params });
    else if ((fact.kind === 'uri' || fact.kind === 'file') && fact.name !== 'mention') addAddress(found, fact, { task, params });
    else if (fact.kind === 'call') for (const row of resourceCalls) if (row.names.some((name) => endsIn(fact.name, name))) addCall(found, fact, row, { task, params });
  }
  return found;
}

type Within = { task: Task; params: KnownParams };

function endsIn(name: string, end: string): boolean {
  return name === end || name.endsWith(`.${end}`) || (end.startsWith('Hook.') && name.endsWith(end));
}

function addSql(into: TaskAccesses, fact: BodyFact, within: Within): void {
  const call = within.task.body.find((each) => each.kind === 'call' && each.file === fact.file && each.line === fact.line && endsIn(each.name, fact.name) && Object.values(each.arguments ?? {}).includes(fact.detail));
  const session = call ? sessionOfCall(call, within) : { system: null, connection: onlyConnection(within) };
  const found = sqlAccesses({ text: typedParams(fact.detail, within.params), session, place: { file: fact.file, line: fact.line }, how: 'body', reasons: [`its code runs it by ${fact.name}`] });
  into.accesses.push(...found.accesses);
  into.gaps.push(...found.gaps);
}

/** The parser of SQL reads templates itself: only known parameters are filled in before. */
function typedParams(text: string, params: KnownParams): string {
  return text.replace(/\{\{\s*params\.(\w+)\s*\}\}/g, (whole, name: string) => (Object.hasOwn(params, name) ? (params[name] ?? whole) : whole));
}

/** The database that a call goes to: the hook or client in its name, and what that was made with. */
function sessionOfCall(call: BodyFact, within: Within): SqlSession {
  const parts = call.name.split('.');
  const hook = parts.map((part) => sqlClients.get(part)).find((each) => each !== undefined);
  const given = call.receiver ?? {};
  if (hook) {
    const asked = ['', '^', '^^', '^^^'].flatMap((level) => [given[`${level}${hook.connection}`], given[`${level}0`], given[`${level}conn_name_attr`]]).find((each) => each !== undefined);
    const connection = asked ?? hook.fallback;
    return { system: hook.system, connection: connection === null ? null : typedText(connection, within.params), catalog: given['project_id'] ?? given['database'], schema: hook.system === 'postgres' ? undefined : given['schema'] };
  }
  const library = sqlLibraries.find(({ path }) => path.test(call.name));
  if (library?.system === 'bigquery') return { system: 'bigquery', connection: null, catalog: given['project'] ?? call.arguments?.['project_id'] };
  if (library?.system === 'hive') return { system: 'hive', connection: null };
  const handed = ['con^^0', 'con^0', '1^^0', '1^0'].map((name) => call.arguments?.[name]).find((each) => each !== undefined);
  if (handed !== undefined) return { system: null, connection: handed };
  return { system: library?.system ?? null, connection: library ? null : onlyConnection(within) };
}

/** The one connection that the code or the arguments name, when there is but one. */
function onlyConnection({ task, params }: Within): string | null {
  const named = task.body.flatMap((fact) => (fact.kind === 'connection' ? [fact.name] : []));
  const given = Object.entries(task.arguments).flatMap(([name, value]) => (/(?:^|_)conn_id$/.test(name) && typeof value === 'string' ? [value] : []));
  const ids = new Set([...named, ...given]);
  const [only] = ids;
  return ids.size === 1 && only !== undefined ? typedText(only, params) : null;
}

function addAddress(into: TaskAccesses, fact: BodyFact, { params }: Within): void {
  const text = typedText(fact.detail, params);
  const found = text.includes('://') ? (pathOfUri(text) ?? (/^https?:/.test(text) ? { form: 'named' as const, kind: 'http' as const, name: text } : undefined)) : text.startsWith('/') ? localFile(text) : undefined;
  if (found) push(into, { found, fact, direction: fact.name === 'write' ? 'write' : 'read', write: 'overwrite' });
}

function addCall(into: TaskAccesses, fact: BodyFact, row: ResourceCall, within: Within): void {
  const found = targetOf(fact, row, within);
  if (found) push(into, { found, fact, direction: row.access === 'read' ? 'read' : 'write', write: row.access === 'delete' ? 'delete' : writeOf(fact, row) });
}

/** Data frames say how they write by an argument. */
function writeOf({ arguments: given = {} }: BodyFact, row: ResourceCall): WriteKind {
  const mode = given['if_exists'] ?? given['write_disposition'];
  if (mode === undefined) return given['replace'] === 'True' || given['replace'] === 'true' ? 'merge' : (row.write ?? 'unknown');
  return /append/i.test(mode) ? 'append' : /replace|truncate/i.test(mode) ? 'overwrite' : 'create';
}

function targetOf(fact: BodyFact, { target }: ResourceCall, within: Within): Found | undefined {
  const read = (references: readonly string[] = []): string | undefined => {
    const text = references.map((reference) => valueOf(fact, reference)).find((each) => each !== undefined);
    return text === undefined ? undefined : typedText(text, within.params);
  };
  if (target.form === 'object') {
    const [bucket, key] = [read(target.bucket), read(target.key)];
    if (key?.includes('://') === true) return pathOfUri(key);
    return bucket === undefined ? undefined : storedObject(target.scheme, bucket, key ?? '');
  }
  const name = read(target.name);
  if (name === undefined) return undefined;
  if (target.form === 'uri') return pathOfUri(name);
  if (target.form === 'named') return { form: 'named', kind: target.kind, name };
  const own = sessionOfCall(fact, within);
  const connection = read(target.connection);
  const session = target.system ? { ...own, system: target.system } : connection === undefined ? own : { system: own.system, connection };
  const schema = read(target.schema);
  return tableNamed(schema === undefined ? name : `${schema}.${name}`, session);
}

function valueOf({ arguments: given = {}, receiver = {} }: BodyFact, reference: string): string | undefined {
  return reference.startsWith('^') ? receiver[reference.slice(1)] : given[reference];
}

function push(into: TaskAccesses, { found, fact, direction, write }: { found: Found; fact: BodyFact; direction: Access['direction']; write: WriteKind }): void {
  if (!isTelling(found)) return;
  const reasons = [`its code calls ${fact.kind === 'call' ? fact.name : `a ${fact.name}ing function`}`];
  into.accesses.push({ direction, found, how: 'body', confidence: 'high', reasons, place: { file: fact.file, line: fact.line }, text: `${fact.name} ${fact.detail}`.trim(), ...(direction === 'write' && { write }) });
}
