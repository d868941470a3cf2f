import type { Mechanism, SourceKind } from '../model/analysis.js';

/** A way in which Airflow receives an event, from the release that first has it. */
export interface MechanismRow {
  since: string;
  kind: Mechanism['kind'];
  text: string;
}

const pushDataset: MechanismRow = {
  since: '2.9.0',
  kind: 'rest_asset_event',
  text: 'the event calls POST /api/v1/datasets/events with the dataset_uri that the DAG is scheduled on',
};
const pushAsset: MechanismRow = {
  since: '3.0.0',
  kind: 'rest_asset_event',
  text: 'the event calls POST /api/v2/assets/events with the asset_id that the DAG is scheduled on',
};

function watcher(text: string): MechanismRow {
  return { since: '3.0.0', kind: 'asset_watcher', text: `AssetWatcher with ${text}` };
}

/** Newest first: the first row that the analysed release has is the one. An empty list is: the clock stays. */
export const mechanismsBySource: Readonly<Record<SourceKind, readonly MechanismRow[]>> = {
  s3: [
    watcher('MessageQueueTrigger(scheme="sqs") on a queue that gets the bucket\'s ObjectCreated events (amazon provider 9.7.0)'),
    pushDataset,
  ],
  gcs: [
    watcher('MessageQueueTrigger(scheme="google+pubsub") on the bucket\'s OBJECT_FINALIZE notifications (google provider 19.5.0)'),
    pushDataset,
  ],
  azure_blob: [
    watcher('MessageQueueTrigger(scheme="azure+servicebus") on a queue that gets BlobCreated from Event Grid (microsoft.azure provider 13.0.0)'),
    pushDataset,
  ],
  kafka: [watcher('MessageQueueTrigger(scheme="kafka") on the topic (apache.kafka provider 1.9.0)'), pushDataset],
  sqs: [watcher('MessageQueueTrigger(scheme="sqs") on the queue (amazon provider 9.7.0)'), pushDataset],
  pubsub: [watcher('MessageQueueTrigger on the subscription (google provider 19.5.0, or redis 4.3.0 for its channels)'), pushDataset],
  servicebus: [
    watcher('MessageQueueTrigger(scheme="azure+servicebus") on the queue (microsoft.azure provider 13.0.0)'),
    pushDataset,
  ],
  webhook: [pushAsset, pushDataset],
  cdc: [watcher('MessageQueueTrigger on the topic or queue that the change stream writes to'), pushDataset],
  asset: [
    { since: '3.0.0', kind: 'asset_schedule', text: 'schedule the DAG on the asset' },
    { since: '2.4.0', kind: 'asset_schedule', text: 'schedule the DAG on the dataset' },
  ],
  dag_completion: [
    { since: '3.0.0', kind: 'asset_schedule', text: 'give the awaited task an outlet asset and schedule this DAG on it' },
    { since: '2.4.0', kind: 'asset_schedule', text: 'give the awaited task an outlet dataset and schedule this DAG on it' },
  ],
  job_completion: [pushAsset, pushDataset],
  file: [
    watcher('FileDeleteTrigger on the path (standard provider 0.1.0); it deletes the file when it sees it'),
    pushDataset,
  ],
  clock: [],
};

/** A run that another DAG starts with TriggerDagRunOperator: there in every release. */
export const pushedRun: MechanismRow = {
  since: '',
  kind: 'trigger_dag_run',
  text: 'TriggerDagRunOperator of the other DAG starts the run',
};

/** A run of another Airflow deployment can only be announced over its API. */
export const remoteRun: readonly MechanismRow[] = [pushAsset, pushDataset];
