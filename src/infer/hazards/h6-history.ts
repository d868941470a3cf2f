import type { Asset } from '../../model/graph.js';
import { isAtLeast } from '../../util/release.js';
import { dagCitation, taskCitation } from '../evidence.js';
import { isOnClock, type HazardMatch, type HazardRule, type HazardScope } from './rule.js';

/** H6: the first run by an asset carries all events that the asset ever had. */
export const historyHazard: HazardRule = {
  doc: {
    id: 'H6',
    kind: 'hazard',
    title: 'Would replay the history of an asset',
    level: 'low',
    versions: '2.4 to 3.3.0',
    why:
      'The first run that an asset starts carries every event that the asset ever had, because there is no earlier run to ' +
      'count from. A DAG that moves to an asset which is in use begins with its whole history.',
    cure: 'Let the first task take only events that are newer than the cutover, or give the move an asset of its own.',
    bad: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG, Asset
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor

start = pendulum.datetime(2026, 1, 1)

with DAG("orders", schedule="0 2 * * *", start_date=start, catchup=False):
    BashOperator(task_id="load", bash_command="load-orders", outlets=[Asset("orders")])

with DAG("mart", schedule="0 2 * * *", start_date=start, catchup=False):
    wait = ExternalTaskSensor(task_id="wait", external_dag_id="orders", external_task_id="load")
    wait >> BashOperator(task_id="build", bash_command="build-mart")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor

start = pendulum.datetime(2026, 1, 1)

with DAG("orders", schedule="0 2 * * *", start_date=start, catchup=False):
    BashOperator(task_id="load", bash_command="load-orders")

with DAG("mart", schedule="0 2 * * *", start_date=start, catchup=False):
    wait = ExternalTaskSensor(task_id="wait", external_dag_id="orders", external_task_id="load")
    wait >> BashOperator(task_id="build", bash_command="build-mart")
`,
    },
  },
  find(scope) {
    const { dag } = scope.facts;
    if (!isOnClock(dag) || dag.schedule.kind === 'assets_or_time' || isAtLeast(scope.context.release, '3.3.1')) return [];
    const awaited = new Set(scope.candidates.flatMap(({ fields, confidence }) => (confidence === 'low' ? [] : (fields['external_dag_id'] ?? []))));
    const assets = new Set([...awaited].flatMap((dagId) => scope.context.assets.ofDag(dagId)));
    return [...assets].flatMap((asset) => matchAsset(asset, awaited, scope));
  },
};

/** An asset that the awaited DAG updates already is the one that the move would take. */
function matchAsset(asset: Asset, awaited: ReadonlySet<string>, { facts: { dag }, context }: HazardScope): HazardMatch[] {
  const producer = asset.producers.find((each) => awaited.has(each.dag_id) && each.dag_id !== dag.dag_id);
  const facts = producer === undefined ? undefined : context.dags.get(producer.dag_id);
  const task = producer === undefined ? undefined : facts?.topology.tasks.get(producer.task_id);
  if (!producer || !facts || !task) return [];
  const message = `${producer.dag_id}.${producer.task_id} updates ${asset.uri} already: the first run of ${dag.dag_id} on it would carry all events it ever had`;
  const evidence = [
    taskCitation(facts.dag, task, `${producer.dag_id}.${producer.task_id} updates ${asset.uri}`, 'producer'),
    dagCitation(dag, `${dag.dag_id} waits for ${producer.dag_id}`, 'waits'),
  ] as const;
  return [{ task: null, subject: asset.uri, severity: 'low', message, evidence: [...evidence] }];
}
