import { writeModes } from '../../knowledge/write-modes.js';
import { loadModes } from '../../knowledge/load-modes.js';
import type { ArgumentValue, Task } from '../../model/graph.js';
import type { Access } from '../lineage/resource.js';
import type { SinkJudgement } from './write-kinds.js';

/** What a task's arguments say about how it writes: `write_disposition`, `method`, `replace`, ... */
export function modeByArguments(task: Task, { found, write }: Access): SinkJudgement | undefined {
  if (found.kind !== 'table' || (write !== undefined && write !== 'unknown')) return undefined;
  const names = new Set([task.operator, ...task.operator_bases]);
  for (const row of writeModes.filter((each) => names.has(each.class) && each.argument.length === 1)) {
    const [argument = ''] = row.argument;
    const value = task.arguments[argument];
    const mode = value === undefined || value === null ? row.fallback : typeof value === 'string' ? value.toUpperCase() : undefined;
    if (mode === undefined) return { mode: 'unknown', second: 'unknown', reasons: [`${argument} is not known`] };
    const reasons = [`${argument}=${mode}${value === undefined ? ' by default' : ''}`];
    if (row.appends.includes(mode)) return { mode: 'append', second: 'harmful', reasons };
    if (row.overwrites.includes(mode)) return { mode: isPartition(task) ? 'overwrite_partition' : 'overwrite', second: 'harmless', reasons };
    return mode === 'UPSERT' ? { mode: 'merge', second: 'harmless', reasons } : { mode: 'overwrite', second: 'unknown', reasons: [...reasons, 'a second delivery fails, because the target is there already'] };
  }
  const row = loadModes.find((each) => names.has(each.class));
  if (!row) return undefined;
  const switched = row.switches.find(({ argument, values }) => isOneOf(task.arguments[argument], values));
  const { mode, second, reason } = switched ?? row;
  return { mode, second, reasons: [reason] };
}

/** `table$20260101`: BigQuery's way of naming one partition. */
function isPartition({ arguments: given }: Task): boolean {
  const name = given['destination_project_dataset_table'];
  return typeof name === 'string' && name.includes('$');
}

function isOneOf(value: ArgumentValue | undefined, values: readonly string[]): boolean {
  if (value === undefined || value === null || value === false) return false;
  return values.length === 0 || (typeof value !== 'object' && values.includes(String(value).toUpperCase()));
}
