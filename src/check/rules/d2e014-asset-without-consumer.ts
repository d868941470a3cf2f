import { placeOf, type CheckRule } from './rule.js';

/** D2E014: a task announces an asset that no DAG is scheduled on. */
export const assetWithoutConsumer: CheckRule = {
  doc: {
    id: 'D2E014',
    kind: 'check',
    title: 'Announces an asset that no DAG waits for',
    level: 'note',
    versions: '2.4 and later',
    why: 'The task updates an asset and nothing of the repository is scheduled on it or reads it: a name with a slip, or a link that was forgotten.',
    cure: 'Schedule the reading DAG on it, correct its name, or leave it for consumers elsewhere.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset

with DAG("load", schedule="@daily"):
    BashOperator(task_id="load", bash_command="load", outlets=[Asset("s3://lake/orders")])
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset

with DAG("load", schedule="@daily"):
    BashOperator(task_id="load", bash_command="load", outlets=[Asset("s3://lake/orders")])

with DAG("export", schedule=[Asset("s3://lake/orders")]):
    BashOperator(task_id="export", bash_command="export")
`,
    },
  },
  find: (estate) => {
    const { assets, dag_dependencies } = estate.analysis.graph;
    const linked = new Set(dag_dependencies.filter((link) => link.kind === 'asset').map((link) => link.dependency_id));
    return assets
      .filter((asset) => asset.producers.length > 0 && asset.consumers.length === 0 && !linked.has(asset.uri))
      .flatMap((asset) => {
        const [producer] = asset.producers;
        const task = producer === undefined ? undefined : estate.task(producer.dag_id, producer.task_id);
        if (producer === undefined || task === undefined) return [];
        const message = `${producer.dag_id}.${producer.task_id} updates ${asset.uri}, on which no DAG of ${estate.analysis.graph.name} is scheduled`;
        return [{ level: 'note' as const, dag_id: producer.dag_id, task_id: producer.task_id, subject: asset.uri, message, place: placeOf(task), related: [] }];
      });
  },
};
