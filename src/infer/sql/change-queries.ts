import { knownContextKeys } from '../../knowledge/context-keys.js';
import { splitTemplate } from '../template/blocks.js';
import { splitStatements } from './statements.js';
import { tablesInSql } from './tables.js';

/** A statement that asks a table for rows above a mark: `updated_at > ...`, `id > (SELECT MAX(id) ...)`. */
export interface ChangeQuery {
  tables: readonly string[];
  column: string;
  mark: ChangeMark;
}

/** Where the mark comes from. `parameter`: the code hands it over, and only the code around tells what it is. */
export type ChangeMark = { kind: 'variable'; name: string } | { kind: 'last_run'; name: string } | { kind: 'maximum' } | { kind: 'parameter' };

/** A column, a comparison that leaves older rows out, and what may stand before the mark: casts, a quote. */
const lowerBound = /(?:["`[]?\b([A-Za-z_]\w*)["`\]]?)\s*>=?\s*(?:(?:timestamp|datetime|date|cast|to_timestamp|to_date|parse_timestamp|coalesce)\b\s*)?\(?\s*'?/gi;
const subquery = /^\(?\s*select\s+(?:coalesce\s*\(\s*|ifnull\s*\(\s*)?max\s*\(/i;
const parameter = /^(?:%s|%\(\w+\)s|\?|:[A-Za-z_]\w*|\{\w+\})/;

/** Every statement of a script that asks for rows above a mark. */
export function changeQueriesIn(script: string): ChangeQuery[] {
  return splitStatements(script).flatMap(({ text, code }) => {
    const found = boundsOf(text, code)[0];
    if (found === undefined) return [];
    const tables = tablesInSql(text);
    const written = new Set(tables.writes.map(({ table }) => table));
    const polled = tables.reads.filter((table) => !written.has(table));
    return polled.length === 0 ? [] : [{ tables: polled, ...found }];
  });
}

const maximum = /^select\s+(?:coalesce\s*\(\s*|ifnull\s*\(\s*)?max\s*\(\s*["`[]?(\w+)["`\]]?\s*\)/i;

/** The column and tables of a script that only asks for the highest value: `SELECT MAX(id) FROM orders`. */
export function maximumIn(script: string): { column: string; tables: readonly string[] } | undefined {
  const column = maximum.exec(script.trim())?.[1];
  const tables = column === undefined ? [] : tablesInSql(script).reads;
  return column === undefined || tables.length === 0 ? undefined : { column, tables };
}

function boundsOf(text: string, code: string): { column: string; mark: ChangeMark }[] {
  return [...text.matchAll(lowerBound)].flatMap((match) => {
    const column = match[1] ?? '';
    const mark = markAt(text.slice(match.index + match[0].length));
    // Inside a text of the statement it is no comparison.
    return mark && new RegExp(`\\b${column}["\`\\]]?\\s*>=?`).test(code) ? [{ column, mark }] : [];
  });
}

function markAt(rest: string): ChangeMark | undefined {
  if (subquery.test(rest)) return { kind: 'maximum' };
  if (parameter.test(rest)) return { kind: 'parameter' };
  if (!rest.startsWith('{{')) return undefined;
  const [block] = splitTemplate(rest);
  return block?.kind === 'expression' ? markOfTemplate(block.text) : undefined;
}

function markOfTemplate(code: string): ChangeMark | undefined {
  const variable = /^var\.(?:value|json)\.(?:get\(\s*['"])?([\w-]+)/.exec(code)?.[1];
  if (variable !== undefined) return { kind: 'variable', name: variable };
  const lastRun = /^prev_(?:\w+)_success\b/.exec(code)?.[0];
  if (lastRun !== undefined) return { kind: 'last_run', name: lastRun };
  return /^\w+$/.test(code) && !knownContextKeys.has(code) ? { kind: 'parameter' } : undefined;
}
