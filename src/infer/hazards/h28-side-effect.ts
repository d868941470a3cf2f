import type { Task } from '../../model/graph.js';
import { sideEffectsOf } from '../sinks/side-effects.js';
import { isScheduled, type HazardMatch, type HazardRule, type HazardScope } from './rule.js';

/** H28: what goes out to people or other systems goes out again with every delivery. */
export const sideEffectHazard: HazardRule = {
  doc: {
    id: 'H28',
    kind: 'hazard',
    title: 'Acts on the outside at every run',
    level: 'medium',
    versions: '2.4 and later',
    why:
      'Mails, chat messages, tickets and HTTP calls cannot be taken back. A clock runs once a day; events come twice, in ' +
      'bursts and in replays, and each run sends again.',
    cure: 'Remember by a key from the event what has been sent, or send an idempotency key that the receiver checks.',
    bad: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG
from airflow.providers.smtp.operators.smtp import EmailOperator

with DAG("digest", schedule="@daily", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    EmailOperator(task_id="mail", to="team@example.com", subject="Digest", html_content="<p>ready</p>")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG
from airflow.providers.standard.operators.bash import BashOperator

with DAG("digest", schedule="@daily", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    BashOperator(task_id="render", bash_command="render-digest --overwrite")
`,
    },
  },
  find: (scope) => (isScheduled(scope.facts.dag) ? scope.facts.dag.tasks.flatMap((task) => matchTask(task, scope)) : []),
};

function matchTask(task: Task, { facts: { dag } }: HazardScope): HazardMatch[] {
  return sideEffectsOf(dag, task).map(({ subject, effect, citation }) => {
    const message = `${task.task_id} ${effect} at every run, also at a second delivery`;
    return { task, ...(subject !== undefined && { subject }), severity: 'medium', message, evidence: [{ ...citation, text: message }] };
  });
}
