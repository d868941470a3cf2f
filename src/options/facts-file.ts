import { readFileSync } from 'node:fs';
import path from 'node:path';
import { KnownError } from '../errors.js';
import { FactsDocument } from '../model/facts.js';
import { FACTS_SCHEMA_VERSION } from '../model/version.js';

/** Reads the facts of a share, and checks that this version of the tool understands them. */
export function readFacts(file: string): { name: string; document: FactsDocument } {
  const advice = 'give what `dag2event check --shard` of this version wrote';
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (cause) {
    throw new KnownError(`${file} can't be read as facts`, advice, { cause });
  }
  const result = FactsDocument.safeParse(value);
  if (result.success && result.data.schema_version === FACTS_SCHEMA_VERSION) return { name: path.basename(file), document: result.data };
  const issue = result.success ? `schema version ${result.data.schema_version}` : `${result.error.issues[0]?.path.join('.') ?? ''}: ${result.error.issues[0]?.message ?? ''}`;
  throw new KnownError(`${file} holds no facts of this version (${issue})`, advice);
}
