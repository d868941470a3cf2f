import type { AssetExpression, Dag } from '../../model/graph.js';
import { placeOf, type CheckRule, type Estate, type FindingDraft } from './rule.js';

/** D2E013: a DAG waits for an asset that nothing in sight ever updates. */
export const assetWithoutProducer: CheckRule = {
  doc: {
    id: 'D2E013',
    kind: 'check',
    title: 'Scheduled on an asset that nobody updates',
    level: 'warning',
    versions: '2.4 and later',
    why:
      'The DAG starts when the asset is updated. No task of the repository has it as an outlet and no watcher looks at it: ' +
      'unless something else sends the event, the DAG never runs, and no task fails.',
    cure: 'Add the asset to the outlets of the task that makes it, or a watcher; where another system sends it, suppress the finding and say who.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset

with DAG("export", schedule=[Asset("s3://lake/order")]):
    BashOperator(task_id="export", bash_command="export")

with DAG("load", schedule="@daily"):
    BashOperator(task_id="load", bash_command="load", outlets=[Asset("s3://lake/orders")])
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset

with DAG("export", schedule=[Asset("s3://lake/orders")]):
    BashOperator(task_id="export", bash_command="export")

with DAG("load", schedule="@daily"):
    BashOperator(task_id="load", bash_command="load", outlets=[Asset("s3://lake/orders")])
`,
    },
  },
  find: (estate) => (mayHideOutlets(estate) ? [] : estate.analysis.graph.dags.flatMap((dag) => findAt(dag, estate))),
};

/** Where a task's class or outlets are not known, any asset may be among what it updates. */
function mayHideOutlets({ analysis: { graph } }: Estate): boolean {
  return graph.dags.some((dag) => dag.tasks.some((task) => task.outlets.some((outlet) => !('asset' in outlet))));
}

function findAt(dag: Dag, estate: Estate): FindingDraft[] {
  const { schedule } = dag;
  // With a clock beside, the DAG runs all the same.
  if (schedule.kind !== 'assets') return [];
  return missing(schedule.assets, estate).map((uri) => ({
    level: 'warning' as const,
    dag_id: dag.dag_id,
    task_id: null,
    subject: uri,
    message: `${dag.dag_id} is scheduled on ${uri}, which no task of ${estate.analysis.graph.name} updates and no watcher looks at`,
    place: placeOf(dag),
    related: [],
  }));
}

/** Assets without which the condition can't be met, and that nobody updates. */
function missing(expression: AssetExpression, estate: Estate): string[] {
  if ('all' in expression) return expression.all.flatMap((each) => missing(each, estate));
  if ('any' in expression) {
    const arms = expression.any.map((each) => missing(each, estate));
    return arms.every((arm) => arm.length > 0) ? arms.flat() : [];
  }
  if (!('asset' in expression) || (expression.watchers ?? []).length > 0) return [];
  const { name, uri } = expression.asset;
  const isUpdated = estate.analysis.graph.assets.some((asset) => (asset.uri === uri || asset.name === name) && asset.producers.length > 0);
  return isUpdated ? [] : [uri];
}
