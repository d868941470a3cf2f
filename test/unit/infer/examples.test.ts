import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/check/judge.js';
import { directivesIn } from '../../../src/check/suppress/directive.js';
import { inferAnalysis } from '../../../src/infer/infer.js';
import type { AnalysisDocument } from '../../../src/model/analysis.js';
import { BaselineDocument } from '../../../src/model/check.js';
import { PlanDocument } from '../../../src/model/plan.js';
import { planOffline } from '../../../src/plan/offline/plan-offline.js';
import { plainSettings } from '../../../src/model/plain-settings.js';
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

const baselineName = '.dag2event-baseline.json';

/** Lines `# --- plan: DAG TODAY TARGET` are the plan that the team follows. */
function planOf({ source }: RuleExample, analysis: AnalysisDocument): PlanDocument | undefined {
  const lines = [...source.matchAll(/^# --- plan: (\S+) (\S+) (\S+)$/gm)];
  if (lines.length === 0) return undefined;
  const plan = planOffline(analysis);
  const modes = new Map(lines.map(([, dag = '', today, target]) => [dag, { today, target }]));
  return PlanDocument.parse({ ...plan, stages: plan.stages.map((stage) => ({ ...stage, ...modes.get(stage.dag_id) })) });
}

/** The rules that fire on an example. */
async function firedBy(example: RuleExample): Promise<string[]> {
  const { [baselineName]: accepted, ...files } = filesOf(example);
  const analysis = inferAnalysis(await graphOfSource(files, { airflowVersion: example.airflow }));
  const directives = Object.entries(files).flatMap(([file, text]) => directivesIn(file, text));
  const entries = accepted === undefined ? [] : BaselineDocument.parse(JSON.parse(accepted)).entries;
  const baseline = { file: baselineName, entries: entries.map((entry) => ({ ...entry, line: 1 })) };
  const { findings, bugs } = judge({ analysis, plan: planOf(example, analysis), settings: plainSettings, exceptions: { directives, baseline, today: '2026-11-01' } });
  expect(bugs).toEqual([]);
  return [...analysis.hazards.map((hazard) => hazard.rule), ...findings.map((finding) => finding.rule)];
}

describe.each<RuleDoc>(ruleCatalog())('$id $title', (rule) => {
  it('fires on its bad example', async () => {
    expect(await firedBy(rule.bad)).toContain(rule.id);
  });

  it('is silent on its good example', async () => {
    expect(await firedBy(rule.good)).not.toContain(rule.id);
  });
});
