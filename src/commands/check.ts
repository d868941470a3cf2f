import type { ExitCode } from '../errors.js';
import type { Options } from '../options/options.js';
import { checkDocument } from '../pipeline.js';
import type { Io } from './io.js';
import { analysisFrom } from './source.js';
import { printedTarget } from './target.js';

/** Findings for a pull request. The exit code is the verdict. */
export async function check(options: Options, io: Io): Promise<ExitCode> {
  const analysis = await analysisFrom(options, io);
  const findings = await checkDocument(analysis);
  const { incompleteReasons, verdictOf } = await import('../check/gate.js');
  const verdict = verdictOf(findings, analysis, { failOn: 'warning' });
  const incomplete = incompleteReasons(analysis.graph);
  const name = `${analysis.graph.name}.findings`;
  if (options.format === 'json') {
    const { renderJson } = await import('../report/json.js');
    await io.save(printedTarget(options, name, 'json'), renderJson({ exit_code: verdict, incomplete, findings }));
  } else {
    const { renderFindings } = await import('../report/text/findings.js');
    const text = renderFindings(findings, { color: options.color && options.output === undefined });
    await io.save(printedTarget(options, name, 'txt'), text);
  }
  for (const reason of incomplete) io.note(`not looked at: ${reason}`);
  return verdict;
}
