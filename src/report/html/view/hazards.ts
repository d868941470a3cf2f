import type { Severity } from '../../../model/analysis.js';
import { compareText } from '../../../model/place.js';
import { severities } from '../../words.js';
import type { DagView, HazardView } from './dag.js';

/** Hazards of one rule at one severity, with the cure where they share it. */
export interface HazardGroup {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  /** Empty when the cures differ. */
  readonly cure: string;
  /** What the plan says to all of them; empty when the answers differ. */
  readonly answer: string;
  readonly hazards: readonly HazardView[];
}

/** Hazards by severity, then by rule, the commonest rule first. */
export function hazardGroups(dags: readonly DagView[]): HazardGroup[] {
  const groups = new Map<string, HazardView[]>();
  for (const view of dags.flatMap((dag) => dag.hazards)) {
    const key = JSON.stringify([view.hazard.severity, view.hazard.rule, view.answer]);
    groups.set(key, [...(groups.get(key) ?? []), view]);
  }
  return [...groups.values()]
    .flatMap((hazards) => {
      const [first] = hazards;
      if (first === undefined) return [];
      const { rule, title, severity, cure } = first.hazard;
      const isShared = hazards.every(({ hazard }) => hazard.cure === cure);
      return [{ rule, title, severity, cure: isShared ? cure : '', answer: hazards.every(({ answer }) => answer === first.answer) ? first.answer : '', hazards }];
    })
    .sort(
      (a, b) =>
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        b.hazards.length - a.hazards.length ||
        compareText(a.rule, b.rule),
    );
}
