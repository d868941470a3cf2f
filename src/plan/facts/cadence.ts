import type { TriggerCandidate } from '../../model/analysis.js';
import type { StageTrigger } from '../../model/plan.js';
import { runsPerWeek } from './clock-period.js';
import type { PlanFacts } from './plan-facts.js';
import { entryFor } from './user-context.js';

/** From here on events of a DAG mean another cadence, not a little jitter: twice as many runs as today. */
const OTHER_CADENCE = 2;

/** A producer that runs so often is fresh whenever its consumer looks: nothing hangs on one of its runs. */
const STEADY_RATIO = 4;

/** Runs of a producer in a week; undefined where it has no clock that is known. */
function weekly(dagId: string, facts: Pick<PlanFacts, 'dags'>): number | undefined {
  const dag = facts.dags.get(dagId);
  return dag ? runsPerWeek(dag.schedule) : undefined;
}

/**
 * How many times as often as its clock today events of these legs would start a DAG; 1 where that isn't known. Legs that
 * must meet start it as often as the slowest of them, any of several as often as the fastest.
 */
export function cadenceRatio(dagId: string, legs: readonly TriggerCandidate[], join: StageTrigger['join'], facts: PlanFacts): number {
  const own = weekly(dagId, facts);
  const rates = legs.map(({ id }) => {
    const known = (facts.producers.get(id)?.known ?? []).map((producer) => weekly(producer, facts));
    return known.length === 0 || known.includes(undefined) ? undefined : Math.min(...known.flatMap((rate) => rate ?? []));
  });
  const sure = rates.flatMap((rate) => rate ?? []);
  if (own === undefined || own === 0 || sure.length === 0) return 1;
  if (join === 'any') return Math.max(...sure) / own;
  return sure.length < rates.length ? 1 : Math.min(...sure) / own;
}

/** Whether events would start a DAG much more often than its clock does, and nobody has said that this is wanted. */
export function changesCadence(dagId: string, legs: readonly TriggerCandidate[], join: StageTrigger['join'], facts: PlanFacts): boolean {
  const dag = facts.dags.get(dagId);
  const isWanted = dag !== undefined && entryFor(facts.context.cadence, dag)?.['every-event'] === true;
  return !isWanted && cadenceRatio(dagId, legs, join, facts) >= OTHER_CADENCE;
}

/** Whether a consumer reads whatever a producer that runs all the time left last. */
export function isSteady(producer: string, consumer: string, facts: Pick<PlanFacts, 'dags'>): boolean {
  const made = weekly(producer, facts);
  const read = weekly(consumer, facts);
  return made !== undefined && read !== undefined && made >= read * STEADY_RATIO;
}
