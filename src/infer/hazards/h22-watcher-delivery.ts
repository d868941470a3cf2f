import { watcherTriggers, type WatcherTriggerRow } from '../../knowledge/watcher-triggers.js';
import type { Dag, WatcherTrigger } from '../../model/graph.js';
import { isAtLeast } from '../../util/release.js';
import type { Citation } from '../evidence.js';
import { isOnEvents, type HazardMatch, type HazardRule, type HazardScope } from './rule.js';

/** H22: what a watcher takes from its broker is gone before work begins. */
export const watcherDeliveryHazard: HazardRule = {
  doc: {
    id: 'H22',
    kind: 'hazard',
    title: 'Watcher takes events away',
    level: 'medium',
    versions: '3.0 and later',
    why:
      'The triggerer takes a message from its queue, or deletes the file, when it sees it; only then Airflow stores the ' +
      'event and makes a run. When that run fails, the broker has nothing left to send again, and there is no dead-letter ' +
      'queue. Two watchers on one queue share its messages at random; several triggerers may see one twice.',
    cure: 'Store the payload durably in the first task, let the broker keep a copy (redrive, replay, a second subscription), and drop what has been seen by message id.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.providers.common.messaging.triggers.msg_queue import MessageQueueTrigger
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset, AssetWatcher

queue = MessageQueueTrigger(scheme="sqs", sqs_queue="https://sqs.eu-west-1.amazonaws.com/123456789012/orders")
orders = Asset("orders", watchers=[AssetWatcher(name="orders", trigger=queue)])

with DAG("import_orders", schedule=[orders]):
    BashOperator(task_id="load", bash_command="load-orders")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset

with DAG("import_orders", schedule=[Asset("orders", uri="x-shop://orders")]):
    BashOperator(task_id="load", bash_command="load-orders")
`,
    },
  },
  find(scope) {
    const { dag } = scope.facts;
    if (!isOnEvents(dag)) return [];
    const watchers = dag.watchers ?? [];
    return [...watchers.flatMap((watcher) => deliveryMatch(dag, watcher)), ...sharedPlaces(watchers, scope)];
  },
};

function rowOf({ trigger, arguments: given }: WatcherTrigger): WatcherTriggerRow | undefined {
  const name = trigger.slice(trigger.lastIndexOf('.') + 1);
  const scheme = given['scheme'] ?? schemeOfQueue(given['queue']);
  return watcherTriggers.find((row) => row.class === name && (row.scheme === undefined || row.scheme === scheme));
}

/** The first releases of the message trigger take the queue's address alone. */
function schemeOfQueue(queue: unknown): string | undefined {
  if (typeof queue !== 'string') return undefined;
  if (/^https:\/\/sqs\./.test(queue)) return 'sqs';
  return queue.startsWith('kafka://') ? 'kafka' : queue.startsWith('redis+pubsub://') ? 'redis+pubsub' : undefined;
}

function deliveryMatch(dag: Dag, watcher: WatcherTrigger): HazardMatch[] {
  const row = rowOf(watcher);
  if (!row) return [];
  const setting = row.switch === undefined ? undefined : watcher.arguments[row.switch];
  if (setting !== undefined && typeof setting !== 'boolean') return [];
  const takesAway = setting ?? row.takesAway;
  const how = row.switch === undefined ? '' : ` (${row.switch} is ${String(takesAway)}${setting === undefined ? ' by default' : ''})`;
  const message = `the watcher ${watcher.watcher} of ${watcher.asset.uri} ${takesAway ? row.taken : row.left}${how}`;
  return [{ task: null, subject: watcher.watcher, severity: 'medium', message, evidence: [citation(dag, watcher, `${watcher.trigger}${how}`)] }];
}

/** Watchers of other assets that read the same place. Those of one asset in several DAGs are one watcher. */
function sharedPlaces(own: readonly WatcherTrigger[], { facts: { dag }, context }: HazardScope): HazardMatch[] {
  if (own.length === 0 || isAtLeast(context.release, '3.3.0')) return [];
  const all = context.graph.dags.flatMap((each) => (each.watchers ?? []).map((watcher) => ({ dag: each, watcher })));
  return own.flatMap((watcher) => {
    const place = placeOf(watcher);
    const other = all.find((each) => each.watcher.asset.uri !== watcher.asset.uri && place !== undefined && placeOf(each.watcher) === place);
    if (!other) return [];
    const message = `the watchers of ${watcher.asset.uri} and ${other.watcher.asset.uri} read the same place (${place ?? ''}): each polls it, and a message reaches only one of them`;
    const evidence: [Citation, Citation] = [citation(dag, watcher, `reads ${place ?? ''}`), citation(other.dag, other.watcher, `reads ${place ?? ''}`)];
    return [{ task: null, subject: `shared:${watcher.watcher}`, severity: 'medium' as const, message, evidence }];
  });
}

function placeOf(watcher: WatcherTrigger): string | undefined {
  const row = rowOf(watcher);
  // Consumer groups decide who gets a Kafka message, a channel of Redis reaches all who listen.
  if (!row || row.switch === 'commit_offset' || row.place.includes('channels')) return undefined;
  const known = row.place.map((name) => watcher.arguments[name]).find((value) => value !== undefined && value !== null);
  return typeof known === 'string' ? known : undefined;
}

function citation(dag: Dag, { watcher, file, line }: WatcherTrigger, text: string): Citation {
  return { dag, task: null, label: `watcher:${watcher}`, text: `AssetWatcher ${watcher}: ${text}`, place: { file, line } };
}
