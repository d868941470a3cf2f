import type { CheckRule } from '../rules/rule.js';

/** Rules about exceptions: what they find comes from comments and the baseline, not from DAGs. */
type ExceptionRule = Omit<CheckRule, 'find'>;

const dag = (comment: string, mode: string) => `import pendulum
from airflow.providers.standard.sensors.filesystem import FileSensor
from airflow.sdk import DAG

with DAG("load", schedule="@daily", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    FileSensor(task_id="wait", filepath="/inbox/orders.csv"${mode})${comment}
`;

/** D2E090: a comment that suppresses nothing hides the next finding at this place. */
export const unusedSuppression: ExceptionRule = {
  doc: {
    id: 'D2E090',
    kind: 'check',
    title: 'Suppression that suppresses nothing',
    level: 'warning',
    versions: 'every version',
    why: 'The finding that the comment is about is gone. Left where it is, it would hide the next one without anybody having decided so.',
    cure: 'Remove the comment, or the rule from its list.',
    bad: { airflow: '3.2.2', source: dag('  # dag2event: ignore[D2E003] -- moves to a trigger in May', ', mode="reschedule"') },
    good: { airflow: '3.2.2', source: dag('  # dag2event: ignore[D2E003] -- moves to a trigger in May', '') },
  },
};

/** D2E091: a comment without rule or reason suppresses nothing. */
export const brokenSuppression: ExceptionRule = {
  doc: {
    id: 'D2E091',
    kind: 'check',
    title: 'Suppression without rule or reason',
    level: 'warning',
    versions: 'every version',
    why: 'An exception is a decision: who reads it later must see which rule it is about and why. The comment has no effect until it says so.',
    cure: 'Write # dag2event: ignore[RULE] -- reason, if wanted with until=YYYY-MM-DD and owner=NAME before the two dashes.',
    bad: { airflow: '3.2.2', source: dag('  # dag2event: ignore[D2E003]', '') },
    good: { airflow: '3.2.2', source: dag('  # dag2event: ignore[D2E003] owner=data-platform -- moves to a trigger in May', '') },
  },
};

/** D2E092: the day until which an exception was granted is over. */
export const expiredException: ExceptionRule = {
  doc: {
    id: 'D2E092',
    kind: 'check',
    title: 'Exception that has expired',
    level: 'warning',
    versions: 'every version',
    why: 'The comment or the baseline entry was meant to hold until a day that is over. It has no effect any more.',
    cure: 'Cure the finding, or decide anew and write another day.',
    bad: { airflow: '3.2.2', source: dag('  # dag2event: ignore[D2E003] until=2001-12-31 -- moves to a trigger soon', '') },
    good: { airflow: '3.2.2', source: dag('  # dag2event: ignore[D2E003] until=9999-12-31 -- moves to a trigger soon', '') },
  },
};

/** D2E093: a baseline entry whose finding is gone. */
export const unusedBaseline: ExceptionRule = {
  doc: {
    id: 'D2E093',
    kind: 'check',
    title: 'Baseline entry whose finding is gone',
    level: 'note',
    versions: 'every version',
    why: 'The finding was cured. Left in the baseline, it would hide the same finding when it comes back.',
    cure: 'Run dag2event baseline again: it leaves out what is gone.',
    bad: {
      airflow: '3.2.2',
      source: `${dag('', ', mode="reschedule"')}
# --- file: .dag2event-baseline.json
{"schema": "dag2event/baseline", "schema_version": "1.0", "entries": [{
  "fingerprint": "12acb26ad02f0f4a4dac3bf5b1b1a1b6", "rule": "D2E003", "dag_id": "load", "task_id": "wait", "message": "as it was"
}]}
`,
    },
    good: {
      airflow: '3.2.2',
      source: `${dag('', ', mode="reschedule"')}
# --- file: .dag2event-baseline.json
{"schema": "dag2event/baseline", "schema_version": "1.0", "entries": []}
`,
    },
  },
};

export const exceptionRules: readonly ExceptionRule[] = [unusedSuppression, brokenSuppression, expiredException, unusedBaseline];
