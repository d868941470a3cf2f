import { isNode, type SqlNode } from './parser.js';

/** How a statement changes a table. `keyed`: by a key, so that a second run changes nothing more. */
export type WriteMode = 'append' | 'overwrite' | 'keyed' | 'delete' | 'update';

export interface TableWrite {
  table: string;
  mode: WriteMode;
  /** Only a partition, or the rows that a condition names. */
  isPart?: boolean;
  /** Made with columns and no rows. */
  isEmpty?: boolean;
}

/** What one statement does to tables and addresses. */
export interface Effects {
  writes: TableWrite[];
  reads: string[];
  /** Tables that live no longer than the session. */
  temporary: string[];
  /** Addresses of files: `s3://...`, `@stage/...`. */
  readAddresses: string[];
  writtenAddresses: string[];
  /** Procedures that it calls. */
  calls: string[];
}

interface Walk {
  effects: Effects;
  /** Names that WITH clauses give to their own queries, and aliases: they are no tables. */
  named: ReadonlySet<string>;
  isGuarded: boolean;
}

/** Reads a statement's tree. `isGuarded`: a clause keeps rows that are there already from being written again. */
export function effectsOf(root: SqlNode, isGuarded: boolean): Effects {
  const effects: Effects = { writes: [], reads: [], temporary: [], readAddresses: [], writtenAddresses: [], calls: [] };
  visit(root, { effects, named: new Set(), isGuarded });
  return effects;
}

type Reader = (node: SqlNode, walk: Walk) => void;

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['insert', (node, walk) => write(node, 'table', insertMode(node, walk), walk, { isPart: !isEmpty(node['partition']) })],
  ['create_table', readCreateTable],
  ['create_view', (node, walk) => write(node, 'name', 'overwrite', walk, { temporary: node['temporary'] === true })],
  ['cache', readCache],
  ['merge', (node, walk) => write(node, 'this', 'keyed', walk)],
  ['update', (node, walk) => write(node, 'table', 'update', walk, { isPart: node['where_clause'] !== null })],
  // `DELETE o FROM orders o JOIN ...` names the table by its alias once more.
  ['delete', ({ tables: _tables, ...node }, walk) => write(node, 'table', 'delete', walk, { isPart: node['where_clause'] !== null || !isEmpty(node['joins']) })],
  ['truncate', (node, walk) => dropped([node['table'], ...listOf(node['extra_tables'])], walk)],
  ['drop_table', (node, walk) => dropped(node['names'], walk)],
  ['drop_view', (node, walk) => dropped([node['name']], walk)],
  ['alter_table', readAlter],
  ['copy', readCopy],
  ['load_data', readLoad],
  ['export', readExport],
]);

/** Columns and texts name no table; a foreign key names one and reads nothing. */
const skipped: ReadonlySet<string> = new Set(['column', 'literal', 'references', 'foreign_key', 'foreignkey']);

function visit(value: unknown, walk: Walk): void {
  if (Array.isArray(value)) for (const member of value) visit(member, walk);
  else if (isNode(value)) visitNode(value, walk);
}

