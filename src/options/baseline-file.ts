import { readFileSync } from 'node:fs';
import { KnownError } from '../errors.js';
import { BaselineDocument, type BaselineEntry } from '../model/check.js';
import { BASELINE_SCHEMA_VERSION } from '../model/version.js';

/** The name of a baseline where nobody says another. */
export const baselineName = '.dag2event-baseline.json';

/** An entry and the line of the file that it stands on. */
export type PlacedEntry = BaselineEntry & { readonly line: number };

/** Reads a baseline; undefined when the file doesn't exist. */
export function readBaseline(file: string): PlacedEntry[] | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new KnownError(`${file} can't be read`, 'give another file as --baseline, or --no-baseline', { cause });
  }
  return placed(entriesOf(file, text), text);
}

function entriesOf(file: string, text: string): BaselineEntry[] {
  const advice = '`dag2event baseline` writes it anew; `dag2event schema baseline` says what it may hold';
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch (cause) {
    throw new KnownError(`${file} is not JSON`, advice, { cause });
  }
  const result = BaselineDocument.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new KnownError(`${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`, advice);
  }
  const [major] = BASELINE_SCHEMA_VERSION.split('.');
  if (result.data.schema_version.split('.')[0] !== major) throw new KnownError(`${file} has schema version ${result.data.schema_version}; this version of dag2event understands ${BASELINE_SCHEMA_VERSION}`, advice);
  return result.data.entries;
}

function placed(entries: readonly BaselineEntry[], text: string): PlacedEntry[] {
  const lines = new Map<string, number>();
  for (const [index, line] of text.split('\n').entries()) {
    const fingerprint = /"fingerprint":\s*"(\w+)"/.exec(line)?.[1];
    if (fingerprint !== undefined && !lines.has(fingerprint)) lines.set(fingerprint, index + 1);
  }
  return entries.map((entry) => ({ ...entry, line: lines.get(entry.fingerprint) ?? 1 }));
}
