import type { PlanFacts } from './plan-facts.js';

/** The hazard rule for what the calendar decides: a weekday, a day of the month, a time of day. */
const CALENDAR_RULE = 'H18';

/** Whether a rule of the calendar decides about a DAG's runs, besides whatever else does. */
export function followsCalendar(dagId: string, facts: PlanFacts): boolean {
  return (facts.hazardsOf.get(dagId) ?? []).some(({ rule }) => rule === CALENDAR_RULE);
}
