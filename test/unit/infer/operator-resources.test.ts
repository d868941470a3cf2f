import { describe, expect, it } from 'vitest';
import { operatorTable, type OperatorKnowledge } from '../../../src/knowledge/operators-io.js';
import { accessesOf } from '../../../src/infer/lineage/accesses.js';
import { resourceOf } from '../../../src/infer/lineage/resource.js';
import type { ArgumentValue } from '../../../src/model/graph.js';
import { dag, task } from './graph.js';

/** Kinds of the table that name no resource by themselves: code and configurations, where only some values are addresses. */
const open = new Set(['config', 'params', 'shell', 'env', 'steps', 'python', 'bigquery_job', 'notification', 'dag', 'stage', 'object']);

const values: Readonly<Record<string, ArgumentValue>> = {
  body: { exportContext: { uri: 'gs://bucket/export.sql' }, importContext: { uri: 'gs://bucket/import.sql' } },
  query_or_table: 'SELECT * FROM core.source',
  operation: 'get',
  source_location_uri: 's3://bucket/source',
  destination_location_uri: 's3://bucket/destination',
};

/** A value for an argument by what it is called. */
function valueOf(name: string, row: OperatorKnowledge): ArgumentValue {
  const isSql = [...row.inputs, ...row.outputs].some(({ kind, kwargs }) => kind === 'sql' && kwargs.includes(name));
  if (isSql) return row.outputs.some(({ kind }) => kind === 'sql') ? 'INSERT INTO core.target SELECT * FROM core.source' : 'SELECT * FROM core.source';
  if (Object.hasOwn(values, name)) return values[name] ?? '';
  const isUri = [...row.inputs, ...row.outputs].some(({ kind, uri_template: template }) => template === `{${name}}` && ['s3', 'gcs', 'adls', 'wasb'].includes(kind));
  if (isUri) return `${[...row.inputs, ...row.outputs].find(({ uri_template: template }) => template === `{${name}}`)?.kind === 's3' ? 's3' : 'gs'}://bucket/${name}`;
  if (/table|dataset/.test(name) && !/_id$/.test(name)) return `schema.${name}`;
  return /file|path|local|src|output_nb|input_nb|^application$/.test(name) ? `/data/${name}` : `the-${name}`;
}

function analysed(row: OperatorKnowledge) {
  const names = new Set([...row.inputs, ...row.outputs].flatMap(({ kwargs }) => [...kwargs]));
  const given = Object.fromEntries([...names, ...(row.class === 'SFTPOperator' || row.class === 'FTPFileTransmitOperator' ? ['operation'] : [])].map((name) => [name, valueOf(name, row)]));
  const made = task('t', row.class, { arguments: given, operator_path: `${row.module}.${row.class}` });
  return accessesOf(dag('d', { tasks: [made] }), made).accesses;
}

const told = (resources: OperatorKnowledge['inputs']): boolean => resources.some(({ kind }) => !open.has(kind));

describe('the operators of the table', () => {
  it.each(operatorTable.map((row) => [row.class, row] as const))('%s', (_, row) => {
    const accesses = analysed(row);
    const reads = accesses.filter(({ direction }) => direction === 'read');
    const writes = accesses.filter(({ direction }) => direction === 'write');
    // A request without a method sends; it is the one operator that does either.
    const isRequest = /^(?:Simple)?HttpOperator$/.test(row.class);
    if (told(row.inputs) && !isRequest) expect(reads.map(({ found }) => resourceOf(found).key)).not.toEqual([]);
    if (told(row.outputs)) expect(writes.map(({ found }) => resourceOf(found).key)).not.toEqual([]);
    if (row.inputs.length === 0) expect(reads).toEqual([]);
    if (row.outputs.length === 0) expect(writes).toEqual([]);
  });
});
