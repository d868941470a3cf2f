import { KnownError } from '../../errors.js';
import type { Change, Verdict } from './compatibility.js';
import { compareSchemas, verdictOf } from './compatibility.js';
import { read } from './registry.js';
import type { Found } from './registry.js';
import { compareTerms } from './terms.js';

export interface ContractDiff {
  /** `<source>/<event>/v<version>`. */
  contract: string;
  kind: 'added' | 'removed' | 'changed';
  verdict: Verdict;
  changes: Change[];
}

/** What changed between two registries, contract by contract and version by version. A version that goes is breaking. */
export function diffRegistries(before: Found, after: Found): ContractDiff[] {
  const folders = (found: Found): string[] => [...found.keys()].flatMap((path) => (path.endsWith('/schema.json') ? [path.slice(0, -'/schema.json'.length)] : []));
  const all = [...new Set([...folders(before), ...folders(after)])].sort();
  return all.flatMap((contract): ContractDiff[] => {
    const [old, now] = [before.get(`${contract}/schema.json`), after.get(`${contract}/schema.json`)];
    if (old === undefined) return [{ contract, kind: 'added', verdict: 'full', changes: [] }];
    if (now === undefined) return [{ contract, kind: 'removed', verdict: 'breaking', changes: [{ at: '', text: 'the version is gone', effect: 'other' }] }];
    const changes = [
      ...compareSchemas(contentOf(before, `${contract}/schema.json`), contentOf(after, `${contract}/schema.json`)),
      ...compareTerms(contentOf(before, `${contract}/contract.yaml`), contentOf(after, `${contract}/contract.yaml`)),
    ];
    return changes.length === 0 ? [] : [{ contract, kind: 'changed', verdict: verdictOf(changes), changes }];
  });
}

/** The content of a registry file, empty where there is none. Throws a KnownError for what isn't a map of keys to values. */
function contentOf(found: Found, path: string): Record<string, unknown> {
  const text = found.get(path);
  if (text === undefined) return {};
  const value = read(path, text);
  const isMap = typeof value === 'object' && value !== null && !(value instanceof Error) && !Array.isArray(value);
  if (isMap) return value as Record<string, unknown>;
  const reason = value instanceof Error ? (value.message.split('\n', 1)[0] ?? '') : 'it is no map of keys to values';
  throw new KnownError(`${path} can't be read: ${reason}`, 'mend the file, or take it from the version control again');
}
