import type { Dag } from '../model/graph.js';
import { parseCron } from '../util/cron/parse.js';

/** What is wrong with a DAG's cron expression: Airflow finds a bad field when it registers the DAG. */
export function validateCron(dag: Dag): string | undefined {
  const { schedule } = dag;
  const time = schedule.kind === 'assets_or_time' ? schedule.time : schedule;
  if (time.kind !== 'cron') return undefined;
  const fields = time.expression.trim().split(/\s+/);
  // Six and seven fields (seconds, year) are Airflow's to judge: croniter takes them.
  if (fields.length !== 5) return undefined;
  const result = parseCron(time.expression);
  return result.kind === 'invalid' ? `AirflowTimetableInvalid: ${result.reason}` : undefined;
}
