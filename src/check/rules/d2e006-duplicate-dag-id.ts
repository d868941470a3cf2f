import { importErrors } from './import-error.js';
import type { CheckRule } from './rule.js';

/** D2E006: the second file with a dag_id is an import error. */
export const duplicateDagId: CheckRule = {
  doc: {
    id: 'D2E006',
    kind: 'check',
    title: 'dag_id that two files use',
    level: 'error',
    versions: 'every version',
    why: 'Airflow keeps the DAG of the file that it reads first and refuses the other: which one runs depends on the order of files.',
    cure: 'Give one of the DAGs another dag_id.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG

with DAG("shared", schedule=None):
    pass

# --- file: other.py
from airflow.sdk import DAG

with DAG("shared", schedule=None):
    pass
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG

with DAG("shared", schedule=None):
    pass

# --- file: other.py
from airflow.sdk import DAG

with DAG("other", schedule=None):
    pass
`,
    },
  },
  find: (estate) => importErrors(estate, new Set(['duplicate_dag_id'])),
};
