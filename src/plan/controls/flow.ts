import type { Backpressure, DeadLetter, DedupeStore, Ordering, Quantity, RetryTier, Slo } from '../../model/controls.js';
import type { Dag } from '../../model/graph.js';
import type { Stage } from '../../model/plan.js';
import { runsPerWeek } from '../facts/clock-period.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import { entryFor } from '../facts/user-context.js';
import { qualifyField } from '../tables/dedupe-keys.js';
import { eventKinds } from '../tables/event-kinds.js';
import { keyStores } from '../tables/key-stores.js';
import { retentionOf } from './contracts.js';
import { legsOf } from './legs.js';
import { onCallOf } from './people.js';
import { CONTEXT_FILE, assumed, declared, measured } from './quantity.js';
import type { Channel } from './routes.js';
import { fill, onEach, sourceOf } from './routes.js';

/** `core.max_active_runs_per_dag` of every Airflow release. */
const AIRFLOW_MAX_ACTIVE_RUNS = 16;
const DEFAULT_TASK_RETRIES = 2;
const DELAYED_ATTEMPTS = 3;
/** Each wait of the delayed tier is twice the one before. */
const DELAYED_SHARES = [1, 2, 4] as const;
/** Retries may use half of the time that the data has; the other half is the work itself. */
const RETRY_SHARE = 0.5;
/** Whatever the service level: longer than this an event does not wait for its last try before a person hears of it. */
const RETRY_LONGEST_SECONDS = 4 * 3600;
const IMMEDIATE_SHARE = 0.2;
const STORM_BATCH_SECONDS = 60;
/** A day more than any event can come back: clocks and weekends. */
const KEY_MARGIN_HOURS = 24;

/** How events of one stage are ordered: no better than the weakest leg. */
export function orderingOf(stage: Stage, facts: PlanFacts): Ordering {
  const legs = legsOf(stage, facts);
  const kinds = [...new Set(legs.map(({ kind }) => kind))];
  const rows = kinds.map((kind) => ({ kind, row: eventKinds[kind], isOrdered: isOrdered(kind) }));
  const declaredOrder = legs.length > 0 && legs.every((leg) => sourceOf(leg, facts)?.ordered === true);
  const keys = rows.flatMap(({ kind, row }) => row.order.partition_key.map((field) => (kinds.length > 1 ? qualifyField(kind, field) : field)));
  const isKept = rows.every((row) => row.isOrdered) || declaredOrder;
  return {
    guarantee: isKept ? 'per_key' : 'none',
    partition_key: isKept ? keys : [],
    out_of_order: [...new Set(rows.map(({ row }) => row.out_of_order))].join(' '),
  };
}

function isOrdered(kind: keyof typeof eventKinds): boolean {
  return eventKinds[kind].order.guarantee !== 'none';
}

/** Where keys are kept, longer than channel and dead letters together can hold an event back. */
export function dedupeOf(stage: Stage, channels: readonly Channel[], facts: PlanFacts): DedupeStore {
  const platform = facts.context.platform;
  const kept = Math.max(0, ...legsOf(stage, facts).map((leg) => retentionOf(leg, facts).value));
  const dead = Math.max(0, ...channels.map(({ system }) => system.dead_letter_retention_hours));
  const store = platform?.['key-store'] ?? keyStores[platform?.cloud ?? 'other'];
  return {
    store,
    retention: assumed(kept + dead + KEY_MARGIN_HOURS, 'hours', 'channel and dead-letter retention together, and a day more'),
    guard:
      'The first task writes the key with the state "begun" before any work and "done" after it. A key that is done ends the run in success; one that is begun by a run that failed is taken over; one that is begun by a run still alive ends this run in success.',
  };
}

/** How much work may begin at once, and where the rest waits. */
export function backpressureOf(stage: Stage, dag: Dag, channels: readonly Channel[], facts: PlanFacts): Backpressure {
  const runs = maxActiveRuns(dag, facts);
  const burst = burstOf(stage, dag, facts);
  const isStorm = burst !== undefined && burst.value > runs.value;
  return {
    queue: onEach(channels, 'queue'),
    max_active_runs: runs,
    pool: poolsOf(dag),
    rate: rateOf(stage, dag, facts),
    overflow: [...new Set([...channels.map(({ system }) => system.overflow), ...mergedInAirflow(stage, facts)])].join(' '),
    storm_limit: { ...runs, source: `max_active_runs: ${runs.source}` },
    batch_window: isStorm
      ? assumed(STORM_BATCH_SECONDS, 'seconds', `a burst of ${burst.value} events a minute (${burst.source}) is more than the ${runs.value} that may run at once`)
      : assumed(0, 'seconds', burst === undefined ? `no burst is declared (throughput in ${CONTEXT_FILE})` : 'a burst fits into the runs that may be active'),
  };
}

/** Events that reach Airflow as updates of assets are merged there while no run has taken them. */
function mergedInAirflow(stage: Stage, facts: PlanFacts): string[] {
  const isAsset = legsOf(stage, facts).some(({ candidate }) => candidate !== null && candidate.mechanism.kind !== 'trigger_dag_run');
  return isAsset ? ['In Airflow one run takes all events that came since the last one.'] : [];
}

function maxActiveRuns(dag: Dag, facts: PlanFacts): Quantity {
  const rules = new Set((facts.hazardsOf.get(dag.dag_id) ?? []).map(({ rule }) => rule));
  if (rules.has('H10')) return assumed(1, 'runs', 'H10: its runs build on each other, so they may not overlap');
  if (dag.max_active_runs !== null) return measured(dag.max_active_runs, 'runs', `max_active_runs of the DAG that Airflow builds from ${dag.file}:${dag.line}`);
  return assumed(AIRFLOW_MAX_ACTIVE_RUNS, 'runs', "Airflow's default (core.max_active_runs_per_dag)");
}

