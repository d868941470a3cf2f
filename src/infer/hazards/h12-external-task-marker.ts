import { isAtLeast } from '../../util/release.js';
import { taskCitation } from '../evidence.js';
import { isScheduled, type HazardRule } from './rule.js';

/** H12: the marker's default date is a template over the logical date. */
export const externalTaskMarkerHazard: HazardRule = {
  doc: {
    id: 'H12',
    kind: 'hazard',
    title: 'ExternalTaskMarker with its default date',
    level: 'high',
    versions: '3.0 and later',
    why:
      'ExternalTaskMarker renders the logical date by default. In a run that an event starts there is none, so that the ' +
      'marker, which does nothing otherwise, fails.',
    cure: 'Drop the marker, or give it a logical_date that does not use the logical date.',
    bad: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG
from airflow.providers.standard.sensors.external_task import ExternalTaskMarker

with DAG("load", schedule="@daily", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    ExternalTaskMarker(task_id="mark", external_dag_id="report", external_task_id="wait")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("load", schedule="@daily", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    EmptyOperator(task_id="mark")
`,
    },
  },
  find({ facts: { dag }, context }) {
    if (!isAtLeast(context.release, '3.0.0') || !isScheduled(dag)) return [];
    return dag.tasks
      .filter((task) => task.link?.kind === 'marker' && task.arguments['logical_date'] === undefined)
      .map((task) => ({
        task,
        severity: 'high',
        message: `${task.task_id} renders the logical date, which a run that an event starts does not have`,
        evidence: [taskCitation(dag, task, `${task.operator} ${task.task_id} has no logical_date of its own`, 'marker')],
      }));
  },
};
