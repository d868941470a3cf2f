import { writeModes } from '../../knowledge/write-modes.js';
import { keepsExisting, loadModes, refusesExisting } from '../../knowledge/load-modes.js';
import type { ArgumentValue, Task } from '../../model/graph.js';
import type { Access } from '../lineage/resource.js';
import { judgeWrite, type SinkJudgement } from './write-kinds.js';

/** What a task's arguments say about how it writes: `write_disposition`, `method`, `replace`, ... */
export function modeByArguments(task: Task, access: Access): SinkJudgement | undefined {
  const { found, write } = access;
  if (found.form === 'path') return existingObject(task, judgeWrite(access));
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

/** What becomes of an object of the same name, where the operator asks by `replace`. */
function existingObject(task: Task, judged: SinkJudgement): SinkJudgement {
  const { replace } = task.arguments;
  if (judged.second !== 'harmless' || replace === true) return judged;
  const classes = [task.operator, ...task.operator_bases];
  if (classes.some((name) => keepsExisting.has(name))) return { mode: 'merge', second: 'harmless', reasons: ['objects that are there already are passed over, as replace is not set'] };
  if (!classes.some((name) => refusesExisting.has(name))) return judged;
  return { ...judged, second: 'unknown', reasons: ['a second delivery fails, because the object is there already and replace is not set'] };
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
