import type { EventContract } from '../../model/contract.js';

/** Fields of a CloudEvents 1.0 envelope that every event of the registry carries (CloudEvents specification, section "Context Attributes"). */
const envelope = {
  specversion: { type: 'string', const: '1.0' },
  id: { type: 'string', minLength: 1, description: 'the same for every delivery of one event; unique within source' },
  source: { type: 'string', minLength: 1, format: 'uri-reference', description: 'where the event comes from' },
  type: { type: 'string', minLength: 1 },
  subject: { type: 'string', minLength: 1 },
  time: { type: 'string', format: 'date-time', description: 'when it happened' },
  datacontenttype: { type: 'string', const: 'application/json' },
  dataschema: { type: 'string', format: 'uri', description: 'the version of the contract' },
  partitionkey: { type: 'string', minLength: 1, description: 'CloudEvents partitioning extension: events of one key keep their order' },
} as const;

/** The type of a contract's events: reverse-DNS prefix, name and version. */
export function cloudEventType({ event, version }: EventContract, namespace: string | undefined): string {
  return [...(namespace === undefined ? [] : [namespace]), event, `v${version}`].join('.');
}

/** An absolute name for a schema: nothing has to be served there. */
export function schemaId({ event, version }: EventContract): string {
  return `urn:dag2event:contract:${event}:v${version}`;
}

/** The schema of a whole event, in the words that draft-07 and 2020-12 share. */
export function envelopeSchema(contract: EventContract, namespace: string | undefined): Record<string, unknown> {
  return {
    type: 'object',
    required: ['specversion', 'id', 'source', 'type', 'time', 'datacontenttype', 'dataschema', 'data'],
    properties: {
      ...envelope,
      type: { ...envelope.type, const: cloudEventType(contract, namespace) },
      dataschema: { ...envelope.dataschema, const: schemaId(contract) },
      data: contract.payload,
    },
  };
}

/** No clock makes an example: the same input gives the same bytes. */
const EXAMPLE_TIME = '2026-01-31T04:05:06Z';

/** An event as it travels in structured mode, with the contract's own example as its data. */
export function exampleEvent(contract: EventContract, namespace: string | undefined): Record<string, unknown> {
  const { event, dedupe_key, partition_key, example } = contract;
  const value = (key: string): string => key.split('|').flatMap((field) => (field in example ? [String(example[field])] : []))[0] ?? '';
  return {
    specversion: '1.0',
    id: dedupe_key.map(value).join('/'),
    source: `urn:dag2event:source:${event.split('.').slice(0, -1).join('.')}`,
    type: cloudEventType(contract, namespace),
    time: EXAMPLE_TIME,
    datacontenttype: 'application/json',
    dataschema: schemaId(contract),
    ...(partition_key.length > 0 && { partitionkey: partition_key.map(value).join('/') }),
    data: example,
  };
}
