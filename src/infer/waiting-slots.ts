import type { Dag } from '../model/graph.js';
import { periodOf, runsPerDay } from './clocks.js';
import type { InferContext } from './context.js';
import type { Replaces } from './waiting.js';

/**
 * Hours per day that one wait holds a worker slot, at most: every run until the timeout or the next start. Null when mode
 * or schedule isn't known; 0 when the wait gives its slot back between two looks.
 */
export function slotHoursOf(dag: Dag, { mode, timeout_seconds: timeout }: Replaces, context: InferContext): number | null {
  if (mode === 'reschedule' || mode === 'deferrable') return 0;
  const perDay = runsPerDay(dag.schedule, context);
  const period = periodOf(dag, context);
  if (mode === 'unknown' || perDay === undefined || period === undefined) return null;
  return Math.round((Math.min(timeout ?? period, period) * perDay) / 360) / 10;
}
