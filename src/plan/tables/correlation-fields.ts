import type { EventKind } from '../controls/legs.js';

/** Where an event says to which day, part or file of the data it belongs; null: it does not say it. */
interface CorrelationRow {
  field: string;
  /** The first Airflow release whose events carry the field. */
  since?: string;
}

/**
 * Per source, the field in which a date or partition stands. Names of objects and files hold it in their path; updates
 * of assets carry a partition key from Airflow 3.2 on; messages, changes and jobs carry it only in a payload that no
 * code describes.
 */
export const correlationFields: Record<EventKind, CorrelationRow | null> = {
  s3: { field: 'key' },
  gcs: { field: 'name' },
  azure_blob: { field: 'blob' },
  file: { field: 'path' },
  asset: { field: 'partition_key', since: '3.2.0' },
  dag_completion: { field: 'partition_key', since: '3.2.0' },
  kafka: null,
  sqs: null,
  pubsub: null,
  servicebus: null,
  webhook: null,
  cdc: null,
  job_completion: null,
};
