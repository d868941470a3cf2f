import type { Severity } from '../../model/analysis.js';
import type { Asset } from '../../model/graph.js';
import { isAtLeast } from '../../util/release.js';
import { plainUri } from '../asset-index.js';
import { dagCitation, taskCitation, type Citation } from '../evidence.js';
import type { InferContext } from '../context.js';
import type { HazardMatch, HazardRule, HazardScope } from './rule.js';

/** H24: two assets that look like one. */
export const assetIdentityHazard: HazardRule = {
  doc: {
    id: 'H24',
    kind: 'hazard',
    title: 'Asset that is not the one it looks like',
    level: 'high',
    versions: '2.4 and later; names count since 3.0',
    why:
      'Airflow compares assets letter by letter. In Airflow 3 a name belongs to one URI and a URI to one name: of two that ' +
      'contradict each other one becomes inactive, and tasks that update it fail. Two spellings of one place are two ' +
      'assets: the consumer of the one never hears of the other.',
    cure: 'Declare each asset once, with name and URI, in a module that producers and consumers import.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset

with DAG("orders", schedule="@daily"):
    BashOperator(task_id="load", bash_command="load-orders", outlets=[Asset("s3://lake/orders")])

with DAG("mart", schedule=[Asset(name="orders", uri="s3://lake/orders")]):
    BashOperator(task_id="build", bash_command="build-mart")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset

orders = Asset(name="orders", uri="s3://lake/orders")

with DAG("orders", schedule="@daily"):
    BashOperator(task_id="load", bash_command="load-orders", outlets=[orders])

with DAG("mart", schedule=[orders]):
    BashOperator(task_id="build", bash_command="build-mart")
`,
    },
  },
  find(scope) {
    const { assets } = scope.context;
    return assets.ofDag(scope.facts.dag.dag_id).flatMap((asset) => assets.lookalikes(asset).flatMap((other) => matchPair(asset, other, scope)));
  },
};

/** Some DAG that uses an asset. */
function userOf(asset: Asset): string {
  return asset.consumers[0] ?? asset.producers[0]?.dag_id ?? '';
}

function matchPair(asset: Asset, other: Asset, { facts: { dag }, context }: HazardScope): HazardMatch[] {
  const problem = problemOf(asset, other, context);
  if (!problem) return [];
  const own = citationOf(asset, dag.dag_id, context);
  const theirs = citationOf(other, userOf(other), context);
  if (!own || !theirs) return [];
  return [{ task: null, subject: `${asset.name}:${other.name}:${other.uri}`, severity: problem.severity, message: problem.message, evidence: [own, theirs] }];
}

function problemOf(asset: Asset, other: Asset, context: InferContext): { severity: Severity; message: string } | undefined {
  if (isAtLeast(context.release, '3.0.0')) {
    if (asset.uri === other.uri) return { severity: 'high', message: `the URI ${asset.uri} has the names ${asset.name} and ${other.name}: Airflow keeps one of the two and makes the other inactive` };
    if (asset.name === other.name) return { severity: 'high', message: `the name ${asset.name} has the URIs ${asset.uri} and ${other.uri}: Airflow keeps one of the two and makes the other inactive` };
  }
  // Only where one side waits in vain for what the other announces under another spelling.
  const misses = (waits: Asset, sends: Asset): boolean => waits.consumers.length > 0 && waits.producers.length === 0 && sends.producers.length > 0;
  if (!(misses(asset, other) || misses(other, asset)) || asset.uri === other.uri || plainUri(asset.uri) !== plainUri(other.uri)) return undefined;
  const [waits, sends] = misses(asset, other) ? [asset, other] : [other, asset];
  return { severity: 'medium', message: `${waits.consumers.join(', ')} waits for ${waits.uri}, while ${[...new Set(sends.producers.map(({ dag_id }) => dag_id))].join(', ')} updates ${sends.uri}: two spellings, two assets` };
}

function citationOf(asset: Asset, dagId: string, context: InferContext): Citation | undefined {
  const facts = context.dags.get(dagId);
  if (!facts) return undefined;
  const producer = asset.producers.find((each) => each.dag_id === dagId);
  const task = producer === undefined ? undefined : facts.topology.tasks.get(producer.task_id);
  const label = `asset:${asset.name}:${asset.uri}`;
  const text = `Asset(name=${JSON.stringify(asset.name)}, uri=${JSON.stringify(asset.uri)})`;
  return task ? taskCitation(facts.dag, task, `${task.task_id} updates ${text}`, label) : dagCitation(facts.dag, `${dagId} is scheduled on ${text}`, label);
}
