import type { Mechanism, SourceKind, TriggerCandidate } from '../../model/analysis.js';
import { compareText } from '../../model/place.js';
import type { Stage, StageTrigger } from '../../model/plan.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import { describeCandidate } from '../facts/usable.js';
import type { DeliveryRow } from '../tables/deliveries.js';
import { deliveries, forwarder } from '../tables/deliveries.js';
import { scheduleForms } from '../tables/mechanisms.js';

export type Join = StageTrigger['join'];

interface TriggerChoice {
  legs: readonly TriggerCandidate[];
  join: Join;
  target: Stage['target'];
}

/** The trigger that these candidates make together. All its words come from tables, whoever chose the candidates. */
export function buildTrigger({ legs, join, target }: TriggerChoice, facts: PlanFacts): StageTrigger {
  const kinds = sourceKinds(legs);
  const [only, ...more] = kinds;
  const link = join === 'any' ? ' or ' : join === 'mixed' ? ' with ' : ' and ';
  return {
    source_kind: only !== undefined && more.length === 0 ? only : 'asset',
    candidates: legs.map(({ id }) => id),
    join,
    text: legs.map(describeCandidate).join(link),
    mechanism: describeMechanism(legs, target, facts),
  };
}

/** The kinds of the events that meet, each once. Where they differ they meet as assets. */
export function sourceKinds(legs: readonly TriggerCandidate[]): SourceKind[] {
  return [...new Set(legs.map(({ source_kind }) => source_kind))].sort(compareText);
}

function describeMechanism(legs: readonly TriggerCandidate[], target: Stage['target'], facts: PlanFacts): string {
  const forms = scheduleForms(facts.version, startedBySender(legs));
  const arrivals = legs.map(({ mechanism }) => mechanism.text);
  const arrival = [...new Set(arrivals)].sort(compareText).join(' and ');
  const steps = [arrival, `hybrid: ${forms.hybrid}`];
  if (target === 'event') steps.push(`event: ${[forms.event, ...(hasWatcher(legs) ? [forwarder.text] : [])].join(', and ')}`);
  return steps.join('; ');
}

function mechanismKinds(legs: readonly TriggerCandidate[]): Mechanism['kind'][] {
  const kinds = legs.map(({ mechanism }) => mechanism.kind);
  return [...new Set(kinds)].sort(compareText);
}

function startedBySender(legs: readonly TriggerCandidate[]): boolean {
  return mechanismKinds(legs).every((kind) => kind === 'trigger_dag_run');
}

/** Why this version can't start a DAG by these legs in this way; undefined when it can. */
export function joinProblem(legs: readonly TriggerCandidate[], join: Join, facts: PlanFacts): string | undefined {
  const kinds = mechanismKinds(legs);
  if (legs.length < 2) return undefined;
  if (join !== 'any' && kinds.includes('trigger_dag_run'))
    return 'Several events must meet, and at least one of them starts runs by itself, which can not wait for the others.';
  if (join === 'any' && kinds.length > 1 && kinds.includes('trigger_dag_run'))
    return 'Its events start it in different ways that one schedule can not join.';
  if (join !== 'all' && !scheduleForms(facts.version, startedBySender(legs)).canJoinAny)
    return 'One of several events is enough to start it, which Airflow can express from 2.9 on.';
  return undefined;
}

/** The weakest guarantee among the legs: the chain holds no more. Where the clock goes, a forwarder replaces watchers. */
export function deliveryOf(legs: readonly TriggerCandidate[], target: Stage['target']): DeliveryRow {
  const rows = mechanismKinds(legs).map((kind) => (kind === 'asset_watcher' && target === 'event' ? forwarder.delivery : deliveries[kind]));
  return rows.find(({ delivery }) => delivery === 'at_most_once') ?? rows[0] ?? deliveries.none;
}

/** Whether a watcher takes events of these legs off a broker. */
export function hasWatcher(legs: readonly TriggerCandidate[]): boolean {
  return mechanismKinds(legs).includes('asset_watcher');
}
