import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { commitAll, git } from '../support/git.js';
import { difference, editCount, Estate, namesOf } from './estate.js';
import { edits } from './meaning.js';
import { Random } from './random.js';

// What `check --base` reports is what two full runs differ by, whatever was edited.

/** After so many steps the estate is as in the beginning again: mere ruins would have no findings. */
const STEPS_BEFORE_RESET = 8;

test('what a change brought is what two full runs differ by', { timeout: 7_200_000 }, async () => {
  const count = editCount(12);
  const random = new Random(20261101);
  const estate = new Estate();
  const seen = { edits: 0, findings: 0, elsewhere: 0 };
  try {
    const first = git(estate.root, 'rev-parse', 'HEAD');
    let before = await estate.check('--all');
    for (let step = 0; step < count; step += 1) {
      if (step % STEPS_BEFORE_RESET === STEPS_BEFORE_RESET - 1) {
        git(estate.root, 'checkout', '-q', first, '--', '.');
      }
      const names = Array.from({ length: 1 + random.below(3) }, () => random.of(Object.keys(edits)));
      for (const name of names) if (existsSync(path.join(estate.root, 'dags/sql'))) edits[name]?.(estate, random);
      const base = git(estate.root, 'rev-parse', 'HEAD');
      commitAll(estate.root);
      const now = await estate.check('--all');
      const changed = await estate.check('--base', base);
      expect(changed.scope.kind, names.join(', ')).toBe('changed');
      expect(namesOf(changed.findings.filter((finding) => finding.state === 'new')), `step ${step}: ${names.join(', ')}`).toEqual(difference(counting(now.findings), counting(before.findings)));
      seen.edits += names.length;
      seen.findings += changed.findings.length;
      const files = new Set(changed.scope.kind === 'changed' ? changed.scope.changed_files : []);
      seen.elsewhere += changed.findings.filter((finding) => !files.has(finding.place.file)).length;
      before = now;
    }
  } finally {
    estate.close();
  }
  console.log(`${count} sequences, ${seen.edits} edits, ${seen.findings} new findings, ${seen.elsewhere} of them in files that were not edited`);
  expect(seen.findings).toBeGreaterThan(count / 4);
});

function counting<T extends { state: string }>(findings: readonly T[]): T[] {
  return findings.filter((finding) => finding.state === 'new');
}