function visitNode(node: SqlNode, walk: Walk): void {
  if (isTable(node)) {
    readTable(node, walk);
    return;
  }
  const inner = withNames(node, walk);
  for (const [key, child] of Object.entries(node)) {
    const reader = isNode(child) ? readers.get(key) : undefined;
    if (reader && isNode(child)) reader(child, withNames(child, inner));
    else if (key === 'into' && isNode(child)) writeTarget(child['this'], 'overwrite', inner, { temporary: child['temporary'] === true });
    else if (skipped.has(key.toLowerCase())) continue;
    else visit(child, inner);
  }
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

/** The library's table reference: a name with a schema and a catalog, where a column has neither. */
function isTable(node: SqlNode): boolean {
  return isNode(node['name']) && typeof node['name']['name'] === 'string' && 'schema' in node && 'catalog' in node;
}

function nameOf(node: SqlNode): string {
  const parts = [node['catalog'], node['schema'], node['name']].flatMap((part) => (isNode(part) && typeof part['name'] === 'string' ? [part['name']] : []));
  return parts.join('.').replace(/["`[\]]/g, '').toLowerCase();
}

function readTable(node: SqlNode, walk: Walk): void {
  const name = nameOf(node);
  if (name !== '' && !walk.named.has(name) && !isOwnArray(name, walk)) walk.effects.reads.push(name);
  for (const [key, child] of Object.entries(node)) if (!['name', 'schema', 'catalog', 'alias'].includes(key)) visit(child, walk);
}

/** BigQuery's `FROM orders o, o.items` goes through a column of the table before it. */
function isOwnArray(name: string, { named }: Walk): boolean {
  const [first = '', rest] = name.split('.', 2);
  return rest !== undefined && named.has(`alias ${first}`);
}

function withNames(node: SqlNode, walk: Walk): Walk {
  const names = [...commonNames(node['with']), ...aliasesOf(node)];
  return names.length === 0 ? walk : { ...walk, named: new Set([...walk.named, ...names]) };
}

function commonNames(clause: unknown): string[] {
  const queries = isNode(clause) && Array.isArray(clause['ctes']) ? clause['ctes'] : [];
  return queries.flatMap((query: unknown) => {
    const alias = isNode(query) ? query['alias'] : undefined;
    return isNode(alias) && typeof alias['name'] === 'string' ? [alias['name'].toLowerCase()] : [];
  });
}

function aliasesOf(node: SqlNode): string[] {
  const from = node['from'];
  if (!isNode(from)) return [];
  return [...listOf(from['expressions']), ...listOf(node['joins'])].flatMap((member) => {
    const held = isNode(member) ? (member['table'] ?? (isNode(member['this']) ? member['this']['table'] : undefined)) : undefined;
    const alias = isNode(held) ? held['alias'] : undefined;
    return isNode(alias) && typeof alias['name'] === 'string' ? [`alias ${alias['name'].toLowerCase()}`] : [];
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The statement's own table is written, everything else in it is read. */
function write(node: SqlNode, key: string, mode: WriteMode, walk: Walk, more: { isPart?: boolean; temporary?: boolean } = {}): void {
  writeTarget(node[key], mode, walk, more);
  const { [key]: _target, ...rest } = node;
  visitNode(rest, walk);
}

function writeTarget(target: unknown, mode: WriteMode, walk: Walk, { isPart = false, temporary = false, isEmpty = false } = {}): void {
  const table = tableOf(target);
  if (table === undefined) return;
  const name = nameOf(table);
  if (temporary || name.startsWith('#')) walk.effects.temporary.push(name);
  walk.effects.writes.push({ table: name, mode, ...(isPart && { isPart }), ...(isEmpty && { isEmpty }) });
}

function tableOf(value: unknown): SqlNode | undefined {
  if (!isNode(value)) return undefined;
  if (isTable(value)) return value;
  return tableOf(value['table'] ?? value['this'] ?? (isNode(value['schema']) ? value['schema']['this'] : undefined) ?? (isNode(value['alias']) ? value['alias']['this'] : undefined));
}

function insertMode(node: SqlNode, { isGuarded }: Walk): WriteMode {
  if (node['overwrite'] === true) return 'overwrite';
  return node['is_replace'] === true || node['ignore'] === true || node['on_conflict'] || node['conflict_action'] || isGuarded ? 'keyed' : 'append';
}

function readCreateTable(node: SqlNode, walk: Walk): void {
  const temporary = node['temporary'] === true || /TEMP/i.test(typeof node['table_modifier'] === 'string' ? node['table_modifier'] : '');
  const isEmpty = isNode(node['as_select']) ? {} : Array.isArray(node['columns']) && node['columns'].length > 0 ? { isEmpty: true } : {};
  writeTarget(node['name'], node['if_not_exists'] === true ? 'keyed' : 'overwrite', walk, { temporary, ...isEmpty });
  const { name: _name, ...rest } = node;
  const { constraints, ...body } = rest;
  visitNode(body, walk);
  // A foreign key names another table and reads nothing.
  if (Array.isArray(constraints)) for (const each of constraints) if (isNode(each) && 'Like' in each) visit(each, walk);
}

function dropped(names: unknown, walk: Walk): void {
  if (Array.isArray(names)) for (const name of names) writeTarget(name, 'delete', walk);
}

/** `CACHE TABLE x AS ...` gives a query a name for the session. */
function readCache(node: SqlNode, walk: Walk): void {
  const name = isNode(node['table']) && typeof node['table']['name'] === 'string' ? node['table']['name'].toLowerCase() : '';
  if (name !== '') walk.effects.temporary.push(name);
  visit(node['query'], walk);
}

function readAlter(node: SqlNode, walk: Walk): void {
  const actions = Array.isArray(node['actions']) ? node['actions'].filter(isNode) : [];
  for (const action of actions) {
    const other = tableOf(action['SwapWith'] ?? action['RenameTable']);
    if (!other) continue;
    walk.effects.writes.push({ table: nameOf(other), mode: 'overwrite' });
    writeTarget(node['name'], 'overwrite', walk);
    walk.effects.reads.push(...[node['name']].flatMap((each) => (tableOf(each) ? [nameOf(tableOf(each) ?? {})] : [])));
  }
}

function readCopy(node: SqlNode, walk: Walk): void {
  const files = Array.isArray(node['files']) ? node['files'] : [];
  const target = tableOf(node['this']);
  const isLoad = target !== undefined && (node['kind'] === true || node['is_into'] === true) && !files.some((file) => tableOf(file));
  if (target && isLoad) {
    // `COPY INTO` remembers the files that it has loaded, and passes them over, unless it is forced.
    writeTarget(node['this'], node['is_into'] === true && !isForced(node) ? 'keyed' : 'append', walk);
    walk.effects.readAddresses.push(...files.flatMap(addressesIn));
  } else {
    visit(node['this'], walk);
    if (!target) visit(files, walk);
    walk.effects.writtenAddresses.push(...(target ? files : [node['this']]).flatMap(addressesIn));
  }
}

function isForced(node: SqlNode): boolean {
  return listOf(node['params']).some((each) => isNode(each) && each['name'] === 'FORCE' && /true/i.test(JSON.stringify(each['value'] ?? '')));
}

function readLoad(node: SqlNode, walk: Walk): void {
  writeTarget(node['table'], node['overwrite'] === true ? 'overwrite' : 'append', walk, { isPart: !isEmpty(node['partition']) });
  if (typeof node['inpath'] === 'string') walk.effects.readAddresses.push(node['inpath']);
}

function readExport(node: SqlNode, walk: Walk): void {
  visit(node['this'], walk);
  walk.effects.writtenAddresses.push(...addressesIn(node['options']).filter((text) => text.includes('://')));
}

/** Every text literal and stage below a node. */
function addressesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(addressesIn);
  if (!isNode(value)) return [];
  if (value['literal_type'] === 'string' && typeof value['value'] === 'string') return [value['value']];
  const stage = value['stage_reference'];
  if (isNode(stage) && typeof stage['name'] === 'string') return [`${stage['name']}${typeof stage['path'] === 'string' ? stage['path'] : ''}`];
  return Object.values(value).flatMap(addressesIn);
}
