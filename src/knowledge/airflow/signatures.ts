import { entryOf } from './table.js';
import type { ApiTable, JsonScalar, SignatureEntry } from './table.js';

export type ParameterKind =
  | 'positional_only'
  | 'positional_or_keyword'
  | 'keyword_only'
  | 'var_positional'
  | 'var_keyword';

export interface ParameterFacts {
  name: string;
  kind: ParameterKind;
  required: boolean;
  /** Present when the default is a JSON scalar. */
  default?: JsonScalar;
}

/** Parameters of a function or of a class's `__init__`, in order, without `self`. */
export function signatureOf(table: ApiTable, path: string): readonly ParameterFacts[] | undefined {
  return entryOf(table.signatures, path)?.map(parameterFacts);
}

function parameterFacts(entry: SignatureEntry): ParameterFacts {
  const [name, kind] = entry;
  const facts = { name, kind: kind as ParameterKind, required: entry.length === 2 && !kind.startsWith('var_') };
  const fallback = entry[2];
  return fallback === undefined || isObject(fallback) ? facts : { ...facts, default: fallback };
}

function isObject(value: JsonScalar | object): value is object {
  return typeof value === 'object' && value !== null;
}
