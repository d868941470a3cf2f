import { importErrors } from './import-error.js';
import type { CheckRule } from './rule.js';

/** D2E005: Airflow would show an import error, and none of the file's DAGs. */
export const brokenFile: CheckRule = {
  doc: {
    id: 'D2E005',
    kind: 'check',
    title: 'File that Airflow cannot import',
    level: 'error',
    versions: 'every version',
    why:
      'A file that fails to import loses all its DAGs: the scheduler stops running them without failing any task. What a module ' +
      'raises is a warning only while the Airflow release is a guess (give --airflow-version, or pin it in the requirements).',
    cure: 'Correct the error at the place shown.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG

with DAG("broken", schedule=None)
    pass
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG

with DAG("whole", schedule=None):
    pass
`,
    },
  },
  find: (estate) => importErrors(estate, new Set(['syntax', 'encoding', 'exception', 'too_large', 'unreadable'])),
};
