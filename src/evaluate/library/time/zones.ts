import { daysFromDate } from './calendar.js';

/** The name of an IANA time zone as given when the platform knows it (names are case-sensitive in Python). */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z0-9_+\-/]+$/.test(name)) return false;
  if (/^[+-]/.test(name)) return false;
  return (/[A-Z]/.test(name) || name === 'localtime') && formatOf(name) !== undefined;
}

/** Some 600 zones exist, but each can be written in upper and lower case. */
const MAX_FORMATS = 1000;

/** By zone name: making one takes longer than all that is done with it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  try {
    const made = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, hourCycle: 'h23', era: 'short',
      year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
    if (formats.size < MAX_FORMATS) formats.set(zone, made);
    return made;
  } catch {
    return undefined;
  }
}

/** Seconds east of UTC at a moment (milliseconds since 1970, UTC). */
export function offsetAt(zone: string, milliseconds: number): number {
  if (zone === 'UTC') return 0;
  const format = formatOf(zone);
  if (format === undefined) throw new RangeError(`no time zone ${zone}`);
  const parts = new Map(format.formatToParts(new Date(milliseconds)).map((part) => [part.type, part.value]));
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const year = parts.get('era') === 'BC' ? 1 - number('year') : number('year');
  const wall = daysFromDate(year, number('month'), number('day')) * 86400 + number('hour') * 3600 + number('minute') * 60 + number('second');
  return wall - Math.floor(milliseconds / 1000);
}

/** Seconds east of UTC for a wall-clock time (milliseconds as if it were UTC), with Python's `fold` rule. */
export function offsetOfWall(zone: string, wall: number, fold: number): number {
  const before = offsetAt(zone, wall - 86_400_000);
  const after = offsetAt(zone, wall + 86_400_000);
  if (before === after) return before;
  const early = offsetAt(zone, wall - before * 1000) === before;
  const late = offsetAt(zone, wall - after * 1000) === after;
  if (early && late) return fold === 0 ? before : after;
  if (early) return before;
  if (late) return after;
  // In a gap PEP 495 takes the offset before the change for fold 0.
  return fold === 0 ? before : after;
}

/** Abbreviation of a zone at a moment, or undefined where the platform knows only an offset. */
export function abbreviationAt(zone: string, milliseconds: number): string | undefined {
  if (zone === 'UTC') return 'UTC';
  const offset = offsetAt(zone, milliseconds);
  const january = offsetAt(zone, Date.UTC(new Date(milliseconds).getUTCFullYear(), 0, 1));
  const july = offsetAt(zone, Date.UTC(new Date(milliseconds).getUTCFullYear(), 6, 1));
  const names = abbreviations.find(([pattern, standard]) => pattern.test(zone) && standard === Math.min(january, july));
  if (!names) return undefined;
  return offset === names[1] ? names[2] : offset === names[1] + 3600 ? names[3] : undefined;
}

// Zones by region whose abbreviations are regular: standard offset, standard name, daylight name.
const abbreviations: readonly (readonly [RegExp, number, string, string | undefined])[] = [
  [/^Europe\/(Lisbon)$/, 0, 'WET', 'WEST'],
  [/^Europe\/(London)$/, 0, 'GMT', 'BST'],
  [/^Europe\/(?!Istanbul|Moscow|Minsk|Dublin|Kirov|Simferopol|Volgograd)/, 3600, 'CET', 'CEST'],
  [/^Europe\/(Athens|Bucharest|Helsinki|Kiev|Kyiv|Riga|Sofia|Tallinn|Vilnius)$/, 7200, 'EET', 'EEST'],
  [/^(America\/(New_York|Toronto|Detroit)|US\/Eastern)$/, -18000, 'EST', 'EDT'],
  [/^(America\/(Chicago|Winnipeg)|US\/Central)$/, -21600, 'CST', 'CDT'],
  [/^(America\/(Denver|Edmonton)|US\/Mountain)$/, -25200, 'MST', 'MDT'],
  [/^(America\/(Los_Angeles|Vancouver)|US\/Pacific)$/, -28800, 'PST', 'PDT'],
  [/^Asia\/(Kolkata|Calcutta)$/, 19800, 'IST', undefined],
  [/^Asia\/Tokyo$/, 32400, 'JST', undefined],
  [/^Asia\/Seoul$/, 32400, 'KST', undefined],
  [/^Asia\/(Shanghai|Taipei)$/, 28800, 'CST', undefined],
  [/^Asia\/Hong_Kong$/, 28800, 'HKT', undefined],
  [/^Australia\/(Sydney|Melbourne|Hobart)$/, 36000, 'AEST', 'AEDT'],
  [/^Australia\/Brisbane$/, 36000, 'AEST', undefined],
];
