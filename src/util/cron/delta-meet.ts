import { fireTimes } from './fire.js';
import type { CronClock } from './meet.js';
import { parseCron } from './parse.js';
import { openZone } from './zone.js';

/**
 * The logical dates of a schedule of equal steps: every `step` milliseconds from one of several starts. Which of them it
 * is depends on when Airflow first saw the DAG; with `hasChance` it may be any moment, to the microsecond.
 */
export interface Steps {
  step: number;
  starts: readonly number[];
  hasChance: boolean;
}

/** What is known of the logical dates of a schedule. */
export type Dates = { kind: 'cron'; clock: CronClock } | { kind: 'steps'; steps: Steps };

/** `chance`: they would meet from one of the starts, but Airflow takes the moment at which it first sees the DAG. */
export type StepMeeting = 'meets' | 'sometimes' | 'never' | 'chance' | 'unknown';

const from = Date.UTC(2026, 0, 1);
const to = Date.UTC(2027, 0, 1);
const mostDates = 36_000;

/** Whether each waiting date, minus a shift, is a date of the awaited side. At least one side has equal steps. */
export function stepsMeet(waiting: Dates, awaited: Dates, shiftSeconds: number): StepMeeting {
  const shift = shiftSeconds * 1000;
  const found = startsOf(waiting).flatMap((ours) => startsOf(awaited).map((theirs) => fixedMeeting(ours, theirs, shift)));
  const [first] = found;
  if (first === undefined || found.includes('unknown')) return 'unknown';
  if (found.every((each) => each === 'never')) return 'never';
  if (hasChance(waiting) || hasChance(awaited)) return 'chance';
  return found.every((each) => each === first) ? first : 'unknown';
}

/** One side with its start fixed. */
type Fixed = { kind: 'cron'; clock: CronClock } | { kind: 'grid'; step: number; start: number };

function startsOf(dates: Dates): Fixed[] {
  if (dates.kind === 'cron') return [dates];
  return dates.steps.starts.map((start) => ({ kind: 'grid', step: dates.steps.step, start }));
}

function hasChance(dates: Dates): boolean {
  return dates.kind === 'steps' && dates.steps.hasChance;
}

function fixedMeeting(ours: Fixed, theirs: Fixed, shift: number): StepMeeting {
  if (ours.kind === 'grid' && theirs.kind === 'grid') {
    const distance = ours.start - shift - theirs.start;
    if (remainder(distance, greatestDivisor(ours.step, theirs.step)) !== 0) return 'never';
    return ours.step % theirs.step === 0 ? 'meets' : 'sometimes';
  }
  const dates = datesOf(ours);
  const known = theirs.kind === 'cron' ? new Set(datesOf(theirs, shift)) : undefined;
  if (dates.length === 0 || known?.size === 0) return 'unknown';
  const horizon = known?.size === mostDates ? Math.max(...[...known].slice(-1)) : Infinity;
  const examined = dates.filter((date) => date - shift <= horizon);
  const matched = examined.filter((date) => (theirs.kind === 'grid' ? remainder(date - shift - theirs.start, theirs.step) === 0 : known?.has(date - shift)));
  return matched.length === 0 ? 'never' : matched.length === examined.length ? 'meets' : 'sometimes';
}

/** Dates of a year, `shift` milliseconds earlier. */
function datesOf(side: Fixed, shift = 0): number[] {
  const [begin, end] = [from - shift, to - shift];
  if (side.kind === 'cron') {
    const parsed = parseCron(side.clock.expression);
    const zone = openZone(side.clock.timezone);
    return parsed.kind === 'invalid' || !zone ? [] : fireTimes(parsed.cron, zone, { from: begin, to: end, limit: mostDates });
  }
  const first = begin + remainder(side.start - begin, side.step);
  const count = Math.min(Math.ceil((end - first) / side.step), mostDates);
  return Array.from({ length: count }, (_, index) => first + index * side.step);
}

function remainder(value: number, by: number): number {
  return ((value % by) + by) % by;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
