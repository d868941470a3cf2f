import { compareText } from '../../model/place.js';
import { eventKinds } from '../tables/event-kinds.js';
import type { Leg } from './legs.js';

/** Longer parts are cut: a name has to fit into topics and folders. */
const LONGEST_PART = 48;

/** Sources of which one field is the name; of the others all fields together are. */
const namedByOne = new Set<Leg['kind']>(['asset', 'dag_completion', 'job_completion', 'webhook', 'sqs', 'servicebus', 'kafka']);

/** What tells the events of one source from those of another. */
export function identityOf({ kind, fields }: Leg): string {
  const row = eventKinds[kind];
  const found = row.named_by.flatMap((field) => (fields[field] === undefined ? [] : [fields[field]]));
  return JSON.stringify([kind, ...(namedByOne.has(kind) ? found.slice(0, 1) : found)]);
}

/** The name that these events want; two identities may want the same. */
function wantedName({ kind, fields }: Leg): string {
  const row = eventKinds[kind];
  const parts = row.named_by.flatMap((field) => {
    const part = slug(fields[field] ?? '');
    return part === '' ? [] : [part];
  });
  const named = namedByOne.has(kind) ? parts.slice(0, 1) : parts;
  return [kind, ...named, row.event].join('.');
}

/** Lower-case words and hyphens; templates and wildcards are no part of a name. */
function slug(text: string): string {
  return text
    .replace(/\{\{.*?\}\}|\{%.*?%\}/g, ' ')
    .toLowerCase()
    .replace(/^[a-z0-9+]+:\/\//, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_PART)
    .replace(/^-+|-+$/g, '');
}

/** Each identity with its own name: where two want the same one, the later (by identity) gets a number. */
export function nameEvents(legs: readonly Leg[]): ReadonlyMap<string, string> {
  const wanted = new Map(legs.map((leg) => [identityOf(leg), wantedName(leg)]));
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const [identity, name] of [...wanted].sort(([a], [b]) => compareText(a, b))) {
    let free = name;
    for (let number = 2; taken.has(free); number += 1) free = `${name}-${number}`;
    taken.add(free);
    names.set(identity, free);
  }
  return names;
}
