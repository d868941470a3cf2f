import { readFileSync } from 'node:fs';
import { KnownError } from '../errors.js';
import { IndexDocument } from '../model/estate.js';
import { INDEX_SCHEMA_VERSION } from '../model/version.js';

/** Reads what another repository wrote about itself, and checks that this version of the tool understands it. */
export function readIndex(file: string): IndexDocument {
  const advice = 'give what `dag2event index` wrote';
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (cause) {
    throw new KnownError(`${file} can't be read as an index`, advice, { cause });
  }
  const result = IndexDocument.safeParse(value);
  if (result.success && result.data.schema_version === INDEX_SCHEMA_VERSION) return result.data;
  const issue = result.success ? `schema version ${result.data.schema_version}` : `${result.error.issues[0]?.path.join('.') ?? ''}: ${result.error.issues[0]?.message ?? ''}`;
  throw new KnownError(`${file} holds no index of this version (${issue})`, advice);
}

/** Several, each of another name. */
export function readIndexes(files: readonly string[]): IndexDocument[] {
  const indexes = files.map(readIndex);
  const names = indexes.map(({ name }) => name);
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin !== undefined) throw new KnownError(`two indexes are named ${twin}`, 'write one of them again with another --name');
  return indexes;
}
