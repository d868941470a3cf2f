import type { Leg } from './legs.js';

const template = /\{\{.*?\}\}|\{%.*?%\}/g;

/** A key with templates or wildcards as an EventBridge pattern: exact, prefix, or wildcard. */
function keyPattern(key: string): unknown {
  const open = key.replace(template, '*').replace(/\*+/g, '*');
  if (!open.includes('*')) return open;
  return open.endsWith('*') && open.indexOf('*') === open.length - 1 ? { prefix: open.slice(0, -1) } : { wildcard: open };
}

function isKnown(value: string | undefined): value is string {
  return value !== undefined && value.replace(template, '').trim() !== '';
}

/** An EventBridge rule for objects of this bucket (Amazon S3 User Guide, "EventBridge event message structure"). */
function s3Pattern({ fields }: Leg): string {
  const { bucket, prefix } = fields;
  const key = fields['key'] ?? (prefix === undefined ? undefined : `${prefix}*`);
  const detail = {
    ...(isKnown(bucket) && { bucket: { name: [keyPattern(bucket)] } }),
    ...(isKnown(key) && { object: { key: [keyPattern(key)] } }),
  };
  return JSON.stringify({ source: ['aws.s3'], 'detail-type': ['Object Created'], ...(Object.keys(detail).length > 0 && { detail }) });
}

/** The fixed beginning of an object's name, which Cloud Storage and Event Grid can filter by. */
function fixedPrefix(name: string | undefined): string {
  return (name ?? '').split(/[{*?[]/, 1)[0] ?? '';
}

const byKind: Partial<Record<Leg['kind'], (leg: Leg) => string>> = {
  s3: s3Pattern,
  gcs: ({ fields }) => {
    const prefix = fixedPrefix(fields['object'] ?? fields['name'] ?? fields['prefix']);
    return ['eventType=OBJECT_FINALIZE', ...(prefix === '' ? [] : [`objectNamePrefix=${prefix}`])].join(', ');
  },
  azure_blob: ({ fields }) => {
    const container = fields['container'] ?? fields['container_name'];
    const prefix = fixedPrefix(fields['blob'] ?? fields['blob_name'] ?? fields['prefix']);
    const subject = container === undefined ? '' : `/blobServices/default/containers/${container}/blobs/${prefix}`;
    return ['Microsoft.Storage.BlobCreated', ...(subject === '' ? [] : [`subjectBeginsWith=${subject}`])].join(', ');
  },
};

/** What the subscription must let through, in the words of its system; empty where the channel carries nothing else. */
export function filterOf(leg: Leg): string {
  return byKind[leg.kind]?.(leg) ?? leg.candidate?.filter ?? '';
}
