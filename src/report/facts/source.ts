import type { TriggerCandidate } from '../../model/analysis.js';

/** Values are shown in one line: the line breaks of a statement say nothing here. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Identifying fields of an event source in one line: `bucket=raw, key=orders/`. */
export function describeFields(fields: TriggerCandidate['fields']): string {
  const last = fields['table'] === undefined ? '' : 'sql';
  return Object.entries(fields)
    .sort(([a], [b]) => Number(a === last) - Number(b === last))
    .filter(([name, value]) => name !== 'name' || value !== fields['uri'])
    .map(([name, value]) => `${name}=${oneLine(value)}`)
    .join(', ');
}

/** Fields that name a source by themselves, the widest first; what is left says less than it takes up. */
const namingFields = ['external_dag_id', 'bucket', 'container', 'topic', 'queue', 'subscription', 'table', 'job_name', 'endpoint', 'host', 'path', 'uri', 'key', 'prefix'];

/** A source's short name for the map: its naming fields, all fields when it has none of them, or the task that waits. */
export function describeSource({ fields, task_id }: Pick<TriggerCandidate, 'fields' | 'task_id'>): string {
  const named = namingFields.flatMap((field) => (Object.hasOwn(fields, field) ? [oneLine(fields[field] ?? '')] : []));
  if (named.length > 0) return named.slice(0, 2).join('/').replace(/([^:])\/{2,}/g, '$1/');
  const all = describeFields(fields);
  return all !== '' || task_id === null ? all : `what ${task_id} waits for`;
}
