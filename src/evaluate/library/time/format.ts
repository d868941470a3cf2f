import type { DateTimeState } from './parts.js';
import { dayNames, dayOfYear, isoCalendar, monthNames, pad, weekday } from './calendar.js';

/** What `strftime` needs beside the fields: the offset and name of the zone, lazily. */
export interface ZoneText {
  offset(): string;
  name(): string;
}

const hour12 = (hour: number): number => (hour % 12 === 0 ? 12 : hour % 12);
const day = (state: DateTimeState): number => weekday(state.year, state.month, state.day);
const yearDay = (state: DateTimeState): number => dayOfYear(state.year, state.month, state.day);
const iso = (state: DateTimeState): ReturnType<typeof isoCalendar> => isoCalendar(state.year, state.month, state.day);

const directives: Readonly<Record<string, (state: DateTimeState, zone: ZoneText) => string>> = {
  '%': () => '%',
  a: (state) => (dayNames[day(state)] ?? '').slice(0, 3),
  A: (state) => dayNames[day(state)] ?? '',
  b: (state) => (monthNames[state.month - 1] ?? '').slice(0, 3),
  h: (state) => (monthNames[state.month - 1] ?? '').slice(0, 3),
  B: (state) => monthNames[state.month - 1] ?? '',
  c: (state, zone) => format(state, `%a %b ${String(state.day).padStart(2)} %H:%M:%S ${state.year}`, zone) ?? '',
  d: (state) => pad(state.day, 2),
  D: (state, zone) => format(state, '%m/%d/%y', zone) ?? '',
  e: (state) => String(state.day).padStart(2),
  f: (state) => pad(state.microsecond, 6),
  F: (state) => `${state.year}-${pad(state.month, 2)}-${pad(state.day, 2)}`,
  G: (state) => String(iso(state).year),
  H: (state) => pad(state.hour, 2),
  I: (state) => pad(hour12(state.hour), 2),
  j: (state) => pad(yearDay(state), 3),
  m: (state) => pad(state.month, 2),
  M: (state) => pad(state.minute, 2),
  n: () => '\n',
  p: (state) => (state.hour < 12 ? 'AM' : 'PM'),
  R: (state, zone) => format(state, '%H:%M', zone) ?? '',
  S: (state) => pad(state.second, 2),
  t: () => '\t',
  T: (state, zone) => format(state, '%H:%M:%S', zone) ?? '',
  u: (state) => String(day(state) + 1),
  U: (state) => pad(Math.floor((yearDay(state) + 6 - ((day(state) + 1) % 7)) / 7), 2),
  V: (state) => pad(iso(state).week, 2),
  w: (state) => String((day(state) + 1) % 7),
  W: (state) => pad(Math.floor((yearDay(state) + 6 - day(state)) / 7), 2),
  x: (state, zone) => format(state, '%m/%d/%y', zone) ?? '',
  X: (state, zone) => format(state, '%H:%M:%S', zone) ?? '',
  y: (state) => pad(state.year % 100, 2),
  Y: (state) => String(state.year),
  z: (_state, zone) => zone.offset(),
  Z: (_state, zone) => zone.name(),
};

/** `strftime` of the C locale on glibc; undefined when a directive is not modelled. */
export function format(state: DateTimeState, pattern: string, zone: ZoneText): string | undefined {
  let text = '';
  for (let index = 0; index < pattern.length; index += 1) {
    if (pattern[index] !== '%') {
      text += pattern.charAt(index);
      continue;
    }
    index += 1;
    const stripsZero = pattern[index] === '-';
    if (stripsZero) index += 1;
    const directive = directives[pattern[index] ?? ''];
    if (!directive || (stripsZero && !'dmHIMSjyUWV'.includes(pattern[index] ?? ''))) return undefined;
    const part = directive(state, zone);
    text += stripsZero ? part.replace(/^0+(?=\d)/, '') : part;
  }
  return text;
}
