import type { ExitCode } from '../errors.js';
import { exitCodes } from '../errors.js';
import type { Options } from '../options/options.js';
import type { Io } from './io.js';
import { analysisFrom } from './source.js';
import { printedTarget } from './target.js';

/** What could start each DAG instead of the clock, where events meet, and what would break. */
export async function analyze(options: Options, io: Io): Promise<ExitCode> {
  const document = await analysisFrom(options, io);
  if (options.format === 'json') {
    const { renderJson } = await import('../report/json.js');
    await io.save(printedTarget(options, `${document.graph.name}.analysis`, 'json'), renderJson(document));
  } else {
    const { renderAnalysisText } = await import('../report/text/analysis.js');
    const text = renderAnalysisText(document, { color: options.color && options.output === undefined });
    await io.save(printedTarget(options, `${document.graph.name}.analysis`, 'txt'), text);
  }
  return exitCodes.clean;
}
