import type { GraphDocument, Task } from '../../model/graph.js';
import { textsWithin } from '../argument.js';

const statement = /\b(?:select|insert|merge|create|delete|update|truncate|drop|alter|copy|unload|load|export|call|exec|execute|with|replace)\b/i;

/** Whether a parser of SQL can be needed for a repository at all: most of its cost is to be loaded. */
export function hasSql(graph: GraphDocument): boolean {
  return graph.dags.some((dag) => dag.tasks.some(mayHaveSql));
}

function mayHaveSql(task: Task): boolean {
  if (task.template_files.length > 0 || task.body.some((fact) => fact.kind === 'sql')) return true;
  for (const [name, value] of Object.entries(task.arguments)) {
    for (const { text } of textsWithin(value, name)) if (statement.test(text)) return true;
  }
  return false;
}
