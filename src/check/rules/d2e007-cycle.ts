import { importErrors } from './import-error.js';
import type { CheckRule } from './rule.js';

/** D2E007: a DAG whose tasks wait for each other is refused. */
export const taskCycle: CheckRule = {
  doc: {
    id: 'D2E007',
    kind: 'check',
    title: 'Tasks that wait for each other',
    level: 'error',
    versions: 'every version',
    why: 'A DAG with a cycle is refused: it disappears from Airflow until the cycle is gone.',
    cure: 'Remove one of the dependencies in the cycle.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("round", schedule=None):
    first = EmptyOperator(task_id="first")
    second = EmptyOperator(task_id="second")
    first >> second >> first
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("straight", schedule=None):
    first = EmptyOperator(task_id="first")
    second = EmptyOperator(task_id="second")
    first >> second
`,
    },
  },
  find: (estate) => importErrors(estate, new Set(['cycle'])),
};
