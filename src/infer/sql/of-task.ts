import type { Task } from '../../model/graph.js';
import { readTexts } from '../argument.js';

/** Arguments whose value is SQL, by the names that Airflow's providers use. */
const sqlArguments = ['sql', 'hql', 'query', 'select_query', 'source_sql', 'query_or_table', 'cql', 'statement'] as const;

/** SQL text of a task, with where it stands. */
export interface TaskSql {
  text: string;
  file: string;
  line: number;
}

/** The SQL texts that a task runs: from its arguments, the files that they name, and its function's body. */
export function sqlOfTask(task: Task): TaskSql[] {
  const given = sqlArguments.flatMap((name) => {
    const reading = readTexts(task.arguments[name]);
    return reading.kind === 'texts' ? reading.texts : [];
  });
  const nested = configurationQuery(task);
  const own = [...given, ...nested].filter((text) => !/\.(sql|hql)$/i.test(text.trim()));
  return [
    ...own.map((text) => ({ text, file: task.file, line: task.line })),
    ...sqlFilesOf(task),
    ...task.body.filter((fact) => fact.kind === 'sql' && fact.name !== 'mention').map((fact) => ({ text: fact.detail, file: fact.file, line: fact.line })),
  ];
}

function sqlFilesOf(task: Task): TaskSql[] {
  const named: readonly string[] = sqlArguments;
  return task.template_files.flatMap(({ field, file, text }) =>
    named.includes(field) && file !== null && text !== null ? [{ text, file, line: 1 }] : [],
  );
}

/** BigQuery's job configuration holds its query two levels down. */
function configurationQuery(task: Task): string[] {
  const configuration = task.arguments['configuration'];
  if (configuration === null || typeof configuration !== 'object' || Array.isArray(configuration)) return [];
  const query = configuration['query'];
  if (query === null || typeof query !== 'object' || Array.isArray(query)) return [];
  return typeof query['query'] === 'string' ? [query['query']] : [];
}
