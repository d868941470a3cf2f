import { createRequire } from 'node:module';

/** Dialects of the parser that Airflow's operators and connections lead to. */
export type SqlDialect =
  | 'generic' | 'bigquery' | 'snowflake' | 'redshift' | 'postgres' | 'mysql' | 'spark' | 'hive' | 'trino' | 'athena' | 'databricks'
  | 'clickhouse' | 'duckdb' | 'oracle' | 'sqlite' | 'teradata' | 'tsql';

/** A node of the parser's tree. Its shape is the library's, so that readers narrow it step by step. */
export type SqlNode = { readonly [key: string]: unknown };

type Library = Pick<typeof import('@polyglot-sql/sdk'), 'init' | 'isInitialized'> & {
  parse(sql: string, dialect: string): { success: boolean; ast?: unknown; error?: string };
};

/** The library is 23 MB of WebAssembly: it is only touched by runs that meet SQL. */
function library(): Library {
  return createRequire(import.meta.url)('@polyglot-sql/sdk') as Library;
}

/** Makes the parser ready; needed once before `parseStatement`. */
export async function loadSqlParser(): Promise<void> {
  await library().init();
}

export type Parsed = { kind: 'tree'; nodes: readonly SqlNode[] } | { kind: 'failed'; reason: string };

/** One statement's trees (a script of one member), or why it is none. */
export function parseStatement(sql: string, dialect: SqlDialect): Parsed {
  const sdk = library();
  if (!sdk.isInitialized()) throw new Error('the SQL parser is asked before it was loaded');
  const result = sdk.parse(sql, dialect);
  const { ast } = result;
  if (!result.success || !Array.isArray(ast)) return { kind: 'failed', reason: result.error ?? 'no statement' };
  return { kind: 'tree', nodes: ast.filter(isNode) };
}

export function isNode(value: unknown): value is SqlNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
