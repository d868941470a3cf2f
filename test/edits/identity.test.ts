import { expect, test } from 'vitest';
import { commitAll, git } from '../support/git.js';
import { editCount, Estate, namesOf } from './estate.js';
import { faults } from './faults.js';
import { Random } from './random.js';
import { harmlessEdits } from './same-meaning.js';

const EDITS_AT_ONCE = 10;

test('edits that change no meaning make no finding new', { timeout: 7_200_000 }, async () => {
  const count = editCount(40);
  const random = new Random(7);
  const estate = new Estate();
  const made = new Map<string, number>();
  try {
    const first = git(estate.root, 'rev-parse', 'HEAD');
    const { findings } = await estate.check('--all');
    for (let done = 0; done < count; done += EDITS_AT_ONCE) {
      const names = Array.from({ length: EDITS_AT_ONCE }, () => random.of(Object.keys(harmlessEdits)));
      for (const name of names) {
        harmlessEdits[name]?.(estate, random);
        made.set(name, (made.get(name) ?? 0) + 1);
      }
      const document = await estate.check('--base', first);
      expect(namesOf(document.findings), names.join(', ')).toEqual([]);
      expect(document.counts.unchanged).toBe(findings.length);
      // Now and then from the beginning: a file that was formatted ten times is no longer like what people write.
      if (done % 200 === 190) {
        git(estate.root, 'checkout', '-q', first, '--', '.');
        git(estate.root, 'clean', '-fdq');
      }
    }
  } finally {
    estate.close();
  }
  console.log(`${count} edits: ${[...made].map(([name, times]) => `${times} ${name}`).join(', ')}`);
});

test('each fault is reported once, at its line', { timeout: 7_200_000 }, async () => {
  const count = editCount(2 * faults.length);
  const random = new Random(11);
  const estate = new Estate();
  try {
    for (let done = 0; done < count; done += faults.length) {
      commitAll(estate.root);
      const expected = faults.map((fault, index) => {
        const source = fault.source.replaceAll('#', (sign, at: number, text: string) => (text.slice(at, at + 6) === '# LINE' ? sign : String(done + index)));
        // Below what a file holds, or in a new one; a file that raises would take its other DAGs away.
        const isNew = random.below(2) === 0 || fault.rule === 'D2E005' || fault.rule === 'D2E007';
        const file = isNew ? `dags/fault_${done + index}.py` : random.of(estate.dagFiles().filter((name) => !name.startsWith('dags/fault')));
        const before = isNew ? '' : `${estate.read(file)}\n`;
        const text = `${before}${source}`;
        estate.write(file, text);
        const line = text.slice(before.length).split('\n').findIndex((each) => each.includes('# LINE'));
        return { rule: fault.rule, file, line: line < 0 ? undefined : before.split('\n').length + line, id: new RegExp(`(^|\\D)${done + index}(\\D|$)`) };
      });
      const { findings } = await estate.check('--base', 'HEAD');
      for (const { rule, file, line, id } of expected) {
        const found = findings.filter((finding) => finding.rule === rule && finding.place.file === file && (id.test(finding.message) || id.test(finding.dag_id ?? '')));
        expect(found.map((finding) => line === undefined || finding.place.line === line), `${rule} in ${file}:${line ?? ''}: ${JSON.stringify(namesOf(found))}`).toEqual([true]);
      }
      expect((await estate.check('--base', 'HEAD')).findings).toEqual(findings);
    }
  } finally {
    estate.close();
  }
  console.log(`${count} faults of ${faults.length} rules`);
});
