import type { ExitCode } from '../errors.js';
import { exitCodes } from '../errors.js';
import type { Options } from '../options/options.js';
import { reportPlan } from '../pipeline.js';
import type { Io } from './io.js';
import { exitCodeOf } from './make-plan.js';
import { planFrom } from './source.js';
import { shownPath, writtenTarget } from './target.js';

/** The main job: analyse, plan, write the report and the document behind it, and say in short what was found. */
export async function migrate(options: Options, io: Io): Promise<ExitCode> {
  const plan = await planFrom(options, io);
  const { name } = plan.analysis.graph;
  const html = writtenTarget(options, name, 'html');
  await io.save(html, await reportPlan(plan));
  if (html === '-') return exitCodes.clean;
  const json = writtenTarget(options, name, 'json');
  const { renderJson } = await import('../report/json.js');
  const { renderSummary } = await import('../report/text/summary.js');
  await io.save(json, renderJson(plan));
  const summary = renderSummary(plan, { color: options.color });
  await io.result(`${summary}\nDocument: ${shownPath(options, json)}\nReport:   ${shownPath(options, html)}\n`);
  return exitCodeOf(plan, options);
}
