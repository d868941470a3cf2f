import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadSqlParser, type SqlDialect } from '../../src/infer/sql/parser.js';
import { tablesInSql } from '../../src/infer/sql/tables.js';

/** The dialects of the corpus, and how a table's name is written in each. */
const dialects: Readonly<Record<string, (name: string) => string>> = {
  bigquery: (name) => `\`acme-dwh.${name}\``,
  snowflake: (name) => `ANALYTICS.${name.toUpperCase()}`,
  redshift: (name) => name,
  postgres: (name) => name.replace(/\w+$/, '"$&"'),
  spark: (name) => name,
  mysql: (name) => name.replace(/\w+/g, '`$&`'),
};

export interface SqlCase {
  dialect: string;
  sql: string;
}

export interface Tables {
  reads: string[];
  writes: string[];
}

/** Ours against the judge's: `same`, `other`, an `unknown` that we say, or a statement that the judge can't read. */
export interface Verdict extends SqlCase {
  result: 'same' | 'other' | 'unknown' | 'unjudged';
  ours: Tables;
  judge: Tables | null;
}

/** The whole corpus: the shapes that all dialects share, in each of them, then each dialect's own. */
export function corpus(): SqlCase[] {
  const common = statements('common');
  return Object.entries(dialects).flatMap(([dialect, write]) => [
    ...common.map((sql) => ({ dialect, sql: sql.replace(/<([\w.]+)>/g, (_, name: string) => write(name)) })),
    ...statements(dialect).map((sql) => ({ dialect, sql })),
  ]);
}

function statements(name: string): string[] {
  const text = readFileSync(new URL(`corpus/${name}.sql`, import.meta.url), 'utf8');
  return text.split(/;\s*\n/).filter((each) => each.trim() !== '');
}

/** Reads the corpus with both and compares what they say. */
export async function compare(python: string): Promise<Verdict[]> {
  await loadSqlParser();
  const cases = corpus();
  const judge = spawnSync(python, [fileURLToPath(new URL('judge.py', import.meta.url))], { input: cases.map((each) => JSON.stringify(each)).join('\n'), encoding: 'utf8', maxBuffer: 1 << 26 });
  if (judge.status !== 0) throw new Error(judge.stderr);
  const answers = judge.stdout.trim().split('\n').map((line): Tables | null => JSON.parse(line) as Tables | null);
  return cases.map((each, index) => verdict(each, answers[index] ?? null));
}

function verdict({ dialect, sql }: SqlCase, judge: Tables | null): Verdict {
  const found = tablesInSql(sql, dialect as SqlDialect);
  const ours = { reads: [...found.reads].sort(), writes: [...new Set(found.writes.map(({ table }) => table))].sort() };
  const isSame = JSON.stringify(ours) === JSON.stringify(judge);
  const result = judge === null ? 'unjudged' : found.unknowns.length > 0 ? 'unknown' : isSame ? 'same' : 'other';
  return { dialect, sql, result, ours, judge };
}

/** One line a dialect, and one for all. */
export function table(verdicts: readonly Verdict[]): { name: string; judged: number; same: number; unknown: number; other: number; share: number }[] {
  const row = (name: string, of: readonly Verdict[]) => {
    const count = (result: Verdict['result']): number => of.filter((each) => each.result === result).length;
    const judged = of.length - count('unjudged');
    return { name, judged, same: count('same'), unknown: count('unknown'), other: count('other'), share: judged === 0 ? 0 : count('same') / judged };
  };
  return [...Object.keys(dialects).map((name) => row(name, verdicts.filter(({ dialect }) => dialect === name))), row('all', verdicts)];
}
