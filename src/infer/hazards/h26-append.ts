import { writeModes, type WriteModeRow } from '../../knowledge/write-modes.js';
import type { ArgumentValue, Task } from '../../model/graph.js';
import { taskCitation } from '../evidence.js';
import { sqlOfTask, type TaskSql } from '../sql/of-task.js';
import { tablesInSql } from '../sql/tables.js';
import type { Topology } from '../topology.js';
import { isScheduled, type HazardMatch, type HazardRule, type HazardScope } from './rule.js';

/** H26: events come twice; an append then writes twice. */
export const appendHazard: HazardRule = {
  doc: {
    id: 'H26',
    kind: 'hazard',
    title: 'Appends without a key',
    level: 'high',
    versions: '2.4 and later',
    why:
      'Events are delivered at least once, and a retry or a replay runs the DAG again. An INSERT that neither removes what ' +
      'an earlier run wrote nor recognises it by a key doubles the data.',
    cure: 'Delete the partition first, use MERGE or ON CONFLICT with a key that the event carries, or overwrite the partition.',
    bad: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG
from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator

with DAG("orders", schedule="@daily", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    SQLExecuteQueryOperator(
        task_id="load", conn_id="warehouse", sql="INSERT INTO mart.orders SELECT * FROM staging.orders"
    )
`,
    },
    good: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG
from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator

with DAG("orders", schedule="@daily", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    SQLExecuteQueryOperator(
        task_id="load",
        conn_id="warehouse",
        sql="INSERT INTO mart.orders SELECT * FROM staging.orders ON CONFLICT (order_id) DO NOTHING",
    )
`,
    },
  },
  find: (scope) => (isScheduled(scope.facts.dag) ? scope.facts.dag.tasks.flatMap((task) => [...sqlMatches(task, scope), ...modeMatches(task, scope)]) : []),
};

function sqlMatches(task: Task, scope: HazardScope): HazardMatch[] {
  const texts = sqlOfTask(task);
  const cleared = texts.length > 0 ? clearedTables(task, scope.facts.topology) : new Set<string>();
  const appended = new Map<string, TaskSql>();
  for (const sql of texts) {
    for (const { table, mode } of tablesInSql(sql.text).writes) {
      if (mode === 'append' && !cleared.has(table) && !appended.has(table)) appended.set(table, sql);
    }
  }
  return [...appended].map(([table, sql]) => ({
    task,
    subject: table,
    severity: 'high',
    message: `${task.task_id} inserts into ${table} without a key: a second delivery writes the rows again`,
    evidence: [{ ...taskCitation(scope.facts.dag, task, `INSERT INTO ${table}: ${sql.text.trim()}`, `append:${table}`), place: { file: sql.file, line: sql.line } }],
  }));
}

/** Tables that this task, or one before it, empties, deletes from, overwrites or merges into. */
function clearedTables(task: Task, topology: Topology): ReadonlySet<string> {
  const before = topology.ancestors(task.task_id).flatMap((taskId) => topology.tasks.get(taskId) ?? []);
  const writes = [task, ...before].flatMap(sqlOfTask).flatMap(({ text }) => tablesInSql(text).writes);
  return new Set(writes.filter(({ mode }) => mode === 'delete' || mode === 'overwrite').map(({ table }) => table));
}

function modeMatches(task: Task, { facts }: HazardScope): HazardMatch[] {
  const before = facts.topology.ancestors(task.task_id).flatMap((taskId) => facts.topology.tasks.get(taskId) ?? []);
  const names = new Set([task.operator, ...task.operator_bases]);
  return writeModes
    .filter((row) => names.has(row.class))
    .flatMap((row) => {
      const mode = modeOf(task, row);
      if (mode === undefined || !row.appends.includes(mode) || before.some((other) => empties(other, targetOf(task, row)))) return [];
      const argument = row.argument.join('.');
      const message = `${task.task_id} writes with ${argument}=${mode}: a second delivery writes the rows again`;
      return [{ task, subject: argument, severity: 'high' as const, message, evidence: [taskCitation(facts.dag, task, message, `append:${argument}`)] as HazardMatch['evidence'] }];
    });
}

/** Whether a task overwrites a target, so that what is appended to it later in the run is no repetition. */
function empties(task: Task, target: string | undefined): boolean {
  const names = new Set([task.operator, ...task.operator_bases]);
  const rows = target === undefined ? [] : writeModes.filter((row) => names.has(row.class));
  return rows.some((row) => row.overwrites.includes(modeOf(task, row) ?? '') && targetOf(task, row) === target);
}

/** What a task writes to; undefined when that isn't known. */
function targetOf(task: Task, row: WriteModeRow): string | undefined {
  const parts = row.target.map((path) => valueAt(task, path));
  const text = JSON.stringify(parts);
  return parts.some((part) => part === undefined) || text.includes('"$unknown"') ? undefined : text;
}

function valueAt(task: Task, path: readonly string[]): ArgumentValue | undefined {
  let value: ArgumentValue | undefined = task.arguments;
  for (const key of path) {
    if (value === undefined) break;
    value = typeof value === 'object' && value !== null && !Array.isArray(value) ? value[key] : undefined;
  }
  return value;
}

/** The mode as given, or the default; undefined when it is given and not known, or when the part it belongs to isn't there. */
function modeOf(task: Task, row: WriteModeRow): string | undefined {
  const value = valueAt(task, row.argument);
  if (value === undefined || value === null) return row.fallback;
  return typeof value === 'string' ? value.toUpperCase() : undefined;
}
