import { sqlClients } from '../../../knowledge/sql-systems.js';
import type { ArgumentValue, Task } from '../../../model/graph.js';
import type { KnownParams } from '../../template/holes.js';
import { typedText } from '../../template/holes.js';
import type { SqlSession } from '../table-name.js';

/** Where the SQL of a task's arguments runs: by its class, or by the only connection that it names. */
export function sessionOfTask(task: Task, params: KnownParams): SqlSession {
  const client = [task.operator, ...task.operator_bases].map((name) => sqlClients.get(name)).find((each) => each !== undefined);
  const given = (name: string): string | undefined => textOf(task.arguments[name], params);
  const completion = {
    catalog: given('project_id') ?? given('catalog') ?? given('database') ?? given('db_name'),
    schema: given('schema') ?? given('dataset_id') ?? hookParam(task, 'schema'),
  };
  if (client) {
    const value = task.arguments[client.connection] ?? task.arguments['conn_id'] ?? (client.system === 'bigquery' ? task.arguments['bigquery_conn_id'] : undefined);
    const connection = value === undefined || value === null ? client.fallback : (textOf(value, params) ?? null);
    // The names of MySQL and Hive call a schema a database.
    const isFlat = client.system === 'mysql' || client.system === 'hive' || client.system === 'athena';
    return isFlat ? { system: client.system, connection, schema: completion.catalog ?? completion.schema } : { system: client.system, connection, ...completion };
  }
  return { system: null, connection: onlyConnection(task, params), ...completion };
}

function onlyConnection(task: Task, params: KnownParams): string | null {
  if (task.arguments['conn_id'] !== undefined) return textOf(task.arguments['conn_id'], params) ?? null;
  const ids = Object.keys(task.arguments).filter((name) => name.endsWith('_conn_id'));
  // Of two connections one may be that of a store: which of them the SQL runs over is not known.
  return ids.length === 1 ? (textOf(task.arguments[ids[0] ?? ''], params) ?? null) : null;
}

function hookParam(task: Task, name: string): string | undefined {
  const given = task.arguments['hook_params'];
  return given !== null && typeof given === 'object' && !Array.isArray(given) ? textOf(given[name], {}) : undefined;
}

/** A known text with typed holes. */
export function textOf(value: ArgumentValue | undefined, params: KnownParams): string | undefined {
  return typeof value === 'string' ? typedText(value, params) : typeof value === 'number' ? String(value) : undefined;
}
