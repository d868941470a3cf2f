import { isAtLeast } from '../../util/release.js';
import { taskCitation } from '../evidence.js';
import { isScheduled, type HazardRule } from './rule.js';

/** How many of the tasks are cited; the message says how many there are. */
const mostCited = 3;

/** H10: without logical dates there is no previous run to depend on. */
export const dependsOnPastHazard: HazardRule = {
  doc: {
    id: 'H10',
    kind: 'hazard',
    title: 'Depends on the previous run',
    level: 'high',
    versions: '2.4 and later; the check is skipped since 3.0',
    why:
      'depends_on_past and wait_for_downstream look for the run with the previous logical date. In Airflow 3 a run that an ' +
      'event starts has no logical date, so the check passes silently and the order is lost; in 2.x it is the order of arrival.',
    cure: 'Set max_active_runs=1 and keep a watermark of what has been processed.',
    bad: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("ledger", schedule="@hourly", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    EmptyOperator(task_id="book", depends_on_past=True)
`,
    },
    good: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("ledger", schedule="@hourly", start_date=pendulum.datetime(2026, 1, 1), catchup=False, max_active_runs=1):
    EmptyOperator(task_id="book")
`,
    },
  },
  find({ facts: { dag }, context }) {
    const tasks = isScheduled(dag) ? dag.tasks.filter((task) => task.depends_on_past || task.wait_for_downstream) : [];
    const [first, ...rest] = tasks.slice(0, mostCited).map((task) => {
      const setting = task.wait_for_downstream ? 'wait_for_downstream' : 'depends_on_past';
      return taskCitation(dag, task, `${task.task_id} has ${setting}=True`, setting);
    });
    if (!first) return [];
    const severity = isAtLeast(context.release, '3.0.0') ? 'high' : 'medium';
    const message = `${tasks.length} of ${dag.tasks.length} tasks of ${dag.dag_id} depend on the previous run`;
    return [{ task: null, severity, message, evidence: [first, ...rest] }];
  },
};
