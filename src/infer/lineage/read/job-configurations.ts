import type { ArgumentValue, Task } from '../../../model/graph.js';
import { readTexts } from '../../argument.js';
import { typedText, type KnownParams } from '../../template/holes.js';
import { pathOfUri } from '../paths.js';
import type { Access, Found, WriteKind } from '../resource.js';
import { tableNamed } from '../table-name.js';
import { sessionOfTask } from './session.js';

type Mapping = { readonly [key: string]: ArgumentValue };

const dispositions: Readonly<Record<string, WriteKind>> = { WRITE_APPEND: 'append', WRITE_TRUNCATE: 'overwrite', WRITE_EMPTY: 'create' };

/** Jobs of BigQuery (load, copy, extract, a query with a destination) and Cloud SQL, told in nested dictionaries. */
export function configurationAccesses(task: Task, params: KnownParams): Access[] {
  const configuration = mapping(task.arguments['configuration']);
  const session = { ...sessionOfTask(task, params), system: 'bigquery' as const };
  const found: { direction: Access['direction']; found: Found | undefined; write?: WriteKind }[] = [];
  const tables = (value: ArgumentValue | undefined) => (Array.isArray(value) ? value : [value]).map((each) => tableNamed(tableText(mapping(each), params), session));
  const uris = (value: ArgumentValue | undefined) => texts(value, params).map(pathOfUri);
  for (const [kind, fallback] of [['load', 'append'], ['copy', 'create'], ['query', 'create']] as const) {
    const job = mapping(configuration[kind]);
    const disposition = job['writeDisposition'];
    const write = (typeof disposition === 'string' ? dispositions[disposition.toUpperCase()] : undefined) ?? fallback;
    if (job['destinationTable'] !== undefined) found.push(...tables(job['destinationTable']).map((each) => ({ direction: 'write' as const, found: each, write })));
    found.push(...uris(job['sourceUris']).map((each) => ({ direction: 'read' as const, found: each })));
    if (kind === 'copy') found.push(...tables(job['sourceTables'] ?? job['sourceTable']).map((each) => ({ direction: 'read' as const, found: each })));
  }
  const extract = mapping(configuration['extract']);
  if (extract['sourceTable'] !== undefined) found.push(...tables(extract['sourceTable']).map((each) => ({ direction: 'read' as const, found: each })));
  found.push(...uris(extract['destinationUris'] ?? extract['destinationUri']).map((each) => ({ direction: 'write' as const, found: each, write: 'overwrite' as const })));
  const body = mapping(task.arguments['body']);
  found.push(...uris(mapping(body['exportContext'])['uri']).map((each) => ({ direction: 'write' as const, found: each, write: 'overwrite' as const })));
  found.push(...uris(mapping(body['importContext'])['uri']).map((each) => ({ direction: 'read' as const, found: each })));
  return found.flatMap(({ found: each, direction, write }) =>
    each
      ? [{ direction, found: each, how: 'argument', confidence: 'high', reasons: ['by the job that its configuration describes'], place: { file: task.file, line: task.line }, text: `${task.operator}(configuration)`, ...(write && { write }) }]
      : [],
  );
}

function mapping(value: ArgumentValue | undefined): Mapping {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}

function texts(value: ArgumentValue | undefined, params: KnownParams): string[] {
  const reading = readTexts(value);
  return reading.kind === 'texts' ? reading.texts.map((text) => typedText(text, params)) : [];
}

function tableText({ projectId, datasetId, tableId }: Mapping, params: KnownParams): string {
  if (typeof tableId !== 'string') return '';
  return [projectId, datasetId, tableId].flatMap((part) => (typeof part === 'string' ? [typedText(part, params)] : [])).join('.');
}
