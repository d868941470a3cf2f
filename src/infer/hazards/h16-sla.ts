import { isAtLeast } from '../../util/release.js';
import type { Dag, Task } from '../../model/graph.js';
import { dagCitation, taskCitation } from '../evidence.js';
import { isScheduled, type HazardMatch, type HazardRule } from './rule.js';

/** H16: SLAs are about the clock. */
export const slaHazard: HazardRule = {
  doc: {
    id: 'H16',
    kind: 'hazard',
    title: 'Has an SLA',
    level: 'medium',
    versions: '2.4 to 2.11 for scheduled runs only; ignored since 3.0',
    why:
      'Airflow 2 checks an SLA only in runs that its clock started, Airflow 3 ignores it with a warning. After the move ' +
      'nobody is told that data is late.',
    cure: 'Use a deadline from the time the run was queued (3.1 and later), and an alert for events that never came.',
    bad: {
      airflow: '2.11.2',
      source: `from datetime import timedelta

import pendulum
from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("invoices", schedule="0 5 * * *", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    BashOperator(task_id="send", bash_command="send-invoices", sla=timedelta(hours=1))
`,
    },
    good: {
      airflow: '2.11.2',
      source: `from datetime import timedelta

import pendulum
from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("invoices", schedule="0 5 * * *", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    BashOperator(task_id="send", bash_command="send-invoices", execution_timeout=timedelta(hours=1))
`,
    },
  },
  find({ facts: { dag }, context }) {
    if (!isScheduled(dag)) return [];
    const consequence = isAtLeast(context.release, '3.0.0') ? 'Airflow 3 ignores it' : 'it is checked only in runs that the clock starts';
    return [...callbackMatch(dag, consequence), ...dag.tasks.flatMap((task) => taskMatch(dag, task, consequence))];
  },
};

function taskMatch(dag: Dag, task: Task, consequence: string): HazardMatch[] {
  const sla = task.arguments['sla'];
  if (sla === undefined || sla === null) return [];
  const message = `${task.task_id} has an SLA: ${consequence}`;
  return [{ task, severity: 'medium', message, evidence: [taskCitation(dag, task, `${task.task_id} is given sla`, 'sla')] }];
}

function callbackMatch(dag: Dag, consequence: string): HazardMatch[] {
  const given = dag.arguments?.['sla_miss_callback'];
  if (given === undefined) return [];
  const message = `${dag.dag_id} has an sla_miss_callback: ${consequence.replace('it is checked', 'SLAs are checked')}`;
  return [{ task: null, subject: 'callback', severity: 'medium', message, evidence: [dagCitation(dag, `${dag.dag_id} is given sla_miss_callback`, 'sla')] }];
}
