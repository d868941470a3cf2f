import { exitCodes, type ExitCode } from '../errors.js';
import type { AnalysisDocument, Finding } from '../model/analysis.js';
import type { GraphDocument, ImportError } from '../model/graph.js';

/** The lowest level that fails the check; `never` fails for nothing. */
export type FailOn = Finding['level'] | 'never';

const ranks: Readonly<Record<FailOn, number>> = { note: 0, warning: 1, error: 2, never: 3 };

/** Reasons for which a file was not read at all: nothing is known about what it holds. */
const unread: ReadonlySet<ImportError['kind']> = new Set(['too_large', 'unreadable', 'encoding']);

/** The verdict of a check as an exit code: findings first; what is incomplete never looks like a pass. */
export function verdictOf(findings: readonly Finding[], analysis: AnalysisDocument, options: { failOn: FailOn }): ExitCode {
  if (findings.some((finding) => ranks[finding.level] >= ranks[options.failOn])) return exitCodes.findings;
  return incompleteReasons(analysis.graph).length > 0 ? exitCodes.incomplete : exitCodes.clean;
}

/** What the check could not look at, one line each. */
export function incompleteReasons(graph: GraphDocument): string[] {
  const files = graph.import_errors.filter((error) => unread.has(error.kind)).map((error) => `${error.file}: ${error.reason}`);
  const cut = graph.unknowns.filter((fact) => fact.kind === 'budget').map((fact) => `${fact.file}:${fact.line}: ${fact.reason}`);
  return [...files, ...cut];
}
