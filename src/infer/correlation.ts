import { datedAttributes, datedObjects, logicalDateKeys, removedDateKeys } from '../knowledge/context-keys.js';
import type { CorrelationKey, TriggerCandidate } from '../model/analysis.js';
import type { Dag } from '../model/graph.js';
import type { DagFacts, InferContext } from './context.js';
import { dagCitation, taskCitation } from './evidence.js';
import { namesInTemplate } from './template/names.js';

/** What one leg says about the events that belong to it. */
interface LegKey {
  kind: 'date' | 'partition' | 'file' | 'none';
  text: string;
}

/** By what the legs of a meeting belong together: what each names of date, partition or file, with its line. */
export function correlationOf(legs: readonly TriggerCandidate[], facts: DagFacts, context: InferContext): CorrelationKey {
  const keys = legs.map((leg) => ({ leg, key: legKey(leg, facts.dag) }));
  const kinds = [...new Set(keys.map(({ key }) => key.kind))];
  const [kind] = kinds;
  const evidence = [...new Set(keys.filter(({ key }) => key.kind !== 'none').map(({ leg, key }) => cite(leg, key, facts, context)))];
  const texts = [...new Set(keys.map(({ key }) => key.text))].join('; ');
  if (kind !== undefined && kinds.length === 1) return { kind, text: texts, evidence };
  const dated = kinds.every((each) => each === 'date' || each === 'partition');
  return { kind: dated ? 'date' : 'unknown', text: dated ? texts : `the legs name different things: ${texts}`, evidence };
}

function cite(leg: TriggerCandidate, key: LegKey, { dag, topology }: DagFacts, context: InferContext): string {
  const task = leg.task_id === null ? undefined : topology.tasks.get(leg.task_id);
  return context.book.cite(task ? taskCitation(dag, task, `${task.task_id}: ${key.text}`, 'correlation') : dagCitation(dag, key.text, 'correlation'));
}

/** Fields that name a part of a table. */
const partitionFields: ReadonlySet<string> = new Set(['partition', 'partition_id', 'partition_name', 'partition_names', 'partitions', 'expression']);
/** Fields that name one file or object. */
const pathFields: ReadonlySet<string> = new Set(['key', 'path', 'filepath', 'prefix', 'object', 'blob', 'uri', 'name']);

function legKey(leg: TriggerCandidate, dag: Dag): LegKey {
  if (leg.source_kind === 'asset' && leg.task_id === null) return assetKey(dag);
  if (leg.source_kind === 'dag_completion') return { kind: 'date', text: 'the logical date of the awaited run' };
  const dated = Object.entries(leg.fields).flatMap(([field, value]) => dateNames(value).map((name) => ({ field, name })));
  const partition = dated.find(({ field }) => partitionFields.has(field));
  if (partition) return { kind: 'partition', text: `the partition that {{ ${partition.name} }} names` };
  const [first] = dated;
  if (first) return { kind: 'date', text: `{{ ${first.name} }} in the ${first.field}` };
  const path = Object.entries(leg.fields).find(([field, value]) => pathFields.has(field) && value !== '' && !value.includes('*') && !value.includes('{{'));
  if (path && leg.task_id !== null && ['s3', 'gcs', 'azure_blob', 'file'].includes(leg.source_kind)) return { kind: 'file', text: `always the same ${path[0]}: nothing tells today's from yesterday's` };
  return { kind: 'none', text: 'nothing in the wait names a date or a part of the data' };
}

/** Airflow's asset queue knows that an asset was updated, not about what; partitioned timetables (3.2) match keys. */
function assetKey({ schedule }: Dag): LegKey {
  if (schedule.kind === 'assets' && schedule.timetable === 'PartitionedAssetTimetable') return { kind: 'partition', text: 'the partition key of the events' };
  return { kind: 'none', text: 'updates of assets are not compared: any update of each counts' };
}

function dateNames(value: string): string[] {
  return namesInTemplate(value).flatMap(({ name, path }) => {
    if (logicalDateKeys.has(name) || removedDateKeys.has(name)) return [name];
    const [attribute] = path;
    return datedObjects.has(name) && attribute !== undefined && datedAttributes.has(attribute) ? [`${name}.${attribute}`] : [];
  });
}
