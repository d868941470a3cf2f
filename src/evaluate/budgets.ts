import type { Place } from '../model/place.js';

/**
 * How much work one file may cause. The largest DAG files of production repositories (factories over a few hundred
 * tables) take about 2 million steps; a file that needs more is not a graph but a program.
 */
export const budgets = { stepsPerFile: 5_000_000 } as const;

/** Thrown when a file has used up its budget: its DAGs so far are kept, and are not exact. */
export class BudgetExceeded extends Error {
  constructor(
    readonly what: string,
    readonly place: Place,
  ) {
    super(`the budget of ${what} is used up`);
  }
}
