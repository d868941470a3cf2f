import type { Task } from '../../../model/graph.js';
import { readTexts } from '../../argument.js';
import { sensorOf } from '../../sensors.js';
import { typedText, type KnownParams } from '../../template/holes.js';
import { localFile, pathOfUri, storedObject } from '../paths.js';
import { isTelling, type Access, type Found } from '../resource.js';
import { tableNamed } from '../table-name.js';
import { sessionOfTask } from './session.js';

const schemes: Readonly<Record<string, string>> = { s3: 's3', gcs: 'gs', azure_blob: 'azure' };

/** What a sensor waits for: objects, files and tables by its arguments. */
export function sensorAccesses(task: Task, params: KnownParams): Access[] {
  const sensor = sensorOf(task)?.sensor;
  if (!sensor) return [];
  const texts = (field: string): string[] => {
    const reading = readTexts(task.arguments[sensor.fields[field] ?? field]);
    return reading.kind === 'texts' ? reading.texts.map((text) => typedText(text, params)) : [];
  };
  const found: (Found | undefined)[] = [];
  const scheme = schemes[sensor.source_kind ?? ''];
  if (scheme !== undefined) {
    const [bucket] = [...texts('bucket'), ...texts('container')];
    for (const key of [...texts('key'), ...texts('prefix')]) found.push(key.includes('://') ? pathOfUri(key) : bucket === undefined ? undefined : storedObject(scheme, bucket, key));
  } else if (sensor.category === 'file_arrival') {
    const server = ['sftp_conn_id', 'ftp_conn_id'].find((name) => sensor.fields[name] !== undefined);
    const host = server === undefined ? undefined : (texts(server)[0] ?? server.replace(/_conn_id$/, '_default'));
    for (const path of texts('path')) found.push(server !== undefined && host !== undefined ? storedObject(server.slice(0, server.indexOf('_')), host, path) : path.startsWith('/') ? localFile(path) : undefined);
  } else if (sensor.category === 'table_created' || sensor.category === 'partition_added') {
    const name = ['project_id', 'catalog', 'database', 'schema', 'dataset_id', 'table_id', 'table'].flatMap((field) => (sensor.fields[field] === undefined ? [] : texts(field).slice(0, 1))).join('.');
    const system = sensor.class.startsWith('BigQuery') ? 'bigquery' : sensor.class.startsWith('Glue') ? 'athena' : sensor.class.startsWith('Databricks') ? 'databricks' : 'hive';
    for (const each of name === '' ? texts('partition_names').map((text) => text.replace(/\/.*$/, '')) : [name]) found.push(tableNamed(each, { ...sessionOfTask(task, params), schema: undefined, catalog: undefined, system }));
  }
  return found.flatMap((each) =>
    each && isTelling(each)
      ? [{ direction: 'read' as const, found: each, how: 'argument' as const, confidence: 'high' as const, reasons: [`${sensor.class} waits for it`], place: { file: task.file, line: task.line }, text: `${task.operator} waits`, isWait: true }]
      : [],
  );
}
