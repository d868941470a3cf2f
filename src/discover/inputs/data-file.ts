import { yamlLibrary } from '../../util/yaml.js';
import { KnownError } from '../../errors.js';
import { statOf } from '../files.js';
import { MAX_DATA_BYTES } from '../limits.js';
import { readRegularFile } from '../read-file.js';
import type { Trace } from '../trace.js';
import { parseEnvFile } from './env-file.js';

/** A file of inputs that the user named: what it is for, in the words of an error. */
export interface GivenFile {
  file: string;
  /** What it should be, e.g. `an export of Airflow Variables (JSON or YAML)`. */
  wanted: string;
  /** The command that makes one. */
  exportedBy: string;
  trace?: Trace | undefined;
}

/** Text of a file that the user named. A missing, huge or binary file is the user's mistake. */
export function readGivenText({ file, wanted, trace }: GivenFile): string {
  trace?.look(file);
  const stat = statOf(file);
  if (stat?.isDirectory() === true) throw new KnownError(`${file} is a folder`, `give ${wanted}`);
  if (stat !== undefined && stat.size > MAX_DATA_BYTES) {
    throw new KnownError(`${file} is larger than ${(MAX_DATA_BYTES / 1024 / 1024).toString()} MB`, `give ${wanted}`);
  }
  const bytes = readRegularFile(file, MAX_DATA_BYTES);
  trace?.read(file, bytes);
  if (bytes === undefined) throw new KnownError(`${file} can't be read`, `give ${wanted}`);
  try {
    return decode(bytes);
  } catch (cause) {
    throw new KnownError(`${file} is not text`, `give ${wanted}`, { cause });
  }
}

/** The mapping in a file that the user named: JSON, YAML or, by its name, `NAME=VALUE` lines. */
export function readGivenMapping(given: GivenFile): Record<string, unknown> {
  const { file, exportedBy } = given;
  const text = readGivenText(given);
  let value: unknown;
  try {
    value = parseData(file, text);
  } catch (cause) {
    const [reason] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new KnownError(`${file} is neither JSON nor YAML: ${reason}`, `export it with ${exportedBy}`, { cause });
  }
  const record = asRecord(value);
  if (record === undefined) throw new KnownError(`${file} holds no mapping`, `export it with ${exportedBy}`);
  return record;
}

/** The mapping in the bytes of a file that was found; undefined when it holds none. */
export function parseFoundMapping(file: string, bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    return asRecord(parseData(file, decode(bytes)));
  } catch {
    return undefined;
  }
}

/** Text of bytes in UTF-8; throws for anything else, binary files included. */
export function decode(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  if (text.includes('\0')) throw new TypeError('a null byte');
  return text;
}

function parseData(file: string, text: string): unknown {
  if (file.endsWith('.env')) return Object.fromEntries(parseEnvFile(text));
  return file.endsWith('.json') ? parseJson(text) : plainNumbers(yamlLibrary().parse(text, { intAsBigInt: true, merge: true }));
}

/** Numbers of which JavaScript would forget whether they were whole, or some of their digits. */
const fragileNumber = /"(?:\\.|[^"\\])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON whose `1.0` stays a float (`{"$float": "1.0"}`) and whose large whole numbers keep their digits (`{"$int"}`). */
function parseJson(text: string): unknown {
  const plain: unknown = JSON.parse(text);
  const marked = text.replace(fragileNumber, (token) => {
    if (token.startsWith('"')) return token;
    if (/^-?\d+$/.test(token)) return Number.isSafeInteger(Number(token)) ? token : `{"$int":"${token}"}`;
    return Number.isInteger(Number(token)) ? `{"$float":"${Number(token).toString()}"}` : token;
  });
  return marked === text ? plain : (JSON.parse(marked) as unknown);
}

/** The same of what the YAML parser made, where whole numbers are `bigint`. */
function plainNumbers(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : { $int: value.toString() };
  if (typeof value === 'number') return Number.isInteger(value) || !Number.isFinite(value) ? { $float: value.toString() } : value;
  if (Array.isArray(value)) return value.map(plainNumbers);
  const record = value instanceof Date ? undefined : asRecord(value);
  return record === undefined ? value : mapValues(record, plainNumbers);
}

/** A mapping with each value replaced. */
export function mapValues(record: Record<string, unknown>, change: (value: unknown, key: string) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}

export function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

/** The mappings in a list. */
export function records(list: unknown): Record<string, unknown>[] {
  const entries: unknown[] = Array.isArray(list) ? list : [];
  return entries.map(asRecord).filter((entry) => entry !== undefined);
}

/** A text as a list of one, anything else as an empty list. */
export function textOf(value: unknown): string[] {
  return typeof value === 'string' && value !== '' ? [value] : [];
}
