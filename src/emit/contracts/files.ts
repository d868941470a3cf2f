import type { EventContract } from '../../model/contract.js';
import { compareText } from '../../model/place.js';
import type { PlanDocument } from '../../model/plan.js';
import { asyncApiOf } from './asyncapi.js';
import { cloudEventType, exampleEvent, schemaId } from './cloud-event.js';

/** A file of the registry before it is text: its place in the registry and its content. */
export interface RegistryFile {
  path: string;
  content: Record<string, unknown>;
}

/** The folder of a contract: `<source>/<rest of the event's name>/v<version>`. */
export function folderOf({ event, version }: EventContract): string {
  const [domain = '', ...rest] = event.split('.');
  return `${domain}/${rest.join('.')}/v${version}`;
}

/** Every file of a plan's registry, in the order of the contracts; the AsyncAPI document comes last. */
export function registryFiles(plan: PlanDocument): RegistryFile[] {
  const { namespace } = plan.context;
  const fileOf = new Map(plan.analysis.evidence.map(({ id, place }) => [id, place.file]));
  const files = plan.contracts.flatMap((contract) => {
    const folder = folderOf(contract);
    return [
      { path: `${folder}/contract.yaml`, content: termsOf(contract, namespace, fileOf) },
      { path: `${folder}/schema.json`, content: schemaOf(contract) },
      { path: `${folder}/examples/default.json`, content: exampleEvent(contract, namespace) },
    ];
  });
  return [...files, { path: ASYNCAPI_FILE, content: asyncApiOf(plan) }];
}

export const ASYNCAPI_FILE = 'asyncapi.yaml';

function schemaOf(contract: EventContract): Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: schemaId(contract),
    title: contract.event,
    description: contract.description,
    ...contract.payload,
  };
}

/** What producer and consumers agree on, as one reads it. */
function termsOf(contract: EventContract, namespace: string | undefined, fileOf: ReadonlyMap<string, string>): Record<string, unknown> {
  const { event, version, description, owner, producer, consumers, delivery, partition_key, dedupe_key, retention, slo, compatibility, evolution, evidence } = contract;
  return {
    event,
    version,
    type: cloudEventType(contract, namespace),
    description,
    owner: owner.origin === 'missing' ? null : owner.name,
    producer: producer.kind === 'dag' ? { dags: producer.dag_ids } : { outside: producer.name },
    consumers: [...consumers],
    delivery,
    ordering: partition_key.length === 0 ? 'none' : { key: partition_key },
    dedupe_key: [...dedupe_key],
    retention_hours: retention.value,
    starts_within_minutes: slo.value,
    compatibility,
    evolution: [...evolution],
    // Without lines: they move with every edit of the DAG.
    evidence: [...new Set(evidence.flatMap((id) => fileOf.get(id) ?? []))].sort(compareText),
  };
}
