import type { SourceKind } from '../model/analysis.js';

/** What an event carries that is the same in each of its deliveries and another one in each other event. */
export const eventKeys: Readonly<Record<SourceKind, string>> = {
  s3: 'bucket + key + version id (or etag)',
  gcs: 'bucket + object + generation',
  azure_blob: 'container + blob + etag',
  kafka: 'topic + partition + offset',
  sqs: 'message id',
  pubsub: 'message id',
  servicebus: 'message id',
  webhook: 'id that the sender gives each call',
  cdc: 'table + primary key + time of change',
  asset: 'asset + run of the producer',
  dag_completion: 'DAG + run id',
  job_completion: 'job + run id',
  file: 'path + time of change',
  clock: 'start of the data interval',
};
