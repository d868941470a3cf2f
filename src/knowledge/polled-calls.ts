import type { SourceKind } from '../model/analysis.js';

/** A call inside task code that asks whether something is there yet, by the last part of its dotted name. */
export interface PolledCall {
  kind: SourceKind;
  names: readonly string[];
}

/** Calls that identify what a polling function looks at. Names that many libraries share are not among them. */
export const polledCalls: readonly PolledCall[] = [
  {
    kind: 's3',
    names: ['head_object', 'list_objects_v2', 'list_objects', 'check_for_key', 'check_for_wildcard_key', 'check_for_prefix', 'get_wildcard_key'],
  },
  { kind: 'gcs', names: ['list_blobs', 'get_blob', 'GCSHook.exists', 'GCSHook.list'] },
  { kind: 'azure_blob', names: ['check_for_blob', 'WasbHook.check_for_prefix', 'BlobClient.exists'] },
  { kind: 'sqs', names: ['receive_message'] },
  { kind: 'kafka', names: ['KafkaConsumer', 'Consumer.poll', 'consumer.poll'] },
  { kind: 'pubsub', names: ['SubscriberClient.pull', 'subscriber.pull'] },
  { kind: 'webhook', names: ['requests.get', 'requests.head', 'httpx.get', 'urlopen', 'session.get', 'HttpHook.run'] },
  { kind: 'cdc', names: ['get_records', 'get_first', 'get_pandas_df', 'cursor.execute', 'read_sql', 'read_sql_query'] },
  { kind: 'file', names: ['os.path.exists', 'os.path.isfile', 'Path.exists', 'glob.glob', 'os.listdir', 'SFTPHook.path_exists', 'sftp.stat'] },
  { kind: 'job_completion', names: ['get_job_run', 'get_job_state', 'describe_jobs', 'get_query_execution', 'describe_statement'] },
];

/** Shell commands that ask whether something is there yet. The first group is the address, where one is given. */
export const polledCommands: readonly { kind: SourceKind; pattern: RegExp; field: string }[] = [
  { kind: 's3', pattern: /\baws\s+s3(?:api)?\s+(?:ls|head-object)\b[^\n]*?(s3:\/\/[^\s'"]+)/, field: 'uri' },
  { kind: 'gcs', pattern: /\b(?:gsutil\s+(?:-q\s+)?(?:ls|stat)|gcloud\s+storage\s+ls)\s+(?:-\S+\s+)*(gs:\/\/[^\s'"]+)/, field: 'uri' },
  { kind: 'webhook', pattern: /\b(?:curl|wget)\b[^\n]*?(https?:\/\/[^\s'"]+)/, field: 'endpoint' },
  { kind: 'file', pattern: /(?:\btest\s+-[efs]|\[\s+-[efs]|\bhdfs\s+dfs\s+-test\s+-[edf])\s+["']?([^\s'"\]]+)/, field: 'path' },
];
