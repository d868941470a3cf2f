import { fireTimes } from './fire.js';
import { parseCron } from './parse.js';
import { openZone } from './zone.js';

/** A cron schedule: what is needed to know its logical dates. */
export interface CronClock {
  expression: string;
  timezone: string;
}

export interface Meeting {
  verdict: 'meets' | 'sometimes' | 'never' | 'unknown';
  /** Of the waiting side's logical dates in the examined window, how many find their counterpart. */
  matched: number;
  total: number;
  reason: string;
}

/** One fixed year: it holds every weekday, month end and clock change, and the answer never depends on today. */
const windowStart = Date.UTC(2026, 0, 1);
const windowEnd = Date.UTC(2027, 0, 1);
/** A year of a cron that fires every 15 minutes; more often than that, a shorter stretch answers the same question. */
const mostDates = 36_000;

/**
 * Whether an ExternalTaskSensor finds what it waits for: it looks for a run of the awaited DAG whose logical date is
 * its own minus `deltaSeconds`.
 */
export function meetingOf(waiting: CronClock, awaited: CronClock, deltaSeconds: number): Meeting {
  const ours = datesOf(waiting, windowStart);
  if (typeof ours === 'string') return unknown(ours);
  const theirs = datesOf(awaited, windowStart - deltaSeconds * 1000);
  if (typeof theirs === 'string') return unknown(theirs);
  const known = new Set(theirs);
  const horizon = (theirs.length === mostDates ? theirs.at(-1) : undefined) ?? Infinity;
  const examined = ours.filter((date) => date - deltaSeconds * 1000 <= horizon);
  const matched = examined.filter((date) => known.has(date - deltaSeconds * 1000)).length;
  return judge(matched, examined.length);
}

function judge(matched: number, total: number): Meeting {
  if (total === 0) return unknown('the waiting DAG has no run in the examined year');
  const verdict = matched === total ? 'meets' : matched === 0 ? 'never' : 'sometimes';
  return { verdict, matched, total, reason: `${matched} of ${total} logical dates of 2026 have a counterpart` };
}

function unknown(reason: string): Meeting {
  return { verdict: 'unknown', matched: 0, total: 0, reason };
}

function datesOf(clock: CronClock, from: number): number[] | string {
  const parsed = parseCron(clock.expression);
  if (parsed.kind === 'invalid') return parsed.reason;
  const zone = openZone(clock.timezone);
  if (!zone) return `the time zone ${clock.timezone} is not known`;
  return fireTimes(parsed.cron, zone, { from, to: from + (windowEnd - windowStart), limit: mostDates });
}
