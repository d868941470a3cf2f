/**
 * What calls in task code read or write, by the end of their dotted name. A reference is an argument's name or position;
 * `^` leads to the arguments of the call that made the object, `^^` to those of the call before that. The first known one holds.
 */
export interface ResourceCall {
  names: readonly string[];
  access: 'read' | 'write' | 'delete';
  /** Of objects: where bucket and key stand; of tables and names: the name. */
  target:
    | { form: 'object'; scheme: 's3' | 'gs' | 'azure'; bucket: readonly string[]; key: readonly string[] }
    | { form: 'table'; name: readonly string[]; schema?: readonly string[]; connection?: readonly string[]; system?: 'bigquery' | 'hive' }
    | { form: 'named'; kind: 'topic' | 'queue' | 'http'; name: readonly string[] }
    | { form: 'uri'; name: readonly string[] };
  write?: 'append' | 'overwrite' | 'unknown';
}

const s3 = (access: ResourceCall['access'], names: readonly string[], bucket: readonly string[], key: readonly string[]): ResourceCall => ({ names, access, target: { form: 'object', scheme: 's3', bucket, key }, write: 'overwrite' });
const gcs = (access: ResourceCall['access'], names: readonly string[], bucket: readonly string[], key: readonly string[]): ResourceCall => ({ names, access, target: { form: 'object', scheme: 'gs', bucket, key }, write: 'overwrite' });
const azure = (access: ResourceCall['access'], names: readonly string[], bucket: readonly string[], key: readonly string[]): ResourceCall => ({ names, access, target: { form: 'object', scheme: 'azure', bucket, key }, write: 'overwrite' });

