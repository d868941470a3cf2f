import type { MeetingTerms, TriggerCandidate } from '../model/analysis.js';
import { openZone } from '../util/cron/zone.js';
import { nextFire } from '../util/cron/fire.js';
import { parseCron } from '../util/cron/parse.js';
import { cronOf, durationText, periodOf } from './clocks.js';
import type { InferContext } from './context.js';
import { producingDags } from './producing-dags.js';

/** A plain Monday: the order of two daily starts within a day doesn't depend on which day it is, but for clock changes. */
const someDay = Date.UTC(2026, 5, 1);

interface Pace {
  leg: TriggerCandidate;
  dagId: string;
  period: number;
  /** Milliseconds into a UTC day at which it starts; null when it isn't a daily or rarer cron. */
  start: number | null;
}

/**
 * The leg that the others wait for, as far as the schedules of the DAGs that send them tell: the one that comes least
 * often, and of those that come equally often the last in a day. Null when not every leg has a known clock.
 */
export function slowestLeg(legs: readonly TriggerCandidate[], context: InferContext): MeetingTerms['slowest_leg'] {
  const paces = legs.flatMap((leg) => paceOf(leg, context) ?? []);
  if (paces.length < legs.length || paces.length < 2) return null;
  const longest = Math.max(...paces.map(({ period }) => period));
  const rarest = paces.filter(({ period }) => period > longest * 0.99);
  const [only, ...others] = rarest;
  if (!only) return null;
  if (others.length === 0) return { candidate: only.leg.id, text: `${only.dagId} comes least often, every ${durationText(only.period)} on average` };
  const timed = rarest.flatMap((pace) => (pace.start === null ? [] : [{ ...pace, start: pace.start }])).sort((a, b) => b.start - a.start);
  const [last, next] = timed;
  if (!last || !next || timed.length < rarest.length || last.start === next.start) return null;
  return { candidate: last.leg.id, text: `${last.dagId} starts last in a day, at ${timeText(last.start)} UTC in June` };
}

function paceOf(leg: TriggerCandidate, context: InferContext): Pace | undefined {
  const [dag, ...others] = producingDags(leg, context);
  if (!dag || others.length > 0) return undefined;
  const period = periodOf(dag, context);
  if (period === undefined) return undefined;
  const clock = cronOf(dag);
  const parsed = clock ? parseCron(clock.expression) : undefined;
  const zone = clock ? openZone(clock.timezone) : undefined;
  const fire = parsed?.kind === 'cron' && zone ? nextFire(parsed.cron, zone, someDay - 1) : undefined;
  const isDaily = period >= 0.99 * 86_400;
  return { leg, dagId: dag.dag_id, period, start: isDaily && fire !== undefined ? fire % 86_400_000 : null };
}

function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(11, 16);
}
