import { showTyped } from '../template/holes.js';
import { armsOfTemplate, nameHoles } from './arms.js';
import { commandEffects } from './commands.js';
import { effectsOf, type Effects, type TableWrite } from './effects.js';
import { parseStatement, type SqlDialect } from './parser.js';
import { splitStatements, withoutHead, type Statement } from './statements.js';

export type { TableWrite } from './effects.js';

/** The tables and addresses that SQL text reads and writes, in the order of the text. */
export interface SqlTables {
  writes: TableWrite[];
  reads: string[];
  readAddresses: string[];
  writtenAddresses: string[];
  /** What could not be read, with the line of the text. */
  unknowns: { reason: string; line: number }[];
}

/** Results by dialect and text: the same statement is asked for by several rules. A pure function of the key. */
const known = new Map<string, SqlTables>();
/** Enough for the texts that rules share; beyond it the oldest go, so that a large estate keeps its memory. */
const mostKnown = 4000;

/** Reads tables out of SQL text. Jinja parts of a name stand as `*`; text that isn't SQL gives nothing. */
export function tablesInSql(sql: string, dialect: SqlDialect = 'generic'): SqlTables {
  const typed = typedTablesInSql(sql, dialect);
  return {
    writes: distinct(typed.writes.map((each) => ({ ...each, table: showTyped(each.table) }))),
    reads: [...new Set(typed.reads.map(showTyped))],
    readAddresses: [...new Set(typed.readAddresses.map(showTyped))],
    writtenAddresses: [...new Set(typed.writtenAddresses.map(showTyped))],
    unknowns: typed.unknowns,
  };
}

/** The same with typed holes in names: `raw_{date}`. */
export function typedTablesInSql(sql: string, dialect: SqlDialect = 'generic'): SqlTables {
  const key = `${dialect}\n${sql}`;
  const found = known.get(key);
  if (found) return found;
  const tables = readScript(sql, dialect);
  if (known.size >= mostKnown) known.delete(known.keys().next().value ?? '');
  known.set(key, tables);
  return tables;
}

