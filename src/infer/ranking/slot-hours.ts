import type { RankFactor, TriggerCandidate } from '../../model/analysis.js';
import type { Dag } from '../../model/graph.js';
import { oneDigit, periodOf, runsPerDay } from '../clocks.js';
import type { InferContext } from '../context.js';

/** Hours per day that the waits of a DAG hold worker slots, at most: each run until the timeout or the next start. */
export function slotHoursFactor(dag: Dag, events: readonly TriggerCandidate[], context: InferContext): RankFactor {
  const holding = events.filter((event) => event.replaces?.mode === 'poke');
  if (holding.length === 0) {
    const waits = events.some((event) => event.replaces !== null);
    return { value: 0, text: waits ? 'none: the waits give their slots back' : 'none: nothing waits', evidence: [] };
  }
  const perDay = runsPerDay(dag.schedule, context);
  const period = periodOf(dag, context);
  const evidence = holding.flatMap((event) => event.evidence.slice(0, 1));
  if (perDay === undefined || period === undefined) return { value: null, text: 'not known: the schedule tells no pace', evidence };
  const seconds = holding.reduce((sum, event) => sum + Math.min(event.replaces?.timeout_seconds ?? period, period) * perDay, 0);
  const hours = seconds / 3600;
  return { value: Math.round(hours * 10) / 10, text: `at most ${oneDigit(hours)} h a day, ${holding.length} waiting in mode poke`, evidence };
}
