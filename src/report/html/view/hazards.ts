import type { Hazard, Severity } from '../../../model/analysis.js';
import { compareText } from '../../../model/place.js';
import { severities } from '../../words.js';

export interface HazardView {
  readonly hazard: Hazard;
  /** How the plan meets it; empty when it says nothing. */
  readonly answer: string;
}

/** Hazards that share rule, severity, cure and answer. */
export interface HazardGroup {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly cure: string;
  readonly answer: string;
  readonly hazards: readonly HazardView[];
}

/** Hazards by severity, then by rule, the commonest rule first. */
export function groupHazards(views: readonly HazardView[]): HazardGroup[] {
  const groups = new Map<string, HazardView[]>();
  for (const view of views) {
    const { severity, rule, cure } = view.hazard;
    const key = JSON.stringify([severity, rule, cure, view.answer]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [view]);
    else group.push(view);
  }
  return [...groups.values()]
    .flatMap((hazards): HazardGroup[] => {
      const [first] = hazards;
      if (first === undefined) return [];
      const { rule, title, severity, cure } = first.hazard;
      return [{ rule, title, severity, cure, answer: first.answer, hazards }];
    })
    .sort(
      (a, b) =>
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        b.hazards.length - a.hazards.length ||
        compareText(a.rule, b.rule),
    );
}

/** How many of the hazards each DAG has, in their order. */
export function countByDag(hazards: readonly HazardView[]): (readonly [dagId: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const { hazard } of hazards) counts.set(hazard.dag_id, (counts.get(hazard.dag_id) ?? 0) + 1);
  return [...counts];
}

/** All hazards of one rule. */
export interface RuleHazards {
  readonly rule: string;
  readonly title: string;
  /** The worst severity among them. */
  readonly severity: Severity;
  readonly counts: readonly { readonly severity: Severity; readonly count: number }[];
  readonly dags: number;
  readonly hazards: number;
  readonly groups: readonly HazardGroup[];
}

/** Hazards by rule, the worst rule first, then the commonest. */
export function hazardsByRule(views: readonly HazardView[]): RuleHazards[] {
  const rules = new Map<string, HazardGroup[]>();
  for (const group of groupHazards(views)) rules.set(group.rule, [...(rules.get(group.rule) ?? []), group]);
  return [...rules.values()].flatMap((groups): RuleHazards[] => {
    const [worst] = groups;
    if (worst === undefined) return [];
    const all = groups.flatMap((group) => group.hazards.map(({ hazard }) => hazard));
    const counts = severities
      .map((severity) => ({ severity, count: all.filter((hazard) => hazard.severity === severity).length }))
      .filter(({ count }) => count > 0);
    const { rule, title, severity } = worst;
    return [{ rule, title, severity, counts, dags: new Set(all.map((hazard) => hazard.dag_id)).size, hazards: all.length, groups }];
  }).sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.hazards - a.hazards || compareText(a.rule, b.rule));
}
