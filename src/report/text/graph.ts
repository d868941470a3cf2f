import type { Condition, Dag, GraphDocument, Task } from '../../model/graph.js';
import { describeConditions } from '../../util/condition-text.js';
import { describeAlternatives } from '../facts/alternatives.js';
import { countGraph } from '../facts/numbers.js';
import { countOf } from '../facts/plural.js';
import { describeSchedule } from '../facts/schedule.js';
import { unknownWords } from '../words.js';
import { clean, columns, lines, painter } from './terminal.js';
import type { Paint, Style, TextOptions } from './terminal.js';

/**
 * The graph for a terminal: per DAG its status, schedule, tasks with what follows each, and what isn't known.
 */

export const statusStyles: Record<Dag['status'], Style> = { exact: 'green', partial: 'yellow', opaque: 'red' };

function whenText(condition: readonly Condition[] | undefined): string {
  return condition === undefined ? '' : `when ${clean(describeConditions(condition))}`;
}

/** What follows each task; an edge says its condition where that isn't a task's own. */
function downstreamOf(dag: Dag): Map<string, string[]> {
  const own = new Map(dag.tasks.map((task) => [task.task_id, whenText(task.condition)]));
  const result = new Map<string, string[]>();
  for (const { upstream, downstream, condition } of dag.edges) {
    const when = whenText(condition);
    const isSaid = when === '' || when === own.get(upstream) || when === own.get(downstream);
    result.set(upstream, [...(result.get(upstream) ?? []), clean(downstream) + (isSaid ? '' : ` (${when})`)]);
  }
  return result;
}

function taskNotes(task: Task): string {
  const notes = [
    task.is_mapped ? 'mapped' : '',
    task.is_setup ? 'setup' : '',
    task.is_teardown ? 'teardown' : '',
    task.is_opaque ? 'class not known' : '',
    task.trigger_rule === 'all_success' ? '' : clean(task.trigger_rule),
  ].filter((note) => note !== '');
  return notes.length === 0 ? '' : ` [${notes.join(', ')}]`;
}

function taskRows(dag: Dag, paint: Paint): string[][] {
  const downstream = downstreamOf(dag);
  return dag.tasks.map((task) => {
    const next = (downstream.get(task.task_id) ?? []).join(', ');
    const row = [
      `    ${clean(task.task_id)}`,
      paint('dim', clean(task.operator) + taskNotes(task)),
      next === '' ? '' : `-> ${next}`,
    ];
    return task.condition === undefined ? row : [...row, paint('yellow', whenText(task.condition))];
  });
}

function dagLines(dag: Dag, paint: Paint): string[] {
  const status = paint(statusStyles[dag.status], dag.status);
  return [
    '',
    `${paint('bold', clean(dag.dag_id))}  ${status}  ${paint('dim', `${clean(dag.file)}:${dag.line}`)}`,
    `  schedule  ${clean(describeSchedule(dag.schedule))}`,
    ...(dag.condition === undefined ? [] : [`  made      ${paint('yellow', whenText(dag.condition))}`]),
    ...describeAlternatives(dag).map(({ name, text }) => `  ${name}  ${clean(text)}`),
    ...columns(taskRows(dag, paint)),
    ...dag.unknowns.map(
      (fact) =>
        `  ${paint('yellow', 'unknown')}  ${unknownWords[fact.kind]}: ${clean(fact.reason)}  ` +
        paint('dim', `${clean(fact.file)}:${fact.line}`),
    ),
    ...dag.assumptions.map((assumption) => `  ${paint('dim', `assumed  ${clean(assumption.text)}`)}`),
  ];
}

function dependencyLines(graph: GraphDocument, paint: Paint): string[] {
  if (graph.dag_dependencies.length === 0) return [];
  const rows = graph.dag_dependencies.map((link) => [
    `  ${clean(link.source)} -> ${clean(link.target)}`,
    `${link.kind} ${clean(link.dependency_id)}`,
    paint('dim', `${clean(link.file)}:${link.line}`),
  ]);
  return ['', paint('bold', 'Links between DAGs'), ...columns(rows)];
}

function importErrorLines(graph: GraphDocument, paint: Paint): string[] {
  if (graph.import_errors.length === 0) return [];
  const rows = graph.import_errors.map((error) => [`  ${clean(error.file)}:${error.line}`, clean(error.reason)]);
  return ['', paint('red', 'Files that Airflow would refuse'), ...columns(rows)];
}

function pythonText({ python_version: python }: GraphDocument): string {
  return python === undefined ? '' : `Python ${clean(python.version)} (${clean(python.detail)}), `;
}

/** The graph as text for a terminal. */
export function renderGraphText(graph: GraphDocument, options: TextOptions): string {
  const paint = painter(options);
  const numbers = countGraph(graph);
  const { exact, partial, opaque } = numbers.status;
  return lines([
    `${paint('bold', clean(graph.name))}  ${countOf(numbers.dags, 'DAG')} (${exact} exact, ${partial} partial, ` +
      `${opaque} opaque), ${countOf(numbers.tasks, 'task')}, ${countOf(numbers.files, 'file')}`,
    paint('dim', `Airflow ${clean(graph.airflow_version.version)} (${clean(graph.airflow_version.detail)}), ${pythonText(graph)}${graph.parser} parser`),
    ...graph.dags.flatMap((dag) => dagLines(dag, paint)),
    ...dependencyLines(graph, paint),
    ...importErrorLines(graph, paint),
  ]);
}
