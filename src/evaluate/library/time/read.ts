import type { DateTimeState } from './parts.js';
import { dateFromDays, dayNames, daysFromDate, daysInMonth, monthNames } from './calendar.js';

/** What a text of a date and time says. */
export type Moment = Omit<DateTimeState, 'kind' | 'zone' | 'fold'> & {
  /** Seconds east of UTC when the text says so. */
  readonly offset: number | undefined;
};

const shorts = (names: readonly string[]): string[] => names.map((name) => name.slice(0, 3).toLowerCase());
const lowers = (names: readonly string[]): string[] => names.map((name) => name.toLowerCase());
const any = (names: readonly string[]): string => [...names].sort((a, b) => b.length - a.length).join('|');

const patterns: Readonly<Record<string, string>> = {
  d: '3[0-1]|[1-2]\\d|0[1-9]|[1-9]| [1-9]', f: '\\d{1,6}', H: '2[0-3]|[0-1]\\d|\\d', I: '1[0-2]|0[1-9]|[1-9]',
  j: '36[0-6]|3[0-5]\\d|[1-2]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9]', m: '1[0-2]|0[1-9]|[1-9]',
  M: '[0-5]\\d|\\d', S: '6[0-1]|[0-5]\\d|\\d', y: '\\d\\d', Y: '\\d\\d\\d\\d', p: 'am|pm',
  a: any(shorts(dayNames)), A: any(lowers(dayNames)), b: any(shorts(monthNames)), B: any(lowers(monthNames)),
  z: '[+-]\\d\\d:?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|z', Z: 'utc|gmt',
};

/** `strptime`: the moment, `mismatch` when the text doesn't fit, undefined when a directive is not modelled. */
export function parseByFormat(text: string, pattern: string): Moment | 'mismatch' | undefined {
  const names: string[] = [];
  let source = '';
  for (let index = 0; index < pattern.length; index += 1) {
    const letter = pattern[index] ?? '';
    if (/\s/.test(letter)) {
      if (!source.endsWith('\\s+')) source += '\\s+';
      continue;
    }
    if (letter !== '%') {
      source += letter.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
      continue;
    }
    index += 1;
    const directive = pattern[index] ?? '';
    if (directive === '%') source += '%';
    else if (patterns[directive] === undefined) return undefined;
    else {
      if (names.includes(directive)) return 'mismatch';
      names.push(directive);
      source += `(${patterns[directive]})`;
    }
  }
  const match = new RegExp(`^${source}$`, 'i').exec(text);
  return match ? momentOf(new Map(names.map((name, index) => [name, (match[index + 1] ?? '').toLowerCase()]))) : 'mismatch';
}

function momentOf(found: ReadonlyMap<string, string>): Moment | 'mismatch' {
  const number = (name: string, otherwise: number): number => (found.has(name) ? Number(found.get(name)) : otherwise);
  const short = number('y', 0);
  const year = found.has('Y') ? number('Y', 1900) : found.has('y') ? short + (short <= 68 ? 2000 : 1900) : 1900;
  let month = number('m', 1);
  if (found.has('b')) month = shorts(monthNames).indexOf(found.get('b') ?? '') + 1;
  if (found.has('B')) month = lowers(monthNames).indexOf(found.get('B') ?? '') + 1;
  let day = number('d', 1);
  if (found.has('j') && !found.has('d')) ({ month, day } = dateFromDays(daysFromDate(year, 1, 1) + number('j', 1) - 1));
  let hour = number('H', 0);
  if (found.has('I')) hour = (number('I', 12) % 12) + (found.get('p') === 'pm' ? 12 : 0);
  const offset = found.has('z') ? parseOffset(found.get('z') ?? '') : undefined;
  const microsecond = Number((found.get('f') ?? '0').padEnd(6, '0'));
  const moment = { year, month, day, hour, minute: number('M', 0), second: number('S', 0), microsecond, offset };
  return isValid(moment) ? moment : 'mismatch';
}

function parseOffset(text: string): number {
  if (text === 'z') return 0;
  const digits = text.slice(1).replace(/:/g, '');
  const size = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2, 4)) * 60 + Number(digits.slice(4, 6) || '0');
  return text.startsWith('-') ? -size : size;
}

function isValid(moment: Moment): boolean {
  const { year, month, day, hour, minute, second } = moment;
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month) && hour < 24 && minute < 60 && second < 60;
}

const datePattern = /^(\d{4})-?(\d{2})-?(\d{2})$/;
const weekPattern = /^(\d{4})-?W(\d{2})(?:-?(\d))?$/;
const timePattern = /^(\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?)?(Z|[+-]\d{2}(?::?\d{2}(?::?\d{2})?)?)?$/;

/** `date.fromisoformat`. */
export function parseIsoDate(text: string): { year: number; month: number; day: number } | undefined {
  const week = weekPattern.exec(text);
  if (week) return isoWeekDate(Number(week[1]), Number(week[2]), Number(week[3] ?? 1));
  const match = datePattern.exec(text);
  // Python takes dashes everywhere or nowhere.
  if (!match || (text.length !== 10 && text.length !== 8)) return undefined;
  const [year, month, day] = match.slice(1).map(Number);
  const moment = { year: year ?? 0, month: month ?? 0, day: day ?? 0 };
  return isValid({ ...moment, hour: 0, minute: 0, second: 0, microsecond: 0, offset: undefined }) ? moment : undefined;
}

function isoWeekDate(year: number, week: number, day: number): { year: number; month: number; day: number } | undefined {
  if (week < 1 || week > 53 || day < 1 || day > 7) return undefined;
  const fourth = daysFromDate(year, 1, 4);
  const monday = fourth - ((((fourth + 3) % 7) + 7) % 7);
  return dateFromDays(monday + (week - 1) * 7 + day - 1);
}

/** `time.fromisoformat`. */
export function parseIsoTime(text: string): Pick<Moment, 'hour' | 'minute' | 'second' | 'microsecond' | 'offset'> | undefined {
  const match = timePattern.exec(text.startsWith('T') ? text.slice(1) : text);
  if (!match) return undefined;
  const [hour, minute, second] = [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = match[5] === undefined ? undefined : parseOffset(match[5].toLowerCase());
  return { hour, minute, second, microsecond: Number((match[4] ?? '0').slice(0, 6).padEnd(6, '0')), offset };
}

/** `datetime.fromisoformat` of Python 3.11 and later. */
export function parseIso(text: string): Moment | undefined {
  const isWeek = text[4] === 'W' || text[5] === 'W';
  const cut = isWeek ? text.search(/[T ]/) : text[4] === '-' ? 10 : 8;
  const end = cut < 0 ? text.length : cut;
  const date = parseIsoDate(text.slice(0, end));
  if (!date) return undefined;
  if (text.length <= end) return { ...date, hour: 0, minute: 0, second: 0, microsecond: 0, offset: undefined };
  const time = parseIsoTime(text.slice(end + 1));
  return time && !text.slice(end + 1).startsWith('T') ? { ...date, ...time } : undefined;
}
