import type { SourceKind } from '../../model/analysis.js';
import type { PayloadField } from '../../model/contract.js';
import type { EventSystem, Ordering } from '../../model/controls.js';

/** What an event of each source is: how it is named, what it carries, which order it keeps and how it travels. */
export interface EventKindRow {
  /** The verb at the end of an event's name. */
  event: string;
  description: string;
  /** Candidate fields that name the source, most general first: they make the event's name. */
  named_by: readonly string[];
  fields: Readonly<Record<string, PayloadField & { example: string | number }>>;
  /** Fields that every event carries. */
  required: readonly string[];
  system: EventSystem;
  /** What the source promises about order, and by which fields. */
  order: Pick<Ordering, 'guarantee' | 'partition_key'>;
  out_of_order: string;
}

type Fields = EventKindRow['fields'];

const text = (description: string, example: string, format?: string): Fields[string] => ({
  type: 'string',
  description,
  example,
  ...(format !== undefined && { format }),
});
const count = (description: string, example: number): Fields[string] => ({ type: 'integer', description, example });

const partition = text('the slice of data that the event is about, when the producer names one', '2026-01-31');
const eventId = text('id that the producer gives the event and repeats with every delivery', 'evt-000042');

/**
 * By source kind. Fields of S3 events are those of Amazon S3's EventBridge notifications; of Cloud Storage those of its
 * Pub/Sub notifications; of blobs those of Event Grid's BlobCreated; `log_position` stands for LSN, SCN or binlog position.
 */
