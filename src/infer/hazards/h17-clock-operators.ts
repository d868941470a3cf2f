import type { Task } from '../../model/graph.js';
import { taskCitation } from '../evidence.js';
import { isScheduled, type HazardRule } from './rule.js';

/** What each class does in a run that an event starts. */
const clockOperators: Readonly<Record<string, string>> = {
  LatestOnlyOperator: 'lets every run through, because there is no next run to compare with',
  TimeDeltaSensor: 'counts from the time of the event instead of the end of the interval',
  TimeDeltaSensorAsync: 'counts from the time of the event instead of the end of the interval',
};

/** Those that look at the run's date only when they are told to; else they look at the clock, as before. */
const datedOperators: Readonly<Record<string, string>> = {
  DayOfWeekSensor: 'looks at the day of the event instead of the day of the data',
  BranchDayOfWeekOperator: 'looks at the day of the event instead of the day of the data',
  BranchDateTimeOperator: 'looks at the time of the event instead of the time of the data',
};

/** The argument's names over the releases. */
const dateSwitches = ['use_task_logical_date', 'use_task_execution_date', 'use_task_execution_day'];

/** H17: operators that read the schedule change their meaning without a word. */
export const clockOperatorsHazard: HazardRule = {
  doc: {
    id: 'H17',
    kind: 'hazard',
    title: 'Operator that reads the schedule',
    level: 'medium',
    versions: '2.4 and later',
    why:
      'LatestOnlyOperator, TimeDeltaSensor and the day-of-week operators ask the schedule when the run belongs. Without a ' +
      'clock they let everything through or fall back to the time of the event, and nothing fails.',
    cure: 'Say the condition in the DAG itself: compare what the event carries, or keep this part on a clock.',
    bad: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.latest_only import LatestOnlyOperator

with DAG("mailing", schedule="@hourly", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    LatestOnlyOperator(task_id="latest") >> BashOperator(task_id="mail", bash_command="send-mail")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG
from airflow.providers.standard.operators.bash import BashOperator

with DAG("mailing", schedule="@hourly", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    BashOperator(task_id="mail", bash_command="send-mail --if-latest")
`,
    },
  },
  find({ facts: { dag } }) {
    if (!isScheduled(dag)) return [];
    return dag.tasks.flatMap((task) => {
      const effect = effectOf(task);
      if (effect === undefined) return [];
      const message = `${task.task_id} (${task.operator}) ${effect}`;
      return [{ task, severity: 'medium', message, evidence: [taskCitation(dag, task, message, 'clock-operator')] }];
    });
  },
};

function effectOf(task: Task): string | undefined {
  const names = [task.operator, ...task.operator_bases];
  const usesDate = dateSwitches.some((name) => task.arguments[name] === true);
  const effects = names.map((name) => clockOperators[name] ?? (usesDate ? datedOperators[name] : undefined));
  return effects.find((effect) => effect !== undefined);
}
