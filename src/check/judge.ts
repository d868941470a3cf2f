import type { AnalysisDocument } from '../model/analysis.js';
import type { CheckedFinding, CheckSettings, RuleBug } from '../model/check.js';
import type { PlanDocument } from '../model/plan.js';
import { comparePlaces, compareText } from '../model/place.js';
import { findAll, identified } from './find.js';
import { levelsBy } from './levels.js';
import { checkRules } from './rules/registry.js';
import type { CheckRule } from './rules/rule.js';
import { createEstate } from './rules/rule.js';
import { applyExceptions, type Exceptions } from './suppress/exceptions.js';

/** An analysis with all that decides over its findings. */
export interface Case {
  readonly analysis: AnalysisDocument;
  readonly plan?: PlanDocument | undefined;
  readonly settings: CheckSettings;
  readonly exceptions: Pick<Exceptions, 'directives' | 'baseline' | 'today'>;
}

export interface Judgement {
  /** By place, then rule. */
  readonly findings: readonly CheckedFinding[];
  readonly bugs: readonly RuleBug[];
}

/** Runs the rules over an analysis and applies levels, comments and baseline. */
export function judge({ analysis, plan, settings, exceptions }: Case, rules: readonly CheckRule[] = checkRules): Judgement {
  const estate = createEstate(analysis, plan);
  const { findings, bugs } = findAll(rules, estate, settings);
  const turnedOff = new Set(Object.entries(settings.rules).flatMap(([id, level]) => (level === 'off' ? [id.toUpperCase()] : [])));
  const known = new Set(rules.map((rule) => rule.doc.id));
  const applied = applyExceptions(findings, { ...exceptions, known, isOff: (rule) => turnedOff.has(rule) });
  const told = identified(applied.drafts, levelsBy(settings), estate).map((finding): CheckedFinding => ({ ...finding, state: 'new', justification: null, because_of: [] }));
  return { findings: [...applied.findings, ...told].sort(compareFindings), bugs };
}

function compareFindings(a: CheckedFinding, b: CheckedFinding): number {
  return comparePlaces(a.place, b.place) || compareText(a.rule, b.rule) || compareText(a.message, b.message) || compareText(a.fingerprint, b.fingerprint);
}
