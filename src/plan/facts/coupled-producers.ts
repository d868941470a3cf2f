import type { PlanFacts } from './plan-facts.js';

/** The moving DAGs whose clock these DAGs relied on, sorted, without these DAGs themselves. */
export function coupledProducers(
  dagIds: readonly string[],
  moving: ReadonlySet<string>,
  facts: PlanFacts,
): string[] {
  const own = new Set(dagIds);
  const producers = dagIds.flatMap((dagId) => (facts.reliesOn.get(dagId) ?? []).map(({ producer }) => producer));
  return [...new Set(producers)].filter((producer) => moving.has(producer) && !own.has(producer)).sort();
}