function poolsOf(dag: Dag): string {
  return [...new Set(dag.tasks.flatMap(({ pool }) => (pool === null ? [] : [pool])))].sort().join(', ');
}

function burstOf(stage: Stage, dag: Dag, facts: PlanFacts): { value: number; source: string } | undefined {
  const own = entryFor(facts.context.throughput, dag)?.['burst-per-minute'];
  if (own !== undefined) return { value: own, source: `throughput in ${CONTEXT_FILE}` };
  const bursts = legsOf(stage, facts).flatMap((leg) => sourceOf(leg, facts)?.['burst-per-minute'] ?? []);
  return bursts.length === 0 ? undefined : { value: Math.max(...bursts), source: `event-sources in ${CONTEXT_FILE}` };
}

function rateOf(stage: Stage, dag: Dag, facts: PlanFacts): Quantity {
  const own = entryFor(facts.context.throughput, dag)?.['events-per-hour'];
  if (own !== undefined) return declared(own, 'events_per_hour', `throughput in ${CONTEXT_FILE}`);
  const rates = legsOf(stage, facts).flatMap((leg) => sourceOf(leg, facts)?.['events-per-hour'] ?? []);
  if (rates.length > 0) return declared(rates.reduce((sum, rate) => sum + rate, 0), 'events_per_hour', `event-sources in ${CONTEXT_FILE}`);
  const weekly = runsPerWeek(dag.schedule);
  const perHour = Math.round(((weekly ?? 7) / WEEK_HOURS) * 1000) / 1000;
  return assumed(perHour, 'events_per_hour', `${weekly === undefined ? 'one event a day' : 'one event per clock period'}, as nobody has said more (throughput in ${CONTEXT_FILE})`);
}

/** Retries inside the run, retries of the delivery, then a person: all waits together fit in half of the service level. */
export function retriesOf(dag: Dag, slo: Slo, channels: readonly Channel[]): RetryTier[] {
  const budget = Math.min(RETRY_LONGEST_SECONDS, slo.target.value * 60 * RETRY_SHARE);
  const inCode = Math.max(0, ...dag.tasks.map(({ retries }) => retries ?? 0));
  const attempts = inCode > 0 ? measured(inCode, 'attempts', 'the highest retries of its tasks') : assumed(DEFAULT_TASK_RETRIES, 'attempts', 'its tasks have no retries today');
  const each = roundedWait((budget * IMMEDIATE_SHARE) / attempts.value);
  const shares = DELAYED_SHARES.reduce((sum, share) => sum + share, 0);
  const delayed = DELAYED_SHARES.map((share) => roundedWait((budget * (1 - IMMEDIATE_SHARE) * share) / shares));
  return [
    { tier: 'immediate', attempts, delays_seconds: Array.from({ length: attempts.value }, () => each), action: 'Airflow repeats the failed task (retries, retry_delay).' },
    {
      tier: 'delayed',
      attempts: assumed(DELAYED_ATTEMPTS, 'attempts', 'three more tries, each wait twice the one before'),
      delays_seconds: delayed,
      action: 'The delivery is repeated: the queue shows the event again, or the failed run is cleared by the retry DAG; the dedupe key lets only what was not done run.',
    },
    {
      tier: 'dead_letter',
      attempts: assumed(1 + attempts.value + DELAYED_ATTEMPTS, 'attempts', 'the first try and every retry above'),
      delays_seconds: [],
      action: `The event goes to ${onEach(channels, 'dead_letter')}.`,
    },
  ];
}

/** Seconds that a person would write: whole or half minutes, or fives below that; never none, never more than given. */
function roundedWait(seconds: number): number {
  const step = seconds >= 120 ? 60 : seconds >= 30 ? 30 : seconds >= 5 ? 5 : 1;
  return Math.max(1, Math.floor(seconds / step) * step);
}

const WEEK_HOURS = 7 * 24;

const triage = [
  'Read the event and the error of the last attempt; say whether the event, the code or the environment is at fault.',
  'Event at fault (it breaks its contract): tell the producer’s owner, keep the event, do not redrive it.',
  'Code at fault: fix and deploy, then redrive.',
  'Environment at fault (quota, credentials, a system that was down): see that it is well again, then redrive.',
  'Whatever it was: note the dedupe keys of the events, and see after the redrive that each is done once.',
];

const DEAD_LETTER_ALERT_MINUTES = 30;

/** Where events end that could not be worked on, and what is done about them. */
export function deadLetterOf(dag: Dag, slo: Slo, channels: readonly Channel[], facts: PlanFacts): DeadLetter {
  const retention = Math.max(0, ...channels.map(({ system }) => system.dead_letter_retention_hours));
  return {
    where: onEach(channels, 'dead_letter'),
    owner: onCallOf(dag, facts),
    triage,
    alert_depth: assumed(1, 'messages', 'one dead letter is already a failure that nobody has seen'),
    alert_age: assumed(Math.min(DEAD_LETTER_ALERT_MINUTES, slo.target.value), 'minutes', 'half an hour, or the service level where that is shorter'),
    retention: assumed(retention, 'hours', 'what this plan sets on the dead-letter store'),
    redrive: [...new Set(channels.map(({ system, name }) => fill(system.redrive, name))), 'See each redriven dedupe key reach the state "done" once.'],
  };
}
