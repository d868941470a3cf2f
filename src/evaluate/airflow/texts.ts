import { asText } from '../python/protocol/kinds.js';
import type { Keywords, Value } from '../values.js';

/** Arguments with text in place of instances of text subclasses (members of a `str` enum), which Airflow takes as text. */
export function plainTexts(keywords: Keywords): Map<string, Value> {
  return new Map([...keywords].map(([name, value]) => [name, typeof value === 'object' ? (asText(value) ?? value) : value] as const));
}
