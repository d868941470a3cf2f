import type { AnalysisDocument, Finding } from '../model/analysis.js';
import { comparePlaces, compareText } from '../model/place.js';
import { fingerprintOf } from './fingerprint.js';
import { checkRules } from './rules/registry.js';
import { createEstate, type CheckRule, type FindingDraft } from './rules/rule.js';

/** Every finding of every rule, sorted by place. Findings with the same identity are one. */
export function checkAnalysis(analysis: AnalysisDocument): Finding[] {
  const estate = createEstate(analysis);
  const findings = checkRules.flatMap((rule) => rule.find(estate).map((draft) => finish(rule, draft)));
  const unique = new Map<string, Finding>();
  for (const finding of findings.sort(compareFindings)) {
    if (!unique.has(finding.fingerprint)) unique.set(finding.fingerprint, finding);
  }
  return [...unique.values()];
}

function finish(rule: CheckRule, draft: FindingDraft): Finding {
  const { subject, cure, ...rest } = draft;
  return {
    rule: rule.doc.id,
    ...rest,
    cure: cure ?? rule.doc.cure,
    fingerprint: fingerprintOf({ rule: rule.doc.id, dag_id: draft.dag_id, task_id: draft.task_id, subject }),
  };
}

function compareFindings(a: Finding, b: Finding): number {
  return comparePlaces(a.place, b.place) || compareText(a.rule, b.rule) || compareText(a.message, b.message);
}
