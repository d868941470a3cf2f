import { describe, expect, it } from 'vitest';
import { checkAnalysis } from '../../../src/check/check.js';
import { inferAnalysis } from '../../../src/infer/infer.js';
import type { RuleDoc, RuleExample } from '../../../src/model/rule.js';
import { ruleCatalog } from '../../../src/rules.js';
import { graphOfSource } from '../../support/graph.js';

/** The documentation runs: every bad example fires its rule, every good one leaves it silent. */

/** An example may hold several files: the first is `example.py`, a line `# --- file: NAME` starts the next. */
function filesOf(example: RuleExample): Record<string, string> {
  const [first = '', ...rest] = example.source.split(/^# --- file: (\S+)\n/m);
  const files: Record<string, string> = { 'example.py': first };
  for (let index = 0; index + 1 < rest.length; index += 2) files[rest[index] ?? ''] = rest[index + 1] ?? '';
  return files;
}

/** The rules that fire on an example. */
async function firedBy(example: RuleExample): Promise<string[]> {
  const analysis = inferAnalysis(await graphOfSource(filesOf(example), { airflowVersion: example.airflow }));
  return [...analysis.hazards.map((hazard) => hazard.rule), ...checkAnalysis(analysis).map((finding) => finding.rule)];
}

describe.each<RuleDoc>(ruleCatalog())('$id $title', (rule) => {
  it('fires on its bad example', async () => {
    expect(await firedBy(rule.bad)).toContain(rule.id);
  });

  it('is silent on its good example', async () => {
    expect(await firedBy(rule.good)).not.toContain(rule.id);
  });
});
