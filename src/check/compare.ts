import type { Finding } from '../model/analysis.js';
import type { CheckedFinding } from '../model/check.js';

const ranks: Readonly<Record<Finding['level'], number>> = { note: 0, warning: 1, error: 2 };

/**
 * What a change brought: findings that were not there before, that are worse now, or whose exception came or went.
 * A finding in an unchanged file names the changed ones that it rests on.
 */
export function newFindings(
  now: readonly CheckedFinding[],
  before: readonly CheckedFinding[],
  changedFiles: readonly string[],
): { findings: CheckedFinding[]; unchanged: number } {
  const known = new Map(before.map((finding) => [finding.fingerprint, finding]));
  const changed = new Set(changedFiles);
  const findings = now.filter((finding) => {
    const old = known.get(finding.fingerprint);
    return old === undefined || old.state !== finding.state || ranks[finding.level] > ranks[old.level];
  });
  return {
    findings: findings.map((finding) => ({ ...finding, because_of: changed.has(finding.place.file) ? [] : causes(finding, changed) })),
    unchanged: now.length - findings.length,
  };
}

function causes({ related }: CheckedFinding, changed: ReadonlySet<string>): string[] {
  const named = [...new Set(related.map((place) => place.file))].filter((file) => changed.has(file));
  return named.length > 0 || changed.size > 1 ? named : [...changed];
}