export const resourceCalls: readonly ResourceCall[] = [
  s3('write', ['put_object'], ['Bucket'], ['Key']),
  s3('read', ['get_object'], ['Bucket'], ['Key']),
  s3('read', ['list_objects_v2', 'list_objects'], ['Bucket'], ['Prefix']),
  s3('write', ['boto3.client.upload_file', 'boto3.client.upload_fileobj'], ['1', 'Bucket'], ['2', 'Key']),
  s3('read', ['boto3.client.download_file', 'boto3.client.download_fileobj'], ['0', 'Bucket'], ['1', 'Key']),
  s3('write', ['Object.put', 'Object.upload_file', 'Object.upload_fileobj'], ['^0'], ['^1']),
  s3('read', ['Object.get', 'Object.download_file'], ['^0'], ['^1']),
  s3('write', ['Bucket.upload_file', 'Bucket.upload_fileobj'], ['^0'], ['1', 'Key']),
  s3('write', ['Bucket.put_object'], ['^0'], ['Key']),
  s3('read', ['Bucket.download_file'], ['^0'], ['0', 'Key']),
  s3('write', ['S3Hook.load_string', 'S3Hook.load_bytes', 'S3Hook.load_file', 'S3Hook.load_file_obj'], ['bucket_name', '2'], ['key', '1']),
  s3('read', ['S3Hook.read_key', 'S3Hook.get_key', 'S3Hook.download_file', 'S3Hook.select_key'], ['bucket_name', '1'], ['key', '0']),
  s3('read', ['S3Hook.list_keys', 'S3Hook.list_prefixes'], ['bucket_name', '0'], ['prefix', '1']),
  gcs('write', ['GCSHook.upload'], ['bucket_name', '0'], ['object_name', '1']),
  gcs('read', ['GCSHook.download', 'GCSHook.download_as_byte_array', 'GCSHook.provide_file'], ['bucket_name', '0'], ['object_name', '1']),
  gcs('read', ['GCSHook.list'], ['bucket_name', '0'], ['prefix']),
  gcs('write', ['blob.upload_from_string', 'blob.upload_from_filename', 'blob.upload_from_file'], ['^^0', '^^bucket_name', '^^bucket'], ['^0', '^blob_name', '^name']),
  gcs('read', ['blob.download_as_text', 'blob.download_as_string', 'blob.download_as_bytes', 'blob.download_to_filename', 'blob.download_to_file'], ['^^0', '^^bucket_name', '^^bucket'], ['^0', '^blob_name', '^name']),
  gcs('read', ['storage.Client.list_blobs'], ['0', 'bucket_or_name'], ['prefix']),
  azure('write', ['WasbHook.load_file', 'WasbHook.load_string', 'WasbHook.upload'], ['container_name', '1'], ['blob_name', '2']),
  azure('read', ['WasbHook.get_file', 'WasbHook.read_file', 'WasbHook.download'], ['container_name'], ['blob_name']),
  azure('write', ['get_blob_client.upload_blob'], ['^container', '^0'], ['^blob', '^1']),
  azure('read', ['get_blob_client.download_blob'], ['^container', '^0'], ['^blob', '^1']),
  { names: ['to_sql'], access: 'write', target: { form: 'table', name: ['0', 'name'], schema: ['schema'], connection: ['con^^0', 'con^^postgres_conn_id', 'con^0', '1^^0', '1^^postgres_conn_id', '1^0'] }, write: 'unknown' },
  { names: ['read_sql_table'], access: 'read', target: { form: 'table', name: ['0', 'table_name'], schema: ['schema'], connection: ['con^^0', 'con^0', '1^^0', '1^0'] } },
  { names: ['Hook.insert_rows'], access: 'write', target: { form: 'table', name: ['table', '0'] }, write: 'append' },
  { names: ['Hook.bulk_load', 'Hook.copy_expert_table'], access: 'write', target: { form: 'table', name: ['table', '0'] }, write: 'append' },
  { names: ['Hook.bulk_dump'], access: 'read', target: { form: 'table', name: ['table', '0'] } },
  { names: ['to_gbq'], access: 'write', target: { form: 'table', name: ['0', 'destination_table'], system: 'bigquery' }, write: 'unknown' },
  { names: ['bigquery.Client.load_table_from_uri', 'bigquery.Client.load_table_from_dataframe', 'bigquery.Client.load_table_from_json', 'bigquery.Client.load_table_from_file', 'bigquery.Client.insert_rows_json', 'bigquery.Client.insert_rows'], access: 'write', target: { form: 'table', name: ['1', 'destination', 'table'], system: 'bigquery' }, write: 'append' },
  { names: ['bigquery.Client.load_table_from_uri'], access: 'read', target: { form: 'uri', name: ['0', 'source_uris'] } },
  { names: ['bigquery.Client.extract_table'], access: 'read', target: { form: 'table', name: ['0', 'source'], system: 'bigquery' } },
  { names: ['bigquery.Client.extract_table'], access: 'write', target: { form: 'uri', name: ['1', 'destination_uris'] }, write: 'overwrite' },
  { names: ['bigquery.Client.list_rows', 'bigquery.Client.get_table'], access: 'read', target: { form: 'table', name: ['0', 'table'], system: 'bigquery' } },
  { names: ['write.saveAsTable', 'saveAsTable', 'write.insertInto', 'insertInto'], access: 'write', target: { form: 'table', name: ['0', 'name'], system: 'hive' }, write: 'unknown' },
  { names: ['spark.table', 'SparkSession.table', 'getOrCreate.table', 'read.table'], access: 'read', target: { form: 'table', name: ['0', 'tableName'], system: 'hive' } },
  { names: ['KafkaProducer.send', 'Producer.produce', 'producer.produce'], access: 'write', target: { form: 'named', kind: 'topic', name: ['0', 'topic'] }, write: 'append' },
  { names: ['KafkaConsumer'], access: 'read', target: { form: 'named', kind: 'topic', name: ['0'] } },
  { names: ['boto3.client.publish'], access: 'write', target: { form: 'named', kind: 'topic', name: ['TopicArn'] }, write: 'append' },
  { names: ['boto3.client.send_message'], access: 'write', target: { form: 'named', kind: 'queue', name: ['QueueUrl'] }, write: 'append' },
  { names: ['boto3.client.receive_message'], access: 'read', target: { form: 'named', kind: 'queue', name: ['QueueUrl'] } },
  { names: ['requests.get', 'httpx.get'], access: 'read', target: { form: 'named', kind: 'http', name: ['0', 'url'] } },
  { names: ['requests.post', 'requests.put', 'requests.patch', 'httpx.post', 'httpx.put'], access: 'write', target: { form: 'named', kind: 'http', name: ['0', 'url'] }, write: 'unknown' },
];
