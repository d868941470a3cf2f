import type { AnalysisDocument } from '../model/analysis.js';
import type { CheckCounts, CheckDocument, CheckedFinding, CheckScope } from '../model/check.js';
import { CHECK_SCHEMA_VERSION, TOOL_VERSION } from '../model/version.js';
import { newFindings } from './compare.js';
import { incompleteReasons, verdictOf, type GateOptions } from './gate.js';
import type { Judgement } from './judge.js';

interface DocumentParts {
  readonly analysis: AnalysisDocument;
  readonly now: Judgement;
  /** The state that the change started from; undefined when everything counts. */
  readonly before: Judgement | undefined;
  readonly scope: CheckScope;
  readonly prefix: string;
  /** What else could not be done although it was asked for. */
  readonly incomplete: readonly string[];
  readonly gate: GateOptions;
}

/** Joins a judgement with what it is compared to, and gives the verdict. */
export function checkDocumentOf({ analysis, now, before, scope, prefix, gate, incomplete: others }: DocumentParts): CheckDocument {
  const changed = scope.kind === 'changed' ? scope.changed_files : [];
  const { findings, unchanged } = before === undefined ? { findings: [...now.findings], unchanged: 0 } : newFindings(now.findings, before.findings, changed);
  const incomplete = [...others, ...incompleteReasons(analysis.graph)];
  const bugs = [...now.bugs];
  return {
    schema: 'dag2event/check',
    schema_version: CHECK_SCHEMA_VERSION,
    tool_version: TOOL_VERSION,
    name: analysis.graph.name,
    airflow_version: analysis.graph.airflow_version,
    dags: analysis.graph.dags.length,
    scope,
    prefix,
    counts: countsOf(findings, unchanged),
    findings,
    incomplete,
    bugs,
    exit_code: verdictOf({ findings, incomplete, bugs }, gate),
  };
}

function countsOf(findings: readonly CheckedFinding[], unchanged: number): CheckCounts {
  const counts: CheckCounts = { error: 0, warning: 0, note: 0, baseline: 0, suppressed: 0, unchanged };
  for (const { state, level } of findings) counts[state === 'new' ? level : state] += 1;
  return counts;
}
