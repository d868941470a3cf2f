import type { Task } from '../../model/graph.js';
import { taskCitation, type Citation } from '../evidence.js';
import { isOnEvents, isScheduled, type HazardRule, type HazardScope } from './rule.js';
import { templateUses } from './templated-texts.js';

/** H20: a run that an event starts carries no conf. */
export const confHazard: HazardRule = {
  doc: {
    id: 'H20',
    kind: 'hazard',
    title: 'Reads the configuration of the run',
    level: 'medium',
    versions: '2.4 and later',
    why:
      'Whoever triggers a run by hand, by the API or by TriggerDagRunOperator can give it a conf. A run that an asset ' +
      'event starts has an empty one: dag_run.conf["day"] fails, a default silently takes its place.',
    cure: 'Read the value from the extra of the event (triggering_asset_events), with a param as the default.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator

with DAG("receive", schedule="@daily"):
    TriggerDagRunOperator(task_id="import", trigger_dag_id="import_file", conf={"file": "orders.csv"})

with DAG("import_file", schedule=None):
    BashOperator(task_id="load", bash_command="load {{ dag_run.conf['file'] }}")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG
from airflow.providers.standard.operators.bash import BashOperator

with DAG("import_file", schedule="@daily", start_date=pendulum.datetime(2026, 1, 1), params={"file": "orders.csv"}):
    BashOperator(task_id="load", bash_command="load {{ params.file }}")
`,
    },
  },
  find(scope) {
    const { dag } = scope.facts;
    if (!isScheduled(dag) && !scope.context.pushes.has(dag.dag_id)) return [];
    return dag.tasks.flatMap((task) => {
      const [first, ...rest] = [...renderedUses(task, scope), ...bodyUses(task, scope)];
      if (!first) return [];
      // A clock gives no conf either: there the DAG copes with an empty one already.
      const isGiven = scope.context.pushes.get(dag.dag_id)?.some((push) => push.has_conf) === true;
      const isNew = isGiven || isOnEvents(dag);
      const effect = isNew ? 'which is empty in a run that an event starts' : 'which is empty in a run that an event starts, as in one of the clock';
      return [{ task, severity: isNew ? 'medium' : 'low', message: `${task.task_id} reads dag_run.conf, ${effect}`, evidence: [first, ...rest] }];
    });
  },
};

function renderedUses(task: Task, { facts }: HazardScope): Citation[] {
  const uses = templateUses(task, ({ name, path }) => name === 'dag_run' && path[0] === 'conf');
  return uses.map(({ where, text, place }) => ({ ...taskCitation(facts.dag, task, `${where}: ${text}`, `conf:${where}`), place }));
}

function bodyUses(task: Task, { facts }: HazardScope): Citation[] {
  return task.body
    .filter((fact) => (fact.kind === 'context' && fact.name === 'dag_run.conf') || (fact.name === 'dag_run' && /\bconf\b/.test(fact.detail)))
    .map((fact) => ({ dag: facts.dag, task, label: 'conf:body', text: `${task.callable?.name ?? task.task_id} reads dag_run.conf`, place: { file: fact.file, line: fact.line } }));
}
