import type { ExitCode } from '../errors.js';
import { exitCodes } from '../errors.js';
import type { PlanDocument } from '../model/plan.js';
import type { Options } from '../options/options.js';
import type { Io } from './io.js';
import { exitCodeOf, offlinePlan, preview } from './make-plan.js';
import { analysisFrom, planFrom } from './source.js';
import { printedTarget } from './target.js';

const extensions: Record<string, string> = { markdown: 'md', text: 'txt', json: 'json' };

/** The phases from cron over hybrid to events. */
export async function plan(options: Options, io: Io): Promise<ExitCode> {
  if (options.dryRun) return showPreview(options, io);
  const document = await planFrom(options, io);
  const target = printedTarget(options, `${document.analysis.graph.name}.plan`, extensions[options.format] ?? 'txt');
  await io.save(target, await render(document, options));
  return exitCodeOf(document, options);
}

/** Ends before anybody is asked: what it may cost, and with --show-payload the very bytes that would go out. */
async function showPreview(options: Options, io: Io): Promise<ExitCode> {
  const { bodies } = await preview(await offlinePlan(await analysisFrom(options, io), options, io), options, io);
  if (options.showPayload) await io.save(options.output ?? '-', `${JSON.stringify(bodies, undefined, 2)}\n`);
  return exitCodes.clean;
}

async function render(document: PlanDocument, options: Options): Promise<string> {
  if (options.format === 'json') return (await import('../report/json.js')).renderJson(document);
  if (options.format === 'markdown') return (await import('../report/markdown/plan.js')).renderPlanMarkdown(document);
  const { renderPlanText } = await import('../report/text/plan.js');
  return renderPlanText(document, { color: options.color && options.output === undefined });
}
