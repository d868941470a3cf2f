import type { SourceKind } from '../../model/analysis.js';

interface KeyRow {
  /** The default key: what names an event of this source the same way each time that it is delivered. */
  key: readonly string[];
  /** Fields of which one must be in every key: without them two different events look the same. */
  identity: readonly string[];
  /** Further fields of the event that may be in a key. Nothing else may: a key is made of the event alone. */
  others: readonly string[];
}

/** Per source, what identifies one event. `a|b`: the first of both that the event has. */
export const dedupeKeys: Record<SourceKind, KeyRow> = {
  s3: { key: ['bucket', 'key', 'version_id|etag'], identity: ['version_id|etag', 'version_id', 'etag', 'sequencer'], others: ['version_id', 'etag', 'sequencer', 'size'] },
  gcs: { key: ['bucket', 'name', 'generation'], identity: ['generation', 'md5_hash', 'crc32c'], others: ['metageneration', 'md5_hash', 'crc32c', 'size'] },
  azure_blob: { key: ['account', 'container', 'blob', 'etag'], identity: ['etag', 'sequencer', 'content_md5'], others: ['sequencer', 'content_length', 'content_md5'] },
  kafka: { key: ['topic', 'partition', 'offset'], identity: ['offset', 'event_id'], others: ['message_key', 'event_id'] },
  sqs: { key: ['message_id'], identity: ['message_id', 'message_deduplication_id', 'event_id'], others: ['queue', 'message_group_id', 'message_deduplication_id', 'event_id'] },
  pubsub: { key: ['subscription', 'message_id'], identity: ['message_id', 'event_id'], others: ['topic', 'ordering_key', 'event_id'] },
  servicebus: { key: ['queue', 'message_id'], identity: ['message_id', 'sequence_number', 'event_id'], others: ['sequence_number', 'session_id', 'event_id'] },
  webhook: { key: ['provider', 'delivery_id'], identity: ['delivery_id', 'event_id', 'resource_version'], others: ['event_id', 'event_type', 'resource_id', 'resource_version'] },
  cdc: {
    key: ['source', 'table', 'log_position', 'primary_key'],
    identity: ['log_position', 'row_version', 'transaction_id'],
    others: ['database', 'schema', 'transaction_id', 'operation', 'row_version'],
  },
  asset: {
    key: ['asset', 'source_dag_id', 'source_task_id', 'source_run_id', 'source_map_index'],
    identity: ['source_run_id', 'partition_key', 'event_id'],
    others: ['partition_key', 'event_id', 'asset_uri'],
  },
  dag_completion: {
    key: ['source_dag_id', 'source_run_id'],
    identity: ['source_run_id', 'partition_key'],
    others: ['source_task_id', 'source_map_index', 'partition_key'],
  },
  job_completion: { key: ['system', 'job_id', 'job_run_id'], identity: ['job_run_id', 'result_version'], others: ['attempt_number', 'job_name', 'result_version'] },
  file: { key: ['host', 'path', 'checksum'], identity: ['checksum', 'file_version'], others: ['size', 'inode', 'file_version'] },
  clock: { key: ['dag_id', 'data_interval_start'], identity: ['data_interval_start'], others: ['data_interval_end'] },
};

/** Where events of several kinds meet, a field says whose it is: `kafka.offset`. */
export function qualifyField(kind: SourceKind, field: string): string {
  return `${kind}.${field}`;
}

/** The default key of a trigger whose events are of these kinds. */
export function defaultKey(kinds: readonly SourceKind[]): string[] {
  const [only, ...more] = kinds;
  if (only !== undefined && more.length === 0) return [...dedupeKeys[only].key];
  return kinds.flatMap((kind) => dedupeKeys[kind].key.map((field) => qualifyField(kind, field)));
}

/** Every field that a key over events of these kinds may hold. */
export function allowedKeyFields(kinds: readonly SourceKind[]): Set<string> {
  const fields = (kind: SourceKind): string[] => [...dedupeKeys[kind].key, ...dedupeKeys[kind].others];
  const [only, ...more] = kinds;
  if (only !== undefined && more.length === 0) return new Set(fields(only));
  return new Set(kinds.flatMap((kind) => fields(kind).map((field) => qualifyField(kind, field))));
}

/** Whether a key tells two events of this kind apart. */
export function identifies(kind: SourceKind, key: readonly string[], isQualified: boolean): boolean {
  return dedupeKeys[kind].identity.some((field) => key.includes(isQualified ? qualifyField(kind, field) : field));
}

/** Words that make a key differ from delivery to delivery: then nothing is ever recognised as a duplicate. */
export const changingKeyWords =
  /\b(now|utcnow|today|random|uuid\w*|time|timestamp|current_\w+|processing_\w+|processed_at|received_at|ingest(ed)?_at|arrival_\w+|try_number|run_id|run_after|logical_date|execution_date|ds|ts)\b/i;
