import type { Dag } from '../model/graph.js';
import { parseCron } from '../util/cron/parse.js';

/** Names that the cron library takes by itself. */
const libraryAliases: ReadonlySet<string> = new Set(['@annually', '@daily', '@hourly', '@midnight', '@monthly', '@weekly', '@yearly']);

/** What is wrong with a DAG's cron expression: Airflow finds a bad field when it registers the DAG. */
export function validateCron(dag: Dag): string | undefined {
  const { schedule } = dag;
  const time = schedule.kind === 'assets_or_time' ? schedule.time : schedule;
  if (time.kind !== 'cron') return undefined;
  if (libraryAliases.has(time.expression)) return undefined;
  const fields = time.expression.trim().split(/\s+/);
  if (fields.length < 5 || fields.length > 7) return 'AirflowTimetableInvalid: Exactly 5, 6 or 7 columns has to be specified for iterator expression.';
  // Six and seven fields (seconds, year) are croniter's own; their content is not checked.
  if (fields.length > 5) return undefined;
  const result = parseCron(time.expression);
  return result.kind === 'invalid' ? `AirflowTimetableInvalid: ${result.reason}` : undefined;
}
