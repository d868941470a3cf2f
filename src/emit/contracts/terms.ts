import type { Change, Effect } from './compatibility.js';
import { same } from './merge.js';

type Terms = Readonly<Record<string, unknown>>;

const deliveryOrder = ['at_most_once', 'at_least_once', 'effectively_once'];

function rank(value: unknown): number {
  return deliveryOrder.indexOf(String(value));
}

function larger(old: unknown, now: unknown): boolean {
  return typeof old === 'number' && typeof now === 'number' && now > old;
}

/** Terms on which both sides rely, and what their change does; what is not named here only informs. */
const rules: Readonly<Record<string, (old: unknown, now: unknown) => Effect>> = {
  type: () => 'other',
  dedupe_key: () => 'other',
  ordering: (_old, now) => (now === 'none' ? 'wider' : 'other'),
  delivery: (old, now) => (rank(now) > rank(old) ? 'none' : 'wider'),
  retention_hours: (old, now) => (larger(old, now) ? 'none' : 'narrower'),
  starts_within_minutes: (old, now) => (larger(old, now) ? 'wider' : 'none'),
};

/** What changed between the terms of two versions of a contract. */
export function compareTerms(before: Terms, after: Terms): Change[] {
  return Object.entries(rules).flatMap(([key, effectOf]) => {
    const [old, now] = [before[key], after[key]];
    if (same(old, now)) return [];
    return [{ at: `/${key}`, text: `${key} ${JSON.stringify(old) ?? 'nothing'} became ${JSON.stringify(now) ?? 'nothing'}`, effect: effectOf(old, now) }];
  });
}
