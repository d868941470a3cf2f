const dayMilliseconds = 86_400_000;

/** A time zone: offsets of local time from UTC in milliseconds. Keeps what it has looked up for as long as it lives. */
export interface Zone {
  name: string;
  /** Local time minus UTC at an instant. */
  offsetAt(instant: number): number;
  /** The instant of a wall-clock time (as milliseconds), by Airflow's rule: see `toInstant`. */
  toInstant(local: number): number;
}

/** Opens a zone by its IANA name or a fixed offset (`+02:00`); undefined when there is no such zone. */
export function openZone(name: string): Zone | undefined {
  const fixed = fixedOffset(name);
  const lookUp = fixed === undefined ? offsetLookup(name) : () => fixed;
  if (!lookUp) return undefined;
  const offsetAt = cachedByDay(lookUp);
  return { name, offsetAt, toInstant: (local) => toInstant(local, offsetAt) };
}

/**
 * A skipped wall-clock time moves forward by the gap, a repeated one is its second instance: what Airflow does when it
 * puts a cron's local time into its zone.
 */
function toInstant(local: number, offsetAt: (instant: number) => number): number {
  const before = offsetAt(local - dayMilliseconds);
  const after = offsetAt(local + dayMilliseconds);
  const early = local - Math.max(before, after);
  const late = local - Math.min(before, after);
  if (offsetAt(late) === local - late) return late;
  if (offsetAt(early) === local - early) return early;
  return local - before;
}

function fixedOffset(name: string): number | undefined {
  if (name === 'UTC' || name === 'Z' || name === 'Etc/UTC') return 0;
  const match = /^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?$/.exec(name);
  if (!match) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return (match[1] === '-' ? -minutes : minutes) * 60_000;
}

function offsetLookup(name: string): ((instant: number) => number) | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  } catch {
    return undefined;
  }
  return (instant) => {
    const part = format.formatToParts(instant).find((each) => each.type === 'timeZoneName')?.value ?? '';
    const match = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?/.exec(part);
    const seconds = Number(match?.[2] ?? 0) * 3600 + Number(match?.[3] ?? 0) * 60 + Number(match?.[4] ?? 0);
    return (match?.[1] === '-' ? -seconds : seconds) * 1000;
  };
}

/** A zone's offset is asked for once per UTC day, and again only on the few days on which it changes. */
function cachedByDay(lookUp: (instant: number) => number): (instant: number) => number {
  const days = new Map<number, number | null>();
  return (instant) => {
    const day = Math.floor(instant / dayMilliseconds);
    let offset = days.get(day);
    if (offset === undefined) {
      const first = lookUp(day * dayMilliseconds);
      offset = first === lookUp((day + 1) * dayMilliseconds) ? first : null;
      days.set(day, offset);
    }
    return offset ?? lookUp(instant);
  };
}
