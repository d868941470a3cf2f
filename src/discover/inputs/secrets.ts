import { isSecretName } from '../../util/redact.js';
import { asRecord, mapValues } from './data-file.js';

/** What stands for a value that was found under a secret's name: it is dropped before anything else sees it. */
export const droppedSecret = { $redacted: true } as const;

/** A value of a file without what stands in it under the names of secrets. */
export function withoutSecrets(value: unknown, name: string): unknown {
  if (isSecretName(name) && value !== null && value !== '' && typeof value !== 'boolean') return droppedSecret;
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, ''));
  const record = value instanceof Date ? undefined : asRecord(value);
  return record === undefined ? value : mapValues(record, withoutSecrets);
}
