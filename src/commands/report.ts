import type { ExitCode } from '../errors.js';
import type { Options } from '../options/options.js';
import { reportPlan } from '../pipeline.js';
import type { Io } from './io.js';
import { exitCodeOf } from './make-plan.js';
import { planFrom } from './source.js';
import { shownPath, writtenTarget } from './target.js';

/** The report as one HTML file (or the plan document with --format json). */
export async function report(options: Options, io: Io): Promise<ExitCode> {
  const plan = await planFrom(options, io);
  const target = writtenTarget(options, plan.analysis.graph.name, options.format);
  const { renderJson } = await import('../report/json.js');
  await io.save(target, options.format === 'json' ? renderJson(plan) : await reportPlan(plan));
  if (target !== '-') await io.result(`${shownPath(options, target)}\n`);
  return exitCodeOf(plan, options);
}