export const eventKinds: Record<Exclude<SourceKind, 'clock'>, EventKindRow> = {
  s3: {
    event: 'object_created',
    description: 'An object was written to the bucket.',
    named_by: ['bucket', 'prefix', 'key'],
    fields: {
      bucket: text('bucket name', 'landing'),
      key: text('object key', 'orders/2026-01-31/part-0.parquet'),
      etag: text('entity tag of the content', '9b2cf535f27731c974343645a3985328'),
      version_id: text('version, when the bucket is versioned', '3sL4kqtJlcpXroDTDmJ'),
      sequencer: text('orders the events of one key: longer or larger is later', '0062E99A88DC407460'),
      size: count('bytes', 1048576),
    },
    required: ['bucket', 'key', 'etag', 'sequencer'],
    system: 'eventbridge',
    order: { guarantee: 'none', partition_key: [] },
    out_of_order: 'The run keeps the sequencer of the last event per key and skips one that is older.',
  },
  gcs: {
    event: 'object_finalized',
    description: 'An object was written to the bucket.',
    named_by: ['bucket', 'prefix', 'object', 'name'],
    fields: {
      bucket: text('bucket name', 'landing'),
      name: text('object name', 'orders/2026-01-31/part-0.parquet'),
      generation: text('generation of the content', '1769817600000000'),
      metageneration: text('generation of the metadata', '1'),
      md5_hash: text('checksum, base64', 'mbLPNfJ3Mcl0NDZFo5hTKA=='),
      crc32c: text('checksum, base64', 'yZRlqg=='),
      size: count('bytes', 1048576),
    },
    required: ['bucket', 'name', 'generation'],
    system: 'pubsub',
    order: { guarantee: 'none', partition_key: [] },
    out_of_order: 'The run keeps the generation of the last event per object and skips one that is older.',
  },
  azure_blob: {
    event: 'blob_created',
    description: 'A blob was written to the container.',
    named_by: ['account', 'container', 'container_name', 'prefix', 'blob', 'blob_name'],
    fields: {
      account: text('storage account', 'landingaccount'),
      container: text('container', 'landing'),
      blob: text('blob name', 'orders/2026-01-31/part-0.parquet'),
      etag: text('entity tag of the content', '0x8D4BCC2E4835CD0'),
      sequencer: text('orders the events of one blob', '00000000000004420000000000028963'),
      content_length: count('bytes', 1048576),
      content_md5: text('checksum, base64', 'mbLPNfJ3Mcl0NDZFo5hTKA=='),
    },
    required: ['account', 'container', 'blob', 'etag'],
    system: 'event_grid',
    order: { guarantee: 'none', partition_key: [] },
    out_of_order: 'The run keeps the sequencer of the last event per blob and skips one that is older.',
  },
  kafka: {
    event: 'message_published',
    description: 'A message was written to the topic.',
    named_by: ['topic', 'topics'],
    fields: {
      topic: text('topic', 'orders'),
      partition: count('partition', 3),
      offset: count('offset in the partition', 4711),
      message_key: text('key of the message', 'order-1001'),
      event_id: eventId,
    },
    required: ['topic', 'partition', 'offset'],
    system: 'kafka',
    order: { guarantee: 'per_key', partition_key: ['message_key'] },
    out_of_order: 'Within a partition the order holds; after a redelivery the run skips an offset that is not above the one it stored.',
  },
  sqs: {
    event: 'message_sent',
    description: 'A message was sent to the queue.',
    named_by: ['queue', 'sqs_queue', 'queue_url'],
    fields: {
      queue: text('queue', 'orders'),
      message_id: text('id that the queue gave the message', '219f8380-5770-4cc2-8c3e-5c715e145f5e'),
      message_group_id: text('group, in a FIFO queue', 'order-1001'),
      message_deduplication_id: text('in a FIFO queue', 'order-1001-3'),
      event_id: eventId,
    },
    required: ['queue', 'message_id'],
    system: 'sqs',
    order: { guarantee: 'none', partition_key: [] },
    out_of_order: 'A standard queue keeps no order: the work must not depend on it, or the queue becomes FIFO with a message group per key.',
  },
  pubsub: {
    event: 'message_published',
    description: 'A message was published to the topic.',
    named_by: ['topic', 'subscription'],
    fields: {
      subscription: text('subscription', 'orders-airflow'),
      topic: text('topic', 'orders'),
      message_id: text('id that the service gave the message', '2070443601311540'),
      ordering_key: text('ordering key, when the publisher sets one', 'order-1001'),
      event_id: eventId,
    },
    required: ['subscription', 'message_id'],
    system: 'pubsub',
    order: { guarantee: 'none', partition_key: [] },
    out_of_order: 'Without an ordering key messages come in any order: the work must not depend on it.',
  },
  servicebus: {
    event: 'message_sent',
    description: 'A message was sent to the queue or topic.',
    named_by: ['queue', 'queue_name', 'topic'],
    fields: {
      queue: text('queue or subscription', 'orders'),
      message_id: text('id that the sender gave the message', 'order-1001-3'),
      sequence_number: count('number that the broker gave it', 4711),
      session_id: text('session, when sessions are on', 'order-1001'),
      event_id: eventId,
    },
    required: ['queue', 'message_id', 'sequence_number'],
    system: 'service_bus',
    order: { guarantee: 'none', partition_key: [] },
    out_of_order: 'Without sessions messages come in any order: the run skips a sequence number below the stored one of its key.',
  },
  webhook: {
    event: 'call_received',
    description: 'The provider called the webhook.',
    named_by: ['provider', 'host', 'endpoint', 'url', 'http_conn_id'],
    fields: {
      provider: text('who calls', 'payments'),
      delivery_id: text('id of the delivery, the same when it is repeated', 'd-5f2c'),
      event_id: eventId,
      event_type: text('what happened', 'invoice.paid'),
      resource_id: text('what it happened to', 'inv-77'),
      resource_version: text('version of the resource', '12'),
    },
    required: ['provider', 'delivery_id'],
    system: 'http_gateway',
    order: { guarantee: 'none', partition_key: [] },
    out_of_order: 'Calls overtake each other: the run reads the resource as it is now, or skips a resource version below the stored one.',
  },
  cdc: {
    event: 'rows_changed',
    description: 'Rows of the table were inserted, updated or deleted.',
    named_by: ['database', 'schema', 'table'],
    fields: {
      source: text('database server or connector', 'orders-db'),
      database: text('database', 'shop'),
      schema: text('schema', 'public'),
      table: text('table', 'orders'),
      log_position: text('position in the change log', '0/16B3748'),
      primary_key: text('key of the row, as JSON', '{"id":1001}'),
      transaction_id: text('transaction', '5571'),
      operation: text('create, update or delete', 'update'),
      row_version: text('version of the row, when the table has one', '3'),
    },
    required: ['source', 'table', 'log_position', 'primary_key', 'operation'],
    system: 'change_log',
    order: { guarantee: 'per_key', partition_key: ['primary_key'] },
    out_of_order: 'Changes of one key keep their order in their partition; the merge drops a change whose log_position is not above the stored one.',
  },
  asset: {
    event: 'updated',
    description: 'A task that writes the asset has succeeded.',
    named_by: ['name', 'asset', 'dataset', 'uri', 'resource', 'external_dag_id'],
    fields: {
      asset: text('name of the asset', 'orders'),
      asset_uri: text('URI of the asset', 's3://lake/orders'),
      source_dag_id: text('DAG that wrote it', 'load_orders'),
      source_task_id: text('task that wrote it', 'load'),
      source_run_id: text('run that wrote it', 'scheduled__2026-01-31T00:00:00+00:00'),
      source_map_index: count('index of a mapped task, -1 without', -1),
      partition_key: partition,
      event_id: eventId,
    },
    required: ['asset', 'source_dag_id', 'source_task_id', 'source_run_id', 'source_map_index'],
    system: 'airflow_assets',
    order: { guarantee: 'none', partition_key: [] },
    out_of_order: 'A run takes every event that waits for it, in no promised order: it reads all of them and works by partition.',
  },
  dag_completion: {
    event: 'succeeded',
    description: 'A run of the DAG has succeeded.',
    named_by: ['external_dag_id', 'source_dag_id', 'upstream_dag_id', 'dag_id'],
    fields: {
      source_dag_id: text('DAG that finished', 'load_orders'),
      source_run_id: text('its run', 'scheduled__2026-01-31T00:00:00+00:00'),
      source_task_id: text('its last task', 'done'),
      source_map_index: count('index of a mapped task, -1 without', -1),
      partition_key: partition,
    },
    required: ['source_dag_id', 'source_run_id'],
    system: 'airflow_assets',
    order: { guarantee: 'none', partition_key: [] },
    out_of_order: 'A run takes every event that waits for it, in no promised order: it reads all of them and works by partition.',
  },
  job_completion: {
    event: 'finished',
    description: 'A job outside Airflow has finished.',
    named_by: ['system', 'job_name', 'job_id', 'job'],
    fields: {
      system: text('what runs the job', 'glue'),
      job_id: text('job', 'orders-compaction'),
      job_run_id: text('its run', 'jr_0001'),
      job_name: text('name of the job', 'orders-compaction'),
      attempt_number: count('attempt', 1),
      result_version: text('version of what it wrote', '17'),
    },
    required: ['system', 'job_id', 'job_run_id'],
    system: 'job_events',
    order: { guarantee: 'none', partition_key: [] },
    out_of_order: 'A later run of the job may report first: the work reads the newest result version, and skips an older one.',
  },
  file: {
    event: 'file_arrived',
    description: 'A file has arrived complete.',
    named_by: ['host', 'path', 'filepath', 'fs_conn_id'],
    fields: {
      host: text('file server', 'sftp-1'),
      path: text('path of the file', '/in/orders.csv'),
      checksum: text('checksum of the content', '9b2cf535f27731c974343645a3985328'),
      size: count('bytes', 1048576),
      inode: text('inode, when the server has one', '918273'),
      file_version: text('version, when names are used again', '3'),
    },
    required: ['host', 'path', 'checksum'],
    system: 'file_agent',
    order: { guarantee: 'none', partition_key: [] },
    out_of_order: 'Files arrive in any order: the work is keyed by file, and nothing is assumed about its neighbours.',
  },
};
