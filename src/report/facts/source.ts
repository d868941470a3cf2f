import type { TriggerCandidate } from '../../model/analysis.js';

/** Identifying fields of an event source in one line: `bucket=raw, key=orders/`. */
export function describeFields(fields: TriggerCandidate['fields']): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}

/** Fields that name a source by themselves, the widest first; what is left says less than it takes up. */
const namingFields = ['external_dag_id', 'bucket', 'container', 'topic', 'queue', 'subscription', 'table', 'endpoint', 'host', 'path', 'uri', 'key', 'prefix'];

/** A source's short name for the map: its naming fields, or all fields when it has none of them. */
export function describeSource({ fields }: Pick<TriggerCandidate, 'fields'>): string {
  const named = namingFields.flatMap((field) => (Object.hasOwn(fields, field) ? [fields[field] ?? ''] : []));
  return named.length === 0 ? describeFields(fields) : named.slice(0, 2).join('/').replace(/([^:])\/{2,}/g, '$1/');
}
