import { taskCitation } from '../evidence.js';
import type { HazardRule } from './rule.js';

/** H21: a trigger that becomes an asset event loses what the caller decides. */
export const pushLosesHazard: HazardRule = {
  doc: {
    id: 'H21',
    kind: 'hazard',
    title: 'Push with conf or waiting',
    level: 'low',
    versions: '2.4 and later',
    why:
      'TriggerDagRunOperator can hand over a conf, choose the run id and logical date, and wait for the run to end. An asset ' +
      'event can do none of these.',
    cure: 'Keep TriggerDagRunOperator for this pair; use assets where the caller needs no answer.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator

with DAG("worker", schedule=None):
    EmptyOperator(task_id="work")

with DAG("caller", schedule=None):
    TriggerDagRunOperator(task_id="call", trigger_dag_id="worker", conf={"day": "today"}, wait_for_completion=True)
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator

with DAG("worker", schedule=None):
    EmptyOperator(task_id="work")

with DAG("caller", schedule=None):
    TriggerDagRunOperator(task_id="call", trigger_dag_id="worker")
`,
    },
  },
  find({ facts: { dag } }) {
    return dag.tasks.flatMap((task) => {
      if (task.link?.kind !== 'trigger' || !(task.link.has_conf || task.link.wait_for_completion)) return [];
      const uses = [task.link.has_conf ? 'hands over a conf' : '', task.link.wait_for_completion ? 'waits for the run to end' : ''];
      const message = `${task.task_id} ${uses.filter(Boolean).join(' and ')}: an asset event to ${task.link.trigger_dag_id ?? 'the other DAG'} would not`;
      return [{ task, severity: 'low', message, evidence: [taskCitation(dag, task, message, 'trigger')] }];
    });
  },
};
