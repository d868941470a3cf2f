import { fillHoles } from '../template/blocks.js';
import { splitStatements, tokenizeSql, type SqlToken } from './tokens.js';

/** How a statement changes a table. `keyed`: by a key, so that a second run changes nothing more. */
export type WriteMode = 'append' | 'overwrite' | 'keyed' | 'delete';

export interface TableWrite {
  table: string;
  mode: WriteMode;
}

/** The tables that SQL text reads and writes, in the order of the text. */
export interface SqlTables {
  writes: TableWrite[];
  reads: string[];
}

/** What stands for a templated part of a name. */
const hole = '*';

const writeForms: readonly { words: readonly string[]; mode: WriteMode }[] = [
  { words: ['INSERT', 'OVERWRITE', 'INTO'], mode: 'overwrite' },
  { words: ['INSERT', 'OVERWRITE', 'TABLE'], mode: 'overwrite' },
  { words: ['INSERT', 'OVERWRITE'], mode: 'overwrite' },
  { words: ['INSERT', 'OR', 'REPLACE', 'INTO'], mode: 'keyed' },
  { words: ['INSERT', 'OR', 'IGNORE', 'INTO'], mode: 'keyed' },
  { words: ['INSERT', 'IGNORE', 'INTO'], mode: 'keyed' },
  { words: ['INSERT', 'INTO', 'TABLE'], mode: 'append' },
  { words: ['INSERT', 'INTO'], mode: 'append' },
  { words: ['REPLACE', 'INTO'], mode: 'keyed' },
  { words: ['MERGE', 'INTO'], mode: 'keyed' },
  { words: ['MERGE'], mode: 'keyed' },
  { words: ['CREATE', 'OR', 'REPLACE', 'TABLE'], mode: 'overwrite' },
  { words: ['CREATE', 'TABLE', 'IF', 'NOT', 'EXISTS'], mode: 'keyed' },
  { words: ['CREATE', 'TABLE'], mode: 'overwrite' },
  { words: ['DELETE', 'FROM'], mode: 'delete' },
  { words: ['TRUNCATE', 'TABLE'], mode: 'delete' },
  { words: ['TRUNCATE'], mode: 'delete' },
  { words: ['DROP', 'TABLE', 'IF', 'EXISTS'], mode: 'delete' },
  { words: ['DROP', 'TABLE'], mode: 'delete' },
];

/** Clauses of an INSERT that make it do nothing for rows that are there already. */
const guards: readonly (readonly string[])[] = [
  ['ON', 'CONFLICT'],
  ['ON', 'DUPLICATE', 'KEY'],
  ['NOT', 'EXISTS'],
  ['EXCEPT', 'SELECT'],
];

/** Reads tables out of SQL text. Jinja parts of a name stand as `*`; text that isn't SQL gives nothing. */
export function tablesInSql(sql: string): SqlTables {
  const tables: SqlTables = { writes: [], reads: [] };
  for (const statement of splitStatements(tokenizeSql(fillHoles(sql, hole)))) readStatement(statement, tables);
  return { writes: tables.writes, reads: [...new Set(tables.reads)] };
}

function readStatement(tokens: readonly SqlToken[], tables: SqlTables): void {
  const named = commonTables(tokens);
  for (let index = 0; index < tokens.length; index += 1) {
    const form = writeForms.find(({ words }) => startsWith(tokens, index, words));
    if (form && isStatementStart(tokens, index)) {
      const target = nameAt(tokens, index + form.words.length);
      if (target !== undefined) tables.writes.push({ table: target, mode: guarded(form.mode, tokens) });
      index += form.words.length - 1;
    } else if (isWord(tokens[index], 'FROM', 'JOIN', 'USING') && !isArgument(tokens, index)) {
      tables.reads.push(...sourcesAt(tokens, index + 1, named));
    }
  }
}

/** A verb inside a statement (`FOR UPDATE`, a column named `replace`) is no statement of its own. */
function isStatementStart(tokens: readonly SqlToken[], index: number): boolean {
  const before = tokens[index - 1];
  return before === undefined || before.text === ')' || isWord(before, 'BEGIN', 'THEN', 'EXPLAIN');
}

function guarded(mode: WriteMode, tokens: readonly SqlToken[]): WriteMode {
  const isGuarded = guards.some((words) => tokens.some((_, index) => startsWith(tokens, index, words)));
  return mode === 'append' && isGuarded ? 'keyed' : mode;
}

/** Names that a WITH clause gives to its own queries: they are no tables. */
function commonTables(tokens: readonly SqlToken[]): ReadonlySet<string> {
  if (!tokens.some((token) => isWord(token, 'WITH'))) return new Set();
  return new Set(
    tokens.flatMap((token, index) => {
      const isNamed = token.kind === 'word' && isWord(tokens[index + 1], 'AS') && tokens[index + 2]?.text === '(';
      return isNamed ? [token.text.toLowerCase()] : [];
    }),
  );
}

/** `extract(day FROM x)`, `trim(both FROM x)` and their like: this FROM belongs to a function. */
function isArgument(tokens: readonly SqlToken[], index: number): boolean {
  let depth = 0;
  for (let position = index - 1; position >= 0; position -= 1) {
    const token = tokens[position];
    if (token?.text === ')') depth += 1;
    else if (token?.text === '(' && depth > 0) depth -= 1;
    else if (token?.text === '(') return isWord(tokens[position - 1], 'EXTRACT', 'TRIM', 'SUBSTRING', 'OVERLAY', 'POSITION');
    else if (depth === 0 && isWord(token, 'SELECT', 'DELETE', 'UPDATE', 'MERGE')) return false;
  }
  return false;
}

function sourcesAt(tokens: readonly SqlToken[], from: number, named: ReadonlySet<string>): string[] {
  const first = nameAt(tokens, from);
  if (first === undefined || named.has(first) || tokens[from + 1]?.text === '(') return [];
  return [first];
}

function nameAt(tokens: readonly SqlToken[], index: number): string | undefined {
  const token = tokens[index];
  if (token?.kind !== 'word' || isWord(token, 'SELECT', 'LATERAL', 'UNNEST', 'VALUES', 'ONLY')) return undefined;
  // A name that is nothing but a template says nothing.
  return /^[*.]+$/.test(token.text) ? undefined : token.text.toLowerCase();
}

function startsWith(tokens: readonly SqlToken[], index: number, words: readonly string[]): boolean {
  return words.every((word, offset) => isWord(tokens[index + offset], word));
}

function isWord(token: SqlToken | undefined, ...words: string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text.toUpperCase());
}
