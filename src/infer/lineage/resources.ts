import { operatorNamed, type OperatorKnowledge, type OperatorResource } from '../../knowledge/operators-io.js';
import type { ArgumentValue, AssetExpression, Task } from '../../model/graph.js';
import { readTexts } from '../argument.js';
import { assetLeaves } from '../sources/asset-expression.js';
import { sqlOfTask } from '../sql/of-task.js';
import { tablesInSql } from '../sql/tables.js';
import { fillHoles } from '../template/blocks.js';

/** Something that a task reads or writes. Equal keys are the same thing. */
export interface Resource {
  key: string;
  text: string;
}

export interface TaskResources {
  reads: Resource[];
  writes: Resource[];
}

/** Kinds whose address is complete in itself: the same text in two DAGs is the same object. */
const addressKinds: ReadonlySet<string> = new Set(['s3', 'gcs', 'wasb', 'adls', 'bigquery', 'table', 'snowflake', 'databricks', 'hive']);

/** What a task reads and writes by its arguments, SQL and assets. What isn't fully known is left out. */
export function resourcesOf(task: Task): TaskResources {
  const row = knowledgeOf(task);
  const sql = sqlResources(task);
  return {
    reads: [...addresses(task, row?.inputs ?? []), ...sql.reads, ...assetResources(task.inlets)],
    writes: [...addresses(task, row?.outputs ?? []), ...sql.writes, ...assetResources(task.outlets)],
  };
}

function knowledgeOf(task: Task): OperatorKnowledge | undefined {
  return [task.operator, ...task.operator_bases].map(operatorNamed).find((row) => row !== undefined);
}

function addresses(task: Task, resources: readonly OperatorResource[]): Resource[] {
  return resources.filter(({ kind }) => addressKinds.has(kind)).flatMap((resource) => fillAddress(task, resource));
}

function fillAddress(task: Task, resource: OperatorResource): Resource[] {
  const texts = resource.kwargs.map((name) => singleText(task.arguments[name]));
  if (texts.some((text) => text === undefined)) return [];
  const address = resource.uri_template.replace(/\{(\w+)\}/g, (_, name: string) => texts[resource.kwargs.indexOf(name)] ?? '');
  return [resourceOf(resource.kind, address)];
}

function resourceOf(kind: string, address: string): Resource {
  const shown = fillHoles(address, '*').replace(/\/+$/, '');
  const isObject = kind === 's3' || kind === 'gcs' || kind === 'wasb' || kind === 'adls';
  return { key: `${kind}:${isObject ? shown : shown.toLowerCase()}`, text: shown };
}

function singleText(value: ArgumentValue | undefined): string | undefined {
  const reading = readTexts(value);
  return reading.kind === 'texts' && reading.texts.length === 1 && reading.unknown === null ? reading.texts[0] : undefined;
}

/** A table of SQL text is the same one only over the same connection: other databases have tables of that name too. */
function sqlResources(task: Task): TaskResources {
  const connection = connectionOf(task);
  const resources: TaskResources = { reads: [], writes: [] };
  if (connection === undefined) return resources;
  for (const { text } of sqlOfTask(task)) {
    const tables = tablesInSql(text);
    resources.reads.push(...tables.reads.map((table) => tableResource(connection, table)));
    const written = tables.writes.filter(({ mode }) => mode !== 'delete');
    resources.writes.push(...written.map(({ table }) => tableResource(connection, table)));
  }
  return resources;
}

function connectionOf(task: Task): string | undefined {
  const names = Object.keys(task.arguments).filter((name) => name === 'conn_id' || name.endsWith('_conn_id'));
  return names.map((name) => singleText(task.arguments[name])).find((text) => text !== undefined);
}

function tableResource(connection: string, table: string): Resource {
  return { key: `table:${connection}/${table}`, text: `${table} over ${connection}` };
}

function assetResources(expressions: readonly AssetExpression[]): Resource[] {
  return expressions.flatMap(assetLeaves).flatMap((leaf) => (leaf.kind === 'asset' ? [{ key: `asset:${leaf.asset.uri}`, text: leaf.asset.uri }] : []));
}
