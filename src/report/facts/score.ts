import type { PlanScore } from '../../model/plan.js';

/** What each part of a score says of the plan. */
export const partWords: Record<PlanScore['parts'][number]['name'], string> = {
  sound: 'holds every invariant',
  placed: 'places every DAG',
  hazards_met: 'meets the hazards',
  known_operation: 'knows how the DAGs are run',
  wait_removed: 'removes waits for clocks',
  parallel: 'moves DAGs side by side',
  answered: 'leaves few questions',
};

/** The score in one line, with what it is made of. */
export function describeScore({ total, parts }: PlanScore): string {
  const told = parts.map(({ name, share, weight }) => `${partWords[name]} ${Math.round(share * weight * 10) / 10}/${weight}`);
  return `Score ${Math.round(total)} of 100: ${told.join(', ')}`;
}
