import type { Dag, Task } from '../../model/graph.js';
import { otherPlaces, placeOf, type CheckRule, type Estate, type FindingDraft } from './rule.js';

/** D2E017: a link to a DAG or task that isn't there, or not any more. */
export const missingTarget: CheckRule = {
  doc: {
    id: 'D2E017',
    kind: 'check',
    title: 'Waits for or triggers what is not there',
    level: 'error',
    versions: 'every version',
    why:
      'The task names a DAG or a task that the repository does not have: it was renamed or deleted, or there is a slip. A ' +
      'sensor then waits until its timeout, a trigger fails.',
    cure: 'Correct the id; for a DAG of another repository, check both together or suppress the finding and say where it lives.',
    bad: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor
from airflow.sdk import DAG

start = pendulum.datetime(2026, 1, 1)

with DAG("load", schedule="@daily", start_date=start, catchup=False):
    EmptyOperator(task_id="finished")

with DAG("report", schedule="@daily", start_date=start, catchup=False):
    ExternalTaskSensor(task_id="wait", external_dag_id="load", external_task_id="done", mode="reschedule")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor
from airflow.sdk import DAG

start = pendulum.datetime(2026, 1, 1)

with DAG("load", schedule="@daily", start_date=start, catchup=False):
    EmptyOperator(task_id="done")

with DAG("report", schedule="@daily", start_date=start, catchup=False):
    ExternalTaskSensor(task_id="wait", external_dag_id="load", external_task_id="done", mode="reschedule")
`,
    },
  },
  find: (estate) => estate.analysis.graph.dags.flatMap((dag) => dag.tasks.flatMap((task) => findAt(dag, task, estate))),
};

function findAt(dag: Dag, task: Task, estate: Estate): FindingDraft[] {
  const { link } = task;
  if (link === null || link.kind === 'marker') return [];
  const target = link.kind === 'sensor' ? link.external_dag_id : link.trigger_dag_id;
  if (target === null || isTemplate(target)) return [];
  const verb = link.kind === 'sensor' ? 'waits for' : 'triggers';
  const place = placeOf(task);
  const draft = { dag_id: dag.dag_id, task_id: task.task_id, place };
  const awaited = estate.dag(target);
  if (awaited === undefined) {
    if (mayBeBuilt(estate)) return [];
    return [{ ...draft, level: 'warning', subject: target, message: `${task.task_id} ${verb} ${target}, which ${estate.analysis.graph.name} does not have`, related: [] }];
  }
  // What is known in part may have the task.
  if (link.kind !== 'sensor' || awaited.status !== 'exact') return [];
  const known = new Set([...awaited.tasks.map((each) => each.task_id), ...awaited.task_groups.map((each) => each.group_id)]);
  const named = [...link.external_task_ids, ...(link.external_task_group_id === null ? [] : [link.external_task_group_id])];
  return named
    .filter((id) => !isTemplate(id) && !known.has(id))
    .map((id) => ({
      ...draft,
      level: 'error' as const,
      subject: `${target} ${id}`,
      message: `${task.task_id} waits for ${target}.${id}, and ${target} has no such task`,
      related: otherPlaces([placeOf(awaited)], place),
    }));
}

function isTemplate(id: string): boolean {
  return id.includes('{{') || id.includes('{%');
}

/** A file whose DAGs are not all known may build the one that is named. */
function mayBeBuilt({ analysis: { graph } }: Estate): boolean {
  return graph.unknowns.length > 0 || graph.import_errors.some((error) => error.kind !== 'duplicate_dag_id') || graph.dags.some((dag) => dag.status === 'opaque');
}
