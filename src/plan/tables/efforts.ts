import type { Hazard } from '../../model/analysis.js';

/** Hours of one engineer who knows the repository: the plan's own estimates, to be replaced by the team's. */
export const efforts = {
  outlet: 1,
  foundation: 16,
  channel: 6,
  guard: 2,
  signals: 1,
  rehearsal: 2,
  cutover: 1,
  hazard: { high: 8, medium: 4, low: 1 } satisfies Record<Hazard['severity'], number>,
} as const;
