import type { Quantity, Slo } from '../../model/controls.js';
import type { Dag } from '../../model/graph.js';
import { isAtLeast } from '../../util/release.js';
import { meanPeriodMinutes } from '../facts/clock-period.js';
import { describeSchedule } from '../facts/today.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import { entryFor } from '../facts/user-context.js';
import { CONTEXT_FILE, assumed, declared, measured } from './quantity.js';

/** Below this a run's own start (scheduler loop, worker, imports) is most of the time. */
const SHORTEST_TARGET_MINUTES = 5;

/** Where neither a clock nor the context says what is expected. */
const UNSAID_TARGET_MINUTES = 60;

/** What the time from an event to its finished data may be. */
export function latencyTarget(dag: Dag, facts: PlanFacts): Quantity {
  const entry = entryFor(facts.context.latency, dag);
  if (entry) return declared(entry.minutes, 'minutes', `latency in ${CONTEXT_FILE}`);
  const wait = meanWait(dag);
  if (wait === undefined) return assumed(UNSAID_TARGET_MINUTES, 'minutes', `nobody has said how fast it must be (latency in ${CONTEXT_FILE})`);
  return assumed(Math.max(SHORTEST_TARGET_MINUTES, wait), 'minutes', 'no slower than the mean wait for its clock today');
}

/** Half a clock period in minutes: what data waits for the clock on average, when it arrives at any time. */
function meanWait({ schedule }: Dag): number | undefined {
  const period = meanPeriodMinutes(schedule);
  return period === undefined ? undefined : Math.round((period / 2) * 10) / 10;
}

/** The first service level of a DAG that events start. */
export function sloOf(dag: Dag, facts: PlanFacts): Slo {
  const wait = meanWait(dag);
  const today =
    wait === undefined
      ? measured(0, 'minutes', 'no clock is waited for: events start it today')
      : measured(wait, 'minutes', `half the mean time between two runs of its clock (${describeSchedule(dag.schedule)}), without the run itself, whose length no code says`);
  const started = isAtLeast(facts.version, '3.0') ? 'dag_run.run_after' : 'dag_run.queued_at';
  return {
    target: latencyTarget(dag, facts),
    today,
    measured_by: `dag_run.end_date of the successful run minus the time of its event (the event’s own time field; ${started} where it has none), 95th percentile over a week`,
  };
}
