import { createHash } from 'node:crypto';
import path from 'node:path';
import type { ExitCode } from '../errors.js';
import { KnownError } from '../errors.js';
import type { PlanDocument } from '../model/plan.js';
import type { Options } from '../options/options.js';
import { pathKind } from '../options/path-kind.js';
import { reportPlan } from '../pipeline.js';
import type { Changes } from '../report/facts/changes.js';
import type { Io } from './io.js';
import { exitCodeOf } from './make-plan.js';
import { planFrom } from './source.js';
import { shownPath, writtenTarget } from './target.js';

/** What `report` alone can be asked. */
export interface ReportWords {
  readonly open?: boolean;
  readonly split?: string;
  readonly diff?: string;
}

/** The report as one HTML file, or the plan in another format. */
export async function report(options: Options, io: Io, words: ReportWords = {}): Promise<ExitCode> {
  refuseContradictions(options, words);
  const earlier = words.diff === undefined ? undefined : await earlierPlan(path.resolve(options.workingDirectory, words.diff), words.diff);
  const plan = await planFrom(options, io);
  const changes = earlier === undefined ? undefined : (await import('../report/facts/changes.js')).changesBetween(earlier, plan);
  const target = words.split === undefined ? await writeOne(plan, changes, options, io) : await writeSeveral(plan, changes, path.resolve(options.workingDirectory, words.split), io);
  if (target !== '-') await io.result(`${shownPath(options, target)}\n`);
  if (changes !== undefined) io.note((await import('../report/facts/changes.js')).countChanges(changes));
  if (words.open === true) await (await import('./open-file.js')).openFile(target, options.processEnvironment);
  return exitCodeOf(plan, options);
}

function refuseContradictions({ format, output, workingDirectory }: Options, { open, split, diff }: ReportWords): void {
  if (open === true && output === '-') throw new KnownError('--open and --output - contradict each other', 'give a file to open, or leave --open out');
  if (diff !== undefined && format !== 'html' && format !== 'markdown') throw new KnownError(`--diff doesn't go with --format ${format}`, 'what changed is shown by the formats html and markdown');
  if (split === undefined) return;
  if (split === '') throw new KnownError('--split is empty', 'give a folder');
  if (format !== 'html') throw new KnownError(`--split doesn't go with --format ${format}`, 'it writes the page with the other formats beside it');
  if (output !== undefined) throw new KnownError('--split and --output contradict each other', 'give one of them');
  if (pathKind(path.resolve(workingDirectory, split)) === 'file') throw new KnownError(`${split} is a file`, '--split writes several files: give a folder');
}

async function earlierPlan(file: string, given: string): Promise<PlanDocument> {
  const { readDocument } = await import('../options/document.js');
  const stored = readDocument(file);
  if (stored.kind !== 'plan') throw new KnownError(`${given} holds an analysis, and --diff compares plans`, 'give what `dag2event` or `dag2event plan --format json` wrote');
  return stored.plan;
}

const extensions: Record<string, string> = { markdown: 'md' };

async function writeOne(plan: PlanDocument, changes: Changes | undefined, options: Options, io: Io): Promise<string> {
  const target = writtenTarget(options, plan.analysis.graph.name, extensions[options.format] ?? options.format);
  await io.save(target, await render(plan, options.format, changes));
  return target;
}

async function render(plan: PlanDocument, format: string, changes: Changes | undefined): Promise<string> {
  if (format === 'json') return (await import('../report/json.js')).renderJson(plan);
  if (format === 'csv') return (await import('../report/csv/dags.js')).renderDagsCsv(plan);
  if (format === 'svg') return (await import('../report/html/drawing/map-file.js')).renderMapSvg(plan);
  if (format === 'markdown') return (await import('../report/markdown/summary.js')).renderPlanSummary(plan, changes);
  return reportPlan(plan, changes);
}

/** The page without inline style and script, with all that it can give beside it. */
async function writeSeveral(plan: PlanDocument, changes: Changes | undefined, folder: string, io: Io): Promise<string> {
  const { splitPage } = await import('../report/html/split.js');
  const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
  const page = splitPage(await reportPlan(plan, changes), hashOf);
  for (const [name, text] of page) await io.save(path.join(folder, name), text);
  for (const [name, format] of [['plan.json', 'json'], ['summary.md', 'markdown'], ['dags.csv', 'csv'], ['map.svg', 'svg']] as const) await io.save(path.join(folder, name), await render(plan, format, changes));
  return path.join(folder, 'index.html');
}
