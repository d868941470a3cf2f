import { fireTimes } from './fire.js';
import { parseCron } from './parse.js';
import { openZone } from './zone.js';

/** A year of fire times tells the pace of anything that runs at most ten times a day; of the rest a part does. */
const mostFires = 3_660;
const from = Date.UTC(2026, 0, 1);
const to = Date.UTC(2027, 0, 1);
const dayMilliseconds = 86_400_000;

/** Runs per day of a cron, on average over a year; undefined where it can't be read or never fires. */
export type Paces = (expression: string, timezone: string) => number | undefined;

/** Keeps what was computed for as long as the returned function lives. */
export function createPaces(): Paces {
  const known = new Map<string, number | undefined>();
  return (expression, timezone) => {
    const key = JSON.stringify([expression, timezone]);
    if (!known.has(key)) known.set(key, runsPerDay(expression, timezone));
    return known.get(key);
  };
}

function runsPerDay(expression: string, timezone: string): number | undefined {
  const parsed = parseCron(expression);
  const zone = openZone(timezone);
  if (parsed.kind === 'invalid' || !zone) return undefined;
  const fires = fireTimes(parsed.cron, zone, { from, to, limit: mostFires });
  const [first] = fires;
  const last = fires.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const isCut = fires.length === mostFires;
  return isCut ? (fires.length - 1) / ((last - first) / dayMilliseconds) : fires.length / ((to - from) / dayMilliseconds);
}
