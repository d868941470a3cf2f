import { createHash } from 'node:crypto';

/** How much of the hash is kept: enough that two findings of any repository differ. */
const fingerprintLength = 32;

/**
 * The identity of a finding: what it is about, without files, lines or wording, so that edits elsewhere don't change
 * it. `count` tells apart findings that are about the same, in the order of their places.
 */
export function fingerprintOf(finding: { rule: string; dag_id: string | null; task_id: string | null; subject: string }, count = 1): string {
  const parts = [finding.rule, finding.dag_id, finding.task_id, finding.subject, ...(count === 1 ? [] : [count])];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, fingerprintLength);
}
