import { fireTimes } from './fire.js';
import { parseCron } from './parse.js';
import { openZone, type Zone } from './zone.js';

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
  /** The first logical date (UTC) without a counterpart, as `2026-03-29 03:00`; empty when there is none. */
  firstMissed: string;
  reason: string;
}

/** One fixed year: it holds every weekday, month end and clock change, and the answer never depends on today. */
const windowStart = Date.UTC(2026, 0, 1);
const windowEnd = Date.UTC(2027, 0, 1);
/** A year of a cron that fires every 15 minutes; more often than that, a shorter stretch answers the same question. */
const mostDates = 36_000;

/** Decides whether logical dates meet; see `createMeetings`. */
export type Meetings = (waiting: CronClock, awaited: CronClock, deltaSeconds: number) => Meeting;

/**
 * Whether an ExternalTaskSensor finds what it waits for: it looks for a run of the awaited DAG whose logical date is
 * its own minus `deltaSeconds`. Schedules repeat across a repository, so what was computed is kept for as long as the
 * returned function lives.
 */
export function createMeetings(): Meetings {
  const zones = new Map<string, Zone | undefined>();
  const calendars = new Map<string, Calendar>();
  const calendarOf = (clock: CronClock, from: number): Calendar =>
    remember(calendars, JSON.stringify([clock.expression, clock.timezone, from]), () =>
      openCalendar(clock, from, (name) => remember(zones, name, () => openZone(name))),
    );
  return (waiting, awaited, deltaSeconds) => {
    const shift = deltaSeconds * 1000;
    const ours = calendarOf(waiting, windowStart);
    if (ours.problem !== '') return unknown(ours.problem);
    const theirs = calendarOf(awaited, windowStart - shift);
    if (theirs.problem !== '') return unknown(theirs.problem);
    const examined = ours.dates.filter((date) => date - shift <= theirs.horizon);
    return judge(examined, (date) => theirs.known.has(date - shift));
  };
}

function judge(dates: readonly number[], meets: (date: number) => boolean): Meeting {
  const total = dates.length;
  const missed = dates.filter((date) => !meets(date));
  const matched = total - missed.length;
  const [first] = missed;
  const firstMissed = first === undefined ? '' : `${new Date(first).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  if (total === 0) return unknown('the waiting DAG has no run in the examined year');
  const verdict = matched === total ? 'meets' : matched === 0 ? 'never' : 'sometimes';
  return { verdict, matched, total, firstMissed, reason: `${matched} of ${total} logical dates of 2026 have a counterpart` };
}

function unknown(reason: string): Meeting {
  return { verdict: 'unknown', matched: 0, total: 0, firstMissed: '', reason };
}

/** The logical dates of a clock in one window. */
interface Calendar {
  dates: readonly number[];
  known: ReadonlySet<number>;
  /** The last date that was computed, where the window holds more of them. */
  horizon: number;
  /** Why there are none; empty when the schedule could be read. */
  problem: string;
}

function openCalendar(clock: CronClock, from: number, zoneNamed: (name: string) => Zone | undefined): Calendar {
  const parsed = parseCron(clock.expression);
  const zone = zoneNamed(clock.timezone);
  const none = { dates: [], known: new Set<number>(), horizon: Infinity };
  if (parsed.kind === 'invalid') return { ...none, problem: parsed.reason };
  if (!zone) return { ...none, problem: `the time zone ${clock.timezone} is not known` };
  const dates = fireTimes(parsed.cron, zone, { from, to: from + (windowEnd - windowStart), limit: mostDates });
  const horizon = dates.length === mostDates ? (dates.at(-1) ?? Infinity) : Infinity;
  return { dates, known: new Set(dates), horizon, problem: '' };
}

function remember<Value>(kept: Map<string, Value>, key: string, compute: () => Value): Value {
  const found = kept.get(key);
  if (found !== undefined) return found;
  const value = compute();
  kept.set(key, value);
  return value;
}
