import type { JoinRule, Quantity } from '../../model/controls.js';
import type { Dag } from '../../model/graph.js';
import type { Stage } from '../../model/plan.js';
import { clockPeriodHours } from '../facts/clock-period.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import { correlationOf } from './correlation.js';
import type { Leg } from './legs.js';
import { legsOf } from './legs.js';
import { assumed, measured } from './quantity.js';

/** The slowest leg may be late by half of its own period before anybody is told. */
const WINDOW_FACTOR = 1.5;

/** The agreement about events that must meet; null where one event is enough to think of. */
export function joinRuleOf(stage: Stage, dag: Dag, facts: PlanFacts): JoinRule | null {
  const legs = legsOf(stage, facts);
  const join = joinOf(stage, legs, facts);
  if (join === 'single') return null;
  const slowest = slowestLeg(legs, dag, facts);
  const window = assumed(Math.ceil(slowest.value * WINDOW_FACTOR), 'hours', 'the slowest leg, and half of it more');
  const isAny = join === 'any';
  return {
    join,
    ...correlationOf(stage, legs, join, facts),
    window,
    slowest_leg: slowest,
    late: isAny
      ? 'Each event starts its own run; a later one of the same key is a run of its own and finds by its dedupe key what is left to do.'
      : 'An event that comes after its run belongs to the next one: the run works by key, takes every event that waits, and leaves keys without all their legs for later.',
    partial: isAny
      ? 'One leg is enough; what the others bring is worked on when it comes.'
      : "Airflow's queue holds early legs for as long as it takes and merges repeated ones, so nothing starts half; the alert below tells when one is missing.",
    on_timeout: `After ${window.value} hours without all legs the on-call is told which leg is missing; ${
      stage.target === 'hybrid' ? 'the next clock run works on what is there.' : 'the run is started by hand when the owner of the data accepts what is there, and the missing leg is worked on when it comes.'
    }`,
  };
}

/** How the legs meet: as the trigger says; where the start is kept, as the DAG's own schedule does. */
function joinOf({ dag_id, trigger }: Stage, legs: readonly Leg[], facts: PlanFacts): JoinRule['join'] | 'single' {
  if (legs.length < 2 || !trigger) return 'single';
  if (trigger.candidates.length > 0) return trigger.join;
  return (facts.fanInsOf.get(dag_id) ?? []).find(({ task_id }) => task_id === null)?.join ?? 'any';
}

function slowestLeg(legs: readonly Leg[], dag: Dag, facts: PlanFacts): Quantity {
  const periods = legs.map(({ candidate }) => {
    const known = candidate === null ? [] : (facts.producers.get(candidate.id)?.known ?? []);
    const [slowest] = known.map((producer) => ({ producer, hours: periodOf(producer, facts) })).sort((a, b) => b.hours - a.hours);
    return slowest;
  });
  const [slowest] = periods.flatMap((period) => (period && period.hours > 0 ? [period] : [])).sort((a, b) => b.hours - a.hours);
  const own = clockPeriodHours(dag.schedule);
  const isWhole = periods.every((period) => period !== undefined && period.hours > 0);
  if (slowest && (isWhole || slowest.hours >= own)) return measured(slowest.hours, 'hours', `the longest gap of the clock of ${slowest.producer}`);
  return assumed(own, 'hours', 'the longest gap of its own clock, as not every leg says how often it comes');
}

/** The longest gap of a DAG's clock in hours; 0 without a clock. */
function periodOf(dagId: string, facts: PlanFacts): number {
  const schedule = facts.dags.get(dagId)?.schedule;
  return schedule?.kind === 'cron' || schedule?.kind === 'delta' ? clockPeriodHours(schedule) : 0;
}
