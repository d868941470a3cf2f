import type { Task } from '../../model/graph.js';
import type { CandidateDraft, Judgement } from '../candidate.js';
import type { DagFacts, InferContext } from '../context.js';
import { taskCitation, type Citation } from '../evidence.js';
import { mechanismFor } from '../mechanism.js';
import { changeQueriesIn, maximumIn } from '../sql/change-queries.js';
import { sqlOfTask, type TaskSql } from '../sql/of-task.js';
import { tablesInSql } from '../sql/tables.js';
import type { DagDetector } from './detector.js';

/** Tables that a DAG on a clock asks for what is new since its last run: a change stream could say it. */
export const changePolling: DagDetector = (facts, context) => {
  const { kind } = facts.dag.schedule;
  if (kind !== 'cron' && kind !== 'delta' && kind !== 'timetable' && kind !== 'continuous') return [];
  const sensors = new Set(facts.waiting.map(({ task }) => task.task_id));
  const found = new Map<string, CandidateDraft>();
  for (const task of facts.dag.tasks) {
    const changes = changesOf(task, facts);
    // Behind a sensor it takes what the sensor has waited for.
    if (changes.length === 0 || [task.task_id, ...facts.topology.ancestors(task.task_id)].some((id) => sensors.has(id))) continue;
    for (const change of changes) {
      if (writes(facts, change.table)) continue;
      if (!found.has(change.table)) found.set(change.table, changeDraft(facts, task, change, context));
    }
  }
  return [...found.values()];
};

/** A staging table of the DAG's own gets its rows from the DAG. */
function writes({ dag }: DagFacts, table: string): boolean {
  return dag.tasks.some((task) => sqlOfTask(task).some(({ text }) => tablesInSql(text).writes.some((write) => write.table === table)));
}

interface Change {
  table: string;
  column: string;
  sql: TaskSql;
  judgement: Judgement;
  /** What keeps the mark, beside the statement. */
  marks: readonly Citation[];
}

function changesOf(task: Task, { dag }: DagFacts): Change[] {
  const scripts = sqlOfTask(task);
  // A search over text costs nothing beside reading the statements, and most ask for no mark.
  const asking = scripts.filter(({ text }) => />|\bmax\s*\(/i.test(text));
  if (asking.length === 0) return [];
  const kept = keptVariables(task, dag);
  const highest = asking.flatMap((sql) => maximumIn(sql.text) ?? []);
  const queries = asking.flatMap((sql) => changeQueriesIn(sql.text).map((query) => ({ ...query, sql })));
  const bounded = queries.flatMap(({ tables, column, mark, sql }) => {
    const judged = judgeMark(mark, column, kept, highest.length > 0);
    return judged ? tables.map((table): Change => ({ table, column, sql, ...judged })) : [];
  });
  return bounded.length > 0 ? bounded : highestAlone(asking, kept);
}

/** `SELECT MAX(id)` beside a Variable that the same code reads and sets: it looks whether there is more than last time. */
function highestAlone(scripts: readonly TaskSql[], [kept]: readonly Kept[]): Change[] {
  if (kept === undefined) return [];
  return scripts.flatMap((sql) => {
    const highest = maximumIn(sql.text);
    const judgement = { confidence: 'medium' as const, reasons: [`it asks for the highest ${highest?.column ?? ''} and keeps a mark in the Variable ${kept.name}`] };
    return (highest?.tables ?? []).map((table): Change => ({ table, column: highest?.column ?? '', sql, judgement, marks: [kept.citation] }));
  });
}

interface Kept {
  name: string;
  citation: Citation;
}

/** Variables that a task's code sets: what it has read is known from the statement, or from the same code. */
function keptVariables(task: Task, dag: DagFacts['dag']): Kept[] {
  return task.body.flatMap((fact) => {
    if (fact.kind !== 'variable' || fact.detail !== 'Variable.set' || fact.name === '') return [];
    const text = `${task.task_id} keeps its mark in the Variable ${fact.name}`;
    return [{ name: fact.name, citation: { ...taskCitation(dag, task, text, `mark:${fact.name}`), place: { file: fact.file, line: fact.line } } }];
  });
}

type Judged = Pick<Change, 'judgement' | 'marks'>;

function judgeMark(mark: ReturnType<typeof changeQueriesIn>[number]['mark'], column: string, kept: readonly Kept[], hasMaximum: boolean): Judged | undefined {
  if (mark.kind === 'last_run') {
    return judged('medium', `it asks for rows whose ${column} is above the last successful run (${mark.name})`, []);
  }
  if (mark.kind === 'maximum') return judged('medium', `it asks for rows whose ${column} is above the highest one that it has`, []);
  if (mark.kind === 'variable') {
    const own = kept.filter(({ name }) => name === mark.name).map(({ citation }) => citation);
    if (own.length > 0) return judged('medium', `it asks for rows whose ${column} is above the Variable ${mark.name}, which it sets itself`, own);
    return judged('low', `it asks for rows whose ${column} is above the Variable ${mark.name}; what sets it is not seen here`, []);
  }
  const [first] = kept;
  if (first) return judged('medium', `it asks for rows whose ${column} is above a value, and keeps a mark in the Variable ${first.name}`, [first.citation]);
  return hasMaximum ? judged('medium', `it asks for the highest value first, then for rows whose ${column} is above one`, []) : undefined;
}

function judged(confidence: Judgement['confidence'], reason: string, marks: readonly Citation[]): Judged {
  return { judgement: { confidence, reasons: [reason, 'rows that are deleted, or changed without that column, are not seen by it: a change stream has them'] }, marks };
}

function changeDraft({ dag }: DagFacts, task: Task, { table, column, sql, judgement, marks }: Change, context: InferContext): CandidateDraft {
  const asked = { ...taskCitation(dag, task, `${task.task_id} asks ${table} for rows with a higher ${column}`, `changes:${table}`), place: { file: sql.file, line: sql.line } };
  return {
    dag,
    task: null,
    source_kind: 'cdc',
    fields: { table, column, task: task.task_id },
    filter: '',
    judgement,
    evidence: [asked, ...marks],
    replaces: null,
    mechanism: mechanismFor('cdc', context.release),
    is_mid_dag: false,
  };
}
