import type { ExitCode } from '../errors.js';
import { exitCodes } from '../errors.js';
import type { AnalysisDocument, Finding } from '../model/analysis.js';
import type { Options } from '../options/options.js';
import { checkDocument } from '../pipeline.js';
import type { Io } from './io.js';
import { analysisFrom } from './source.js';
import { printedTarget } from './target.js';

/** Findings for a pull request. The exit code is the verdict. */
export async function check(options: Options, io: Io): Promise<ExitCode> {
  const analysis = await analysisFrom(options, io);
  const findings = await checkDocument(analysis);
  const verdict = judge(findings, analysis);
  const name = `${analysis.graph.name}.findings`;
  if (options.format === 'json') {
    const { renderJson } = await import('../report/json.js');
    await io.save(printedTarget(options, name, 'json'), renderJson({ exit_code: verdict, findings }));
  } else {
    const { renderFindings } = await import('../report/text/findings.js');
    const text = renderFindings(findings, { color: options.color && options.output === undefined });
    await io.save(printedTarget(options, name, 'txt'), text);
  }
  if (verdict === exitCodes.incomplete) io.note(`incomplete: ${incompleteParts(analysis).join(', ')}`);
  return verdict;
}

/** Findings first; without any, a repository that could not be read whole is incomplete, never clean. */
export function judge(findings: readonly Finding[], analysis: AnalysisDocument): ExitCode {
  if (findings.some(({ level }) => level !== 'note')) return exitCodes.findings;
  return incompleteParts(analysis).length > 0 ? exitCodes.incomplete : exitCodes.clean;
}

function incompleteParts({ graph }: AnalysisDocument): string[] {
  const notExact = graph.dags.filter((dag) => dag.status !== 'exact').length;
  return [
    ...(graph.import_errors.length > 0 ? [`${graph.import_errors.length} files not read`] : []),
    ...(notExact > 0 ? [`${notExact} DAGs not known exactly`] : []),
    ...(graph.unknowns.length > 0 ? [`${graph.unknowns.length} unknowns outside of DAGs`] : []),
  ];
}
