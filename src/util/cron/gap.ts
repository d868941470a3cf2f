import { fireTimes } from './fire.js';
import type { CronClock } from './meet.js';
import { parseCron } from './parse.js';
import { openZone } from './zone.js';

/** As many fire times of each side are looked at: a year of what runs up to ten times a day, a stretch of the rest. */
const mostFires = 3_660;
const from = Date.UTC(2026, 0, 1);
const to = Date.UTC(2027, 0, 1);
/** The first run of a side must have something before it. */
const before = 32 * 86_400_000;

/** Mean seconds from the last start of one cron to a start of another; undefined where one of them can't be read. */
export type Gaps = (later: CronClock, earlier: CronClock) => number | undefined;

/** Keeps what was computed for as long as the returned function lives. */
export function createGaps(): Gaps {
  const known = new Map<string, number | undefined>();
  return (later, earlier) => {
    const key = JSON.stringify([later.expression, later.timezone, earlier.expression, earlier.timezone]);
    if (!known.has(key)) known.set(key, meanGap(later, earlier));
    return known.get(key);
  };
}

function meanGap(later: CronClock, earlier: CronClock): number | undefined {
  const starts = firesOf(later, from);
  const sources = firesOf(earlier, from - before);
  const end = sources.at(-1);
  if (end === undefined) return undefined;
  let sum = 0;
  let count = 0;
  let index = 0;
  for (const start of starts) {
    while ((sources[index + 1] ?? Infinity) <= start) index += 1;
    const source = sources[index];
    // Beyond the last source that was computed nothing is known.
    if (source === undefined || source > start || (start > end && sources.length === mostFires)) continue;
    sum += start - source;
    count += 1;
  }
  return count === 0 ? undefined : sum / count / 1000;
}

function firesOf({ expression, timezone }: CronClock, start: number): number[] {
  const parsed = parseCron(expression);
  const zone = openZone(timezone);
  return parsed.kind === 'invalid' || !zone ? [] : fireTimes(parsed.cron, zone, { from: start, to, limit: mostFires });
}
