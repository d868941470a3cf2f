import path from 'node:path';
import { judge, type Judgement } from '../../check/judge.js';
import type { Directives } from '../../directives.js';
import { KnownError } from '../../errors.js';
import { joinEstate, ownFindings } from '../../estate.js';
import type { AnalysisDocument } from '../../model/analysis.js';
import type { IndexDocument } from '../../model/estate.js';
import type { PlanDocument } from '../../model/plan.js';
import { baselineName, readBaseline, type PlacedEntry } from '../../options/baseline-file.js';
import { didYouMean } from '../../options/nearest.js';
import type { Options } from '../../options/options.js';
import { pathKind } from '../../options/path-kind.js';
import { analyzeGraph } from '../../pipeline.js';
import { ruleCatalog } from '../../rules.js';
import type { CurrentState } from './state.js';

/** What decides over findings, besides the analysis. */
export interface Yardstick {
  readonly baseline: { readonly file: string; readonly entries: readonly PlacedEntry[] };
  /** Absolute path of the baseline, whether it exists or not. */
  readonly baselinePath: string;
  readonly plan: PlanDocument | undefined;
}

/** Reads baseline and plan, and refuses levels for rules that don't exist. */
export async function readYardstick(options: Options, { root, checkout }: CurrentState, { isNewAllowed = false } = {}): Promise<Yardstick> {
  refuseUnknownRules(options);
  const home = root ?? options.workingDirectory;
  const baselinePath = baselinePathOf(options, [home, ...(checkout === undefined ? [] : [checkout.top])]);
  const entries = options.check.baseline.kind === 'none' ? [] : readBaseline(baselinePath);
  if (entries === undefined && options.check.baseline.kind === 'file' && !isNewAllowed) {
    throw new KnownError(`${baselinePath} doesn't exist`, '`dag2event baseline` writes it');
  }
  const relative = path.relative(home, baselinePath).split(path.sep).join('/');
  return {
    // Its place is told as that of any file of the repository.
    baseline: { file: relative.startsWith('../') ? path.basename(baselinePath) : relative, entries: entries ?? [] },
    baselinePath,
    plan: options.check.planFile === undefined ? undefined : await readPlan(options.check.planFile),
  };
}

/** Judges an analysis: today's or that of a commit. */
export async function judged(analysis: AnalysisDocument, directives: Directives, options: Options, { baseline, plan }: Yardstick, neighbours: readonly IndexDocument[]): Promise<Judgement> {
  const { settings, today } = options.check;
  const among = neighbours.length === 0 ? analysis : await analyzeGraph(await joinEstate(analysis.graph, neighbours));
  const told = judge({ analysis: among, plan, settings, exceptions: { directives, baseline, today } });
  return { ...told, findings: ownFindings(told.findings, neighbours) };
}

function baselinePathOf({ check }: Options, folders: readonly string[]): string {
  if (check.baseline.kind === 'file') return check.baseline.file;
  const files = folders.map((folder) => path.join(folder, baselineName));
  return files.find((file) => pathKind(file) === 'file') ?? files[0] ?? baselineName;
}

async function readPlan(file: string): Promise<PlanDocument> {
  const { readDocument } = await import('../../options/document.js');
  const stored = readDocument(file);
  if (stored.kind === 'plan') return stored.plan;
  throw new KnownError(`${file} holds an analysis, not a plan`, 'write one with `dag2event plan --format json`');
}

function refuseUnknownRules({ check: { settings } }: Options): void {
  const ids = ruleCatalog().filter((rule) => rule.kind === 'check').map((rule) => rule.id);
  for (const rules of [settings.rules, ...settings.overrides.map((each) => each.rules)]) {
    for (const id of Object.keys(rules)) {
      if (ids.includes(id.toUpperCase())) continue;
      throw new KnownError(`check.rules: no check rule has the id ${JSON.stringify(id)}`, didYouMean(id, ids) || '`dag2event rules` lists them');
    }
  }
}
