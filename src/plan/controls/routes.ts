import { createHash } from 'node:crypto';
import type { EventSource } from '../../model/context.js';
import type { Route } from '../../model/controls.js';
import type { Stage } from '../../model/plan.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import { declaredSource } from '../facts/user-context.js';
import { eventKinds } from '../tables/event-kinds.js';
import type { EventSystemRow } from '../tables/event-systems.js';
import { eventSystems } from '../tables/event-systems.js';
import { forwarder } from '../tables/deliveries.js';
import { identityOf } from './event-name.js';
import { filterOf } from './filters.js';
import type { Leg } from './legs.js';
import { legsOf } from './legs.js';

/** How a leg travels: the table's system for its kind, but runs that a sender starts itself need no queue of events. */
export function systemOf({ kind, candidate }: Leg): Route['system'] {
  const isSent = candidate === null || candidate.mechanism.kind === 'trigger_dag_run';
  return kind === 'dag_completion' && isSent ? 'airflow_runs' : eventKinds[kind].system;
}

/** The ways of a stage's events into Airflow, in the order of its trigger. */
export function routesOf(stage: Stage, contracts: ReadonlyMap<string, string>, facts: PlanFacts): Route[] {
  return legsOf(stage, facts).map((leg) => {
    const contract = contracts.get(identityOf(leg)) ?? '';
    const system = systemOf(leg);
    const source = sourceOf(leg, facts);
    const channel = channelName(leg, contract, source);
    return {
      contract,
      system,
      channel: fill(eventSystems[system].queue, channel),
      subscription: source?.consumer ?? fill(eventSystems[system].subscription, channel),
      filter: filterOf(leg),
      entry: entryOf(leg, stage),
      origin: source === undefined ? 'default' : 'declared',
    };
  });
}

export function sourceOf({ kind, fields }: Leg, facts: PlanFacts): EventSource | undefined {
  return declaredSource({ source_kind: kind, fields: { ...fields } }, facts.context);
}

/** What the channel is called: as declared, as the source names it, else after the event. */
export function channelName({ kind, fields }: Leg, contract: string, source: EventSource | undefined): string {
  if (source?.channel !== undefined) return source.channel;
  const own = kind === 'kafka' ? fields['topic'] : kind === 'sqs' || kind === 'servicebus' ? fields['queue'] : kind === 'pubsub' ? fields['topic'] : undefined;
  if (own !== undefined && !/[{*]/.test(own)) return own;
  return shortened(contract.replace(/^contract:/, '').replace(/\.v(\d+)$/, '-v$1').replaceAll('.', '-'));
}

/** With `-dlq` behind it a name has to fit into 64 characters, the least that a broker allows (EventBridge rules). */
const LONGEST_CHANNEL = 60;
const DIGEST = 8;

function shortened(name: string): string {
  if (name.length <= LONGEST_CHANNEL) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, DIGEST);
  return `${name.slice(0, LONGEST_CHANNEL - DIGEST - 1).replace(/-+$/, '')}-${digest}`;
}

export function fill(text: string, name: string): string {
  return text.replaceAll('{name}', name);
}

function entryOf({ candidate }: Leg, { target }: Stage): string {
  if (candidate === null) return 'as today: whoever starts it keeps doing so';
  const isWatched = candidate.mechanism.kind === 'asset_watcher' && target === 'event';
  return isWatched ? `${candidate.mechanism.text} while hybrid; before the clock goes, ${forwarder.text}` : candidate.mechanism.text;
}

/** The system's row and channel name of each leg: what texts about dead letters and lag are filled with. */
export interface Channel {
  system: EventSystemRow;
  name: string;
}

export function channelsOf(stage: Stage, contracts: ReadonlyMap<string, string>, facts: PlanFacts): Channel[] {
  const found = new Map<string, Channel>();
  for (const leg of legsOf(stage, facts)) {
    const system = eventSystems[systemOf(leg)];
    const name = channelName(leg, contracts.get(identityOf(leg)) ?? '', sourceOf(leg, facts));
    found.set(`${system.name} ${name}`, { system, name });
  }
  return [...found.values()];
}

/** A text of the system's row for every channel, each once. */
export function onEach(channels: readonly Channel[], field: 'queue' | 'dead_letter'): string {
  return [...new Set(channels.map(({ system, name }) => fill(system[field], name)))].join('; ');
}
