import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { judge } from '../../../src/check/judge.js';
import { checkRules } from '../../../src/check/rules/registry.js';
import type { CheckRule } from '../../../src/check/rules/rule.js';
import { plainSettings } from '../../../src/model/plain-settings.js';
import { analyzeRepository } from '../../../src/pipeline.js';

test('a rule that crashes is told with the file, and costs no finding of the others', async () => {
  const analysis = await analyzeRepository({ path: fileURLToPath(new URL('../../../fixtures/repos/retail-platform', import.meta.url)) });
  const [first] = checkRules;
  const victim = analysis.graph.dags[0]?.file ?? '';
  if (first === undefined) throw new Error('there are no rules');
  const crashing: CheckRule = {
    ...first,
    doc: { ...first.doc, id: 'D2E999' },
    find: ({ analysis: { graph } }) => {
      if (graph.dags.some((dag) => dag.file === victim)) throw new TypeError('injected');
      return [];
    },
  };
  const exceptions = { directives: [], baseline: { file: 'baseline.json', entries: [] }, today: '2026-01-01' };
  const plain = judge({ analysis, settings: plainSettings, exceptions });
  const told = judge({ analysis, settings: plainSettings, exceptions }, [crashing, ...checkRules]);
  expect(told.bugs).toEqual([{ rule: 'D2E999', file: victim, text: 'TypeError: injected' }]);
  expect(told.findings).toEqual(plain.findings);
  expect(plain.findings.length).toBeGreaterThan(10);
});
