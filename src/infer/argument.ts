import type { ArgumentValue } from '../model/graph.js';

/** What an argument says, as far as it is known. `absent` is: not given, Airflow's default holds. */
export type Reading =
  | { kind: 'absent' }
  | { kind: 'unknown'; reason: string }
  | { kind: 'texts'; texts: string[]; unknown: string | null };

/** Reads an argument as one or several texts. A list with unknown members gives the known ones and says so. */
export function readTexts(value: ArgumentValue | undefined): Reading {
  if (value === undefined || value === null) return { kind: 'absent' };
  if (typeof value === 'string') return { kind: 'texts', texts: [value], unknown: null };
  if (typeof value === 'number' || typeof value === 'boolean') return { kind: 'texts', texts: [String(value)], unknown: null };
  const members = Array.isArray(value) ? value : taggedMembers(value);
  if (!members) return { kind: 'unknown', reason: unknownReason(value) };
  return readMembers(members);
}

function readMembers(members: readonly ArgumentValue[]): Reading {
  const texts: string[] = [];
  let unknown: string | null = null;
  for (const member of members) {
    const reading = readTexts(member);
    if (reading.kind === 'texts') texts.push(...reading.texts);
    if (reading.kind === 'unknown') unknown = reading.reason;
  }
  if (texts.length === 0 && unknown !== null) return { kind: 'unknown', reason: unknown };
  return texts.length === 0 ? { kind: 'absent' } : { kind: 'texts', texts, unknown };
}

function taggedMembers(value: { [key: string]: ArgumentValue }): ArgumentValue[] | undefined {
  const set = value['$set'];
  return Array.isArray(set) ? set : undefined;
}

/** Why a value isn't a plain one: the reason of an unknown, or what kind of object stands there. */
export function unknownReason(value: ArgumentValue): string {
  if (value === null || typeof value !== 'object') return 'not known';
  if (Array.isArray(value)) return 'a list';
  const reason = value['$unknown'];
  if (typeof reason === 'string') return reason;
  if ('$xcom' in value) return 'the result of another task, known only at run time';
  if ('$callable' in value) return 'a function, evaluated at run time';
  if ('$redacted' in value) return 'a secret';
  return 'an object that is not a plain value';
}

/** The same of an argument that may be a mapping, such as the key of a row: `id=7`. */
export function readNamedTexts(value: ArgumentValue | undefined): Reading {
  if (value === undefined || value === null || typeof value !== 'object' || Array.isArray(value)) return readTexts(value);
  const entries = Object.entries(value);
  if (entries.length === 0 || entries.some(([name]) => name.startsWith('$'))) return readTexts(value);
  const readings = entries.map(([name, member]) => ({ name, reading: readTexts(member) }));
  const texts = readings.flatMap(({ name, reading }) => (reading.kind === 'texts' ? [`${name}=${reading.texts.join(', ')}`] : []));
  const unknown = readings.map(({ reading }) => (reading.kind === 'unknown' ? reading.reason : reading.kind === 'texts' ? reading.unknown : null)).find((each) => each !== null) ?? null;
  return texts.length === 0 && unknown !== null ? { kind: 'unknown', reason: unknown } : { kind: 'texts', texts, unknown };
}

/** Seconds of a number or a timedelta; null when the value is given but not known, undefined when it isn't given. */
export function readSeconds(value: ArgumentValue | undefined): number | null | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') return value;
  if (typeof value === 'object' && !Array.isArray(value)) {
    const seconds = value['$timedelta'];
    if (typeof seconds === 'number') return seconds;
  }
  return null;
}

/** A flag: undefined when it isn't given, null when it is given and not known. */
export function readFlag(value: ArgumentValue | undefined): boolean | null | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'boolean') return value;
  if (value === null) return false;
  return typeof value === 'object' && !Array.isArray(value) && '$unknown' in value ? null : true;
}

/** Every text inside a value, with the path to it (`op_kwargs.day`, `keys[0]`). */
export function* textsWithin(value: ArgumentValue, path: string): Generator<{ path: string; text: string }> {
  if (typeof value === 'string') yield { path, text: value };
  else if (Array.isArray(value)) {
    for (const [index, member] of value.entries()) yield* textsWithin(member, `${path}[${index}]`);
  } else if (value !== null && typeof value === 'object') yield* textsWithinObject(value, path);
}

function* textsWithinObject(value: { [key: string]: ArgumentValue }, path: string): Generator<{ path: string; text: string }> {
  for (const [key, member] of Object.entries(value)) {
    if (key === '$set' || !key.startsWith('$')) yield* textsWithin(member, key === '$set' ? path : `${path}.${key}`);
  }
}
