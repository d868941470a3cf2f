import { createHash } from 'node:crypto';
import type { CheckedFinding } from '../../model/check.js';
import { visible } from '../visible.js';
import { pathInCheckout, worstFirst, type CheckView } from './view.js';

const severities: Readonly<Record<CheckedFinding['level'], string>> = { error: 'major', warning: 'minor', note: 'info' };

/** GitLab's Code Quality report (https://docs.gitlab.com/ci/testing/code_quality/). GitLab takes one of equal fingerprints. */
export function renderGitlab(view: CheckView): string {
  const issues = worstFirst(view).map((finding) => ({
    description: `${visible(finding.message)}. ${visible(finding.cure)}`,
    check_name: finding.rule,
    fingerprint: createHash('sha256').update(finding.fingerprint).digest('hex'),
    severity: severities[finding.level],
    location: { path: visible(pathInCheckout(view, finding.place.file)), lines: { begin: finding.place.line } },
  }));
  return `${JSON.stringify(issues, null, 2)}\n`;
}
