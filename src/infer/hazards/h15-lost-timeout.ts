import type { ArgumentValue, Dag, Task } from '../../model/graph.js';
import { readFlag, readSeconds } from '../argument.js';
import { taskCitation, type Citation } from '../evidence.js';
import { isOnClock, type HazardMatch, type HazardRule, type HazardScope } from './rule.js';

/** H15: a sensor that fails says that data did not come; an event that doesn't come says nothing. */
export const lostTimeoutHazard: HazardRule = {
  doc: {
    id: 'H15',
    kind: 'hazard',
    title: 'Loses the alarm of its sensor',
    level: 'medium',
    versions: '2.4 and later',
    why:
      'A sensor that runs into its timeout fails or skips, and callbacks and mails follow. When an event takes its place ' +
      'and the event does not come, there is no run, so that nothing fails, nothing is skipped, and nobody is told. A ' +
      'deadline alert does not help: it needs a run.',
    cure: 'Watch the age of the last event from a small DAG on a clock, or from the broker, with the time that the sensor waited.',
    bad: {
      airflow: '3.2.2',
      source: `from datetime import timedelta

import pendulum
from airflow.providers.standard.sensors.filesystem import FileSensor
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG


def call_on_duty(context):
    print("late", context["task_instance"])


with DAG("orders", schedule="0 2 * * *", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    wait = FileSensor(
        task_id="wait", filepath="/data/orders.csv", timeout=timedelta(hours=3).total_seconds(), on_failure_callback=call_on_duty
    )
    wait >> BashOperator(task_id="load", bash_command="load")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.providers.standard.sensors.filesystem import FileSensor
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("orders", schedule="0 2 * * *", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    wait = FileSensor(task_id="wait", filepath="/data/orders.csv")
    wait >> BashOperator(task_id="load", bash_command="load")
`,
    },
  },
  find(scope) {
    if (!isOnClock(scope.facts.dag)) return [];
    const replaced = new Set(scope.candidates.filter((each) => each.confidence !== 'low' && !each.is_mid_dag).map((each) => each.task_id));
    return scope.facts.waiting.flatMap(({ task }) => (replaced.has(task.task_id) ? matchSensor(task, scope) : []));
  },
};

function matchSensor(task: Task, { facts: { dag } }: HazardScope): HazardMatch[] {
  const alarms = alarmsOf(dag, task);
  const ends = endsOf(task);
  if (alarms.length === 0 && ends.length === 0) return [];
  const [first, ...rest] = [...alarms, ...ends].map((each): Citation => taskCitation(dag, task, `${task.task_id} has ${each}`, `alarm:${each}`));
  if (!first) return [];
  const message = `${task.task_id} has ${[...alarms, ...ends].join(', ')}: when an event takes its place and does not come, nothing fails and nobody is told`;
  return [{ task, severity: alarms.length > 0 ? 'medium' : 'low', message, evidence: [first, ...rest] }];
}

/** What tells somebody that the wait failed. */
function alarmsOf(dag: Dag, task: Task): string[] {
  const given = ['on_failure_callback', 'on_skipped_callback'].filter((name) => isGiven(task.arguments[name]));
  const ofDag = isGiven(dag.arguments?.['on_failure_callback']) ? ['on_failure_callback of its DAG'] : [];
  const mails = isGiven(task.arguments['email']) && readFlag(task.arguments['email_on_failure']) !== false ? ['a mail on failure'] : [];
  return [...given, ...ofDag, ...mails];
}

/** How the wait ends that was told to end in a way of its own. */
function endsOf(task: Task): string[] {
  const flags = ['soft_fail', 'never_fail', 'silent_fail'].filter((name) => readFlag(task.arguments[name]) === true);
  const seconds = readSeconds(task.arguments['timeout']);
  return [...flags, ...(typeof seconds === 'number' ? [`a timeout of ${seconds} s`] : [])];
}

function isGiven(value: ArgumentValue | undefined): boolean {
  if (value === undefined || value === null || value === false) return false;
  return !(Array.isArray(value) && value.length === 0);
}
