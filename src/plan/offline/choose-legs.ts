import type { TriggerCandidate } from '../../model/analysis.js';
import { compareText } from '../../model/place.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import type { UnusableReason } from '../facts/usable.js';
import { whyUnusable } from '../facts/usable.js';
import type { Join } from './trigger.js';

/** The candidates of a DAG, sorted by what they are good for. */
export interface Legs {
  chosen: readonly TriggerCandidate[];
  join: Join;
  unusable: readonly { candidate: TriggerCandidate; reason: UnusableReason }[];
}

/**
 * Every usable candidate is a leg: leaving one out would start the DAG before its data is there. Two candidates that
 * wait for the same DAGs are one leg, told by the better of both.
 */
export function chooseLegs(dagId: string, facts: PlanFacts): Legs {
  const candidates = [...(facts.candidatesOf.get(dagId) ?? [])].sort(compareCandidates);
  const unusable: { candidate: TriggerCandidate; reason: UnusableReason }[] = [];
  const chosen = new Map<string, TriggerCandidate>();
  for (const candidate of candidates) {
    const reason = whyUnusable(candidate, facts);
    const source = sourceIdentity(candidate, facts);
    if (reason !== undefined) unusable.push({ candidate, reason });
    else if (!chosen.has(source)) chosen.set(source, candidate);
  }
  const legs = [...chosen.values()].sort((a, b) => compareText(a.id, b.id));
  return { chosen: legs, join: joinOf(dagId, legs, facts), unusable };
}

const confidenceOrder = { high: 0, medium: 1, low: 2 } as const;

function compareCandidates(a: TriggerCandidate, b: TriggerCandidate): number {
  return (
    confidenceOrder[a.confidence] - confidenceOrder[b.confidence] ||
    Number(a.replaces === null) - Number(b.replaces === null) ||
    compareText(a.id, b.id)
  );
}

function sourceIdentity(candidate: TriggerCandidate, facts: PlanFacts): string {
  const known = facts.producers.get(candidate.id)?.known ?? [];
  return known.length > 0 ? JSON.stringify(known) : candidate.id;
}

/** How legs meet: as a fan-in of the DAG that holds them says it, else all of them, since each feeds some task. */
export function joinOf(dagId: string, legs: readonly TriggerCandidate[], facts: PlanFacts): Join {
  if (legs.length < 2) return 'single';
  const ids = new Set(legs.map(({ id }) => id));
  const meets = (facts.fanInsOf.get(dagId) ?? []).filter((fanIn) => fanIn.legs.filter((leg) => ids.has(leg)).length > 1);
  const whole = meets.find((fanIn) => legs.every(({ id }) => fanIn.legs.includes(id)));
  if (whole) return whole.join;
  return meets.some(({ join }) => join !== 'all') ? 'mixed' : 'all';
}
