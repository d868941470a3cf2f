import { isAskedEndpoint, sideEffectCalls, sideEffects, type SideEffectRow } from '../../knowledge/write-modes.js';
import type { Task } from '../../model/graph.js';
import { taskCitation } from '../evidence.js';
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
  const names = new Set([task.operator, ...task.operator_bases]);
  const row = sideEffects.find((each) => names.has(each.class) && hasEffect(task, each));
  if (row) {
    const message = `${task.task_id} (${task.operator}) ${row.effect} at every run, also at a second delivery`;
    return [{ task, severity: 'medium', message, evidence: [taskCitation(dag, task, message, 'side-effect')] }];
  }
  return task.body.flatMap((fact) => {
    const call = fact.kind === 'call' ? sideEffectCalls.find(({ name }) => fact.name === name || fact.name.endsWith(`.${name}`)) : undefined;
    if (!call || isAskedEndpoint(fact.arguments?.['0'] ?? fact.arguments?.['url'] ?? '')) return [];
    const message = `${task.task_id} ${call.effect} (${fact.name}) at every run, also at a second delivery`;
    const place = { file: fact.file, line: fact.line };
    return [{ task, subject: fact.name, severity: 'medium' as const, message, evidence: [{ ...taskCitation(dag, task, message, `side-effect:${fact.name}`), place }] as HazardMatch['evidence'] }];
  });
}

/** A method that only reads has no effect; one that isn't known may have. */
function hasEffect(task: Task, row: SideEffectRow): boolean {
  const endpoint = task.arguments['endpoint'];
  if (typeof endpoint === 'string' && isAskedEndpoint(endpoint)) return false;
  if (!row.unless) return true;
  const value = task.arguments[row.unless.argument];
  return typeof value !== 'string' || !row.unless.values.includes(value.toUpperCase());
}