const firstWords =
  /^\(*\s*(?:SELECT|WITH|INSERT|REPLACE|MERGE|UPSERT|CREATE|DELETE|UPDATE|TRUNCATE|DROP|ALTER|COPY|UNLOAD|LOAD|EXPORT|CALL|EXEC|EXECUTE|BEGIN|DECLARE|IF|WHILE|FROM|VALUES|REFRESH|MSCK|ANALYZE|OPTIMIZE|VACUUM|SET|USE|GRANT|EXPLAIN|SHOW|DESCRIBE|COMMIT|PUT|GET|RENAME|CACHE)\b/i;

/** Statements that neither read nor write a table. */
const idle =
  /^(?:SET|USE|GRANT|REVOKE|SHOW|DESC|DESCRIBE|COMMIT|ROLLBACK|END|BEGIN|START|DECLARE|ANALYZE|VACUUM|OPTIMIZE|MSCK|REFRESH|RETURN|RAISE|SAVEPOINT|ELSE|LEAVE|BREAK|CONTINUE|COMMENT|LOCK|UNLOCK|CREATE\s+(?:OR\s+REPLACE\s+)?(?:SCHEMA|DATABASE|UNIQUE|INDEX|EXTENSION|ROLE|USER|STAGE|WAREHOUSE|FILE|SEQUENCE|TYPE)|DROP\s+(?:SCHEMA|DATABASE|INDEX|FUNCTION|PROCEDURE|STAGE|ROLE|USER|SEQUENCE|TYPE)|ALTER\s+(?:SESSION|WAREHOUSE|SCHEMA|DATABASE|USER|ROLE|SYSTEM|SEQUENCE|EXTERNAL))\b/i;

const stored = /^CREATE\s+(?:OR\s+REPLACE\s+)?(?:TEMP\w*\s+)?(?:PROCEDURE|FUNCTION|TRIGGER|TASK|STREAM)\b/i;

const guard = /\bNOT\s+EXISTS\s*\(|\bEXCEPT\s+(?:DISTINCT\s+)?SELECT\b/i;

function readScript(sql: string, dialect: SqlDialect): SqlTables {
  const tables: SqlTables = { writes: [], reads: [], readAddresses: [], writtenAddresses: [], unknowns: [] };
  const temporary = new Set<string>();
  for (const { text, holes } of armsOfTemplate(sql)) {
    const statements = splitStatements(text);
    if (!statements.some(({ code }) => firstWords.test(code))) continue;
    for (const statement of statements) {
      if (stored.test(statement.code)) {
        // What stands in a procedure runs when it is called, and not here.
        if (/\bBEGIN\b/i.test(statement.code)) break;
        continue;
      }
      readStatement(withoutHead(statement), { dialect, tables, temporary, show: (name) => nameHoles(name, holes) });
    }
  }
  return {
    writes: distinct(tables.writes.filter(({ table }) => isName(table) && !temporary.has(table))),
    reads: [...new Set(tables.reads.filter((table) => isName(table) && !temporary.has(table)))],
    readAddresses: [...new Set(tables.readAddresses)],
    writtenAddresses: [...new Set(tables.writtenAddresses)],
    unknowns: distinct(tables.unknowns),
  };
}

/** A name that is nothing but a template says nothing. */
function isName(table: string): boolean {
  return !/^[*.]*$/.test(showTyped(table));
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

interface Script {
  dialect: SqlDialect;
  tables: SqlTables;
  temporary: Set<string>;
  /** Puts what they stand for in the place of the holes of a name. */
  show: (name: string) => string;
}

function readStatement(statement: Statement, { dialect, tables, temporary, show }: Script): void {
  if (statement.text === '' || idle.test(statement.code)) return;
  const effects = commandEffects(statement.text, (query) => parsedEffects({ ...statement, text: query, code: query }, dialect)) ?? parsedEffects(statement, dialect);
  if (typeof effects === 'string') {
    tables.unknowns.push({ reason: showTyped(show(effects)), line: statement.line });
    return;
  }
  tables.writes.push(...effects.writes.map((each) => ({ ...each, table: show(each.table) })));
  tables.reads.push(...effects.reads.map(show));
  tables.readAddresses.push(...effects.readAddresses.map(show));
  tables.writtenAddresses.push(...effects.writtenAddresses.map(show));
  for (const name of effects.temporary) temporary.add(show(name));
  for (const name of effects.calls) tables.unknowns.push({ reason: `what ${showTyped(show(name))} does is in the database`, line: statement.line });
}

/** Dialects to try for a statement of a connection that says none; where one is told, only its kin. */
const kin: Partial<Record<SqlDialect, readonly SqlDialect[]>> = {
  generic: ['postgres', 'bigquery', 'snowflake', 'spark', 'mysql', 'tsql'],
  redshift: ['postgres'],
  hive: ['spark'],
  athena: ['trino', 'hive'],
  databricks: ['spark'],
  bigquery: [],
};

function parsedEffects(statement: Statement, dialect: SqlDialect): Effects | string {
  let reason = '';
  for (const each of [dialect, ...(kin[dialect] ?? [])]) {
    for (const text of readings(statement.text)) {
      const parsed = parseStatement(text, each);
      if (parsed.kind === 'failed') {
        reason ||= parsed.reason;
        continue;
      }
      const [node] = parsed.nodes;
      if (!node || 'command' in node || 'raw' in node) reason ||= 'a statement that the parser does not know';
      else return effectsOf(node, guard.test(statement.code));
    }
  }
  return `SQL that can't be parsed: ${reason}`;
}

/** Clauses that the parser doesn't know in some dialect, and that neither read nor write a table: without them it reads the rest. */
const rewrites: readonly (readonly [RegExp, string])[] = [
  [/^INSERT\s+(?!INTO\b|OVERWRITE\b|IGNORE\b|ALL\b|FIRST\b)(?=[\w`"])/i, 'INSERT INTO '],
  [/^CREATE\s+SNAPSHOT\s+TABLE\b/i, 'CREATE TABLE'],
  [/\bINTO\s+(TEMP(?:ORARY)?)\s+TABLE\b/gi, 'INTO $1'],
  [/\bINTO\s+OUTFILE\s+'[^']*'[\s\S]*$/i, ''],
  [/\bFOR\s+(?:NO\s+KEY\s+)?(?:UPDATE|SHARE)(?:\s+OF\s+\w+)?(?:\s+SKIP\s+LOCKED|\s+NOWAIT)?/gi, ''],
  [/\bFOR\s+SYSTEM_TIME\s+AS\s+OF\s+[\s\S]*?(?=\s(?:WHERE|JOIN|LEFT|INNER|GROUP|ORDER|LIMIT|UNION)\b|$)/gi, ''],
  [/(^|\s)#[^\n]*/g, '$1'],
];

/** A templated part may stand for a name, a number or nothing at all: the first reading that parses holds. */
function readings(text: string): string[] {
  const plain = rewrites.reduce((before, [pattern, replacement]) => before.replace(pattern, replacement), text);
  if (!/d2ehole/.test(text)) return [...new Set([text, plain])];
  const clauses = text.replace(/(^|\s)d2ehole\d+z(?=\s|$)/g, '$1');
  const numbers = text.replace(/\b(LIMIT|INTERVAL|OFFSET|TOP)\s+d2ehole\d+z/gi, '$1 1');
  return [...new Set([text, numbers, clauses, plain])];
}
