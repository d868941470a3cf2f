import type { EventContract, PayloadSchema, Producer } from '../../model/contract.js';
import type { Person, Quantity } from '../../model/controls.js';
import { compareText } from '../../model/place.js';
import type { Stage } from '../../model/plan.js';
import { groupBy } from '../facts/group-by.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import { describeCandidate } from '../facts/usable.js';
import { declaredSource } from '../facts/user-context.js';
import { dedupeKeys } from '../tables/dedupe-keys.js';
import { eventKinds } from '../tables/event-kinds.js';
import { eventSystems } from '../tables/event-systems.js';
import { identityOf, nameEvents } from './event-name.js';
import type { Leg } from './legs.js';
import { legsOf } from './legs.js';
import { nobody, ownerOf, together } from './people.js';
import { CONTEXT_FILE, assumed, declared } from './quantity.js';
import { latencyTarget } from './slo.js';

/** From the event to its start, as a share of the time from the event to the finished data. */
const START_SHARE = 0.2;

const COMPATIBILITY =
  'Within a version only optional fields are added. A field that is removed, renamed, made required, or given another type or meaning makes a new version.';

const evolution = [
  'The producer adds the next version beside the present one and sends both.',
  'Consumers move one by one; each says in the contract which version it reads.',
  'When no consumer reads the old version for its retention, the producer stops sending it.',
];

/** What the stages' events are agreed to be, one contract for each event, with all its consumers. */
export function buildContracts(stages: readonly Stage[], facts: PlanFacts): EventContract[] {
  const uses = stages.flatMap((stage) => legsOf(stage, facts).map((leg) => ({ stage, leg })));
  const names = nameEvents(uses.map(({ leg }) => leg));
  return [...groupBy(uses, ({ leg }) => identityOf(leg))]
    .map(([identity, members]) => buildContract(names.get(identity) ?? '', members, facts))
    .sort((a, b) => compareText(a.id, b.id));
}

/** The contract id of each leg of a stage, by the leg's identity. */
export function contractIds(stages: readonly Stage[], facts: PlanFacts): ReadonlyMap<string, string> {
  const names = nameEvents(stages.flatMap((stage) => legsOf(stage, facts)));
  return new Map([...names].map(([identity, name]) => [identity, contractId(name)]));
}

function contractId(event: string): string {
  return `contract:${event}.v1`;
}

interface Use {
  stage: Stage;
  leg: Leg;
}

function buildContract(event: string, uses: readonly Use[], facts: PlanFacts): EventContract {
  const [first] = uses;
  if (!first) throw new Error(`the contract ${event} has no consumer`);
  const { leg } = first;
  const row = eventKinds[leg.kind];
  const producer = producerOf(uses, facts);
  const consumers = [...new Set(uses.map(({ stage }) => stage.dag_id))].sort(compareText);
  return {
    id: contractId(event),
    event,
    version: 1,
    source_kind: leg.kind,
    description: row.description,
    producer,
    owner: producerOwner(producer, leg, facts),
    consumers,
    payload: payloadOf(leg),
    example: exampleOf(leg),
    delivery: 'at_least_once',
    partition_key: [...row.order.partition_key],
    dedupe_key: [...dedupeKeys[leg.kind].key],
    retention: retentionOf(leg, facts),
    slo: startTarget(consumers, facts),
    compatibility: COMPATIBILITY,
    evolution,
    evidence: [...new Set(uses.flatMap(({ leg: { candidate } }) => candidate?.evidence ?? []))].sort(compareText),
  };
}

function producerOf(uses: readonly Use[], facts: PlanFacts): Producer {
  const dagIds = uses.flatMap(({ leg: { candidate } }) => (candidate ? (facts.producers.get(candidate.id)?.known ?? []) : []));
  if (dagIds.length > 0) return { kind: 'dag', dag_ids: [...new Set(dagIds)].sort(compareText) };
  const [candidate] = uses.flatMap(({ leg }) => leg.candidate ?? []);
  if (candidate) return { kind: 'outside', name: describeCandidate(candidate) };
  const [sender] = uses.flatMap(({ stage }) => facts.sendersOf.get(stage.dag_id) ?? []);
  if (sender !== undefined) return { kind: 'dag', dag_ids: [...new Set(uses.flatMap(({ stage }) => facts.sendersOf.get(stage.dag_id) ?? []))].sort(compareText) };
  return { kind: 'outside', name: 'whoever starts the DAG today' };
}

function producerOwner(producer: Producer, { kind, fields }: Leg, facts: PlanFacts): Person {
  if (producer.kind === 'dag')
    return together(producer.dag_ids.flatMap((dagId) => {
      const dag = facts.dags.get(dagId);
      return dag ? [ownerOf(dag, facts)] : [];
    }));
  const owner = declaredSource({ source_kind: kind, fields: { ...fields } }, facts.context)?.owner;
  return owner === undefined ? nobody : { name: owner, origin: 'declared', source: CONTEXT_FILE };
}

function payloadOf({ kind }: Leg): PayloadSchema {
  const { fields, required } = eventKinds[kind];
  const properties = Object.fromEntries(Object.entries(fields).map(([name, { example: _example, ...field }]) => [name, field]));
  return { type: 'object', properties, required: [...required], additionalProperties: true };
}

/** The table's example with what the candidate knows for certain: a value without a template or a wildcard. */
function exampleOf({ kind, fields }: Leg): EventContract['example'] {
  const entries = Object.entries(eventKinds[kind].fields).map(([name, { example, type }]) => {
    const known = fields[name];
    const isPlain = known !== undefined && type === 'string' && !/[{*?,]/.test(known);
    return [name, isPlain ? known : example] as const;
  });
  return Object.fromEntries(entries);
}

/** How long the channel keeps an event. */
export function retentionOf({ kind, fields }: Leg, facts: PlanFacts): Quantity {
  const hours = declaredSource({ source_kind: kind, fields: { ...fields } }, facts.context)?.['retention-hours'];
  if (hours !== undefined) return declared(hours, 'hours', `event-sources in ${CONTEXT_FILE}`);
  const system = eventSystems[eventKinds[kind].system];
  return assumed(system.retention_hours, 'hours', `what this plan sets on ${system.name}`);
}

function startTarget(consumers: readonly string[], facts: PlanFacts): Quantity {
  const targets = consumers.flatMap((dagId) => {
    const dag = facts.dags.get(dagId);
    return dag ? [latencyTarget(dag, facts)] : [];
  });
  const [tightest] = targets.sort((a, b) => a.value - b.value);
  const minutes = Math.max(1, Math.floor((tightest?.value ?? 5) * START_SHARE));
  return assumed(minutes, 'minutes', 'a fifth of the tightest consumer’s time from event to finished data');
}
