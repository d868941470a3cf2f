import { exitCodes, type ExitCode } from '../errors.js';
import type { Finding } from '../model/analysis.js';
import type { CheckedFinding, RuleBug } from '../model/check.js';
import type { GraphDocument, ImportError } from '../model/graph.js';

/** The lowest level that fails the check; `never` fails for nothing. */
export type FailOn = Finding['level'] | 'never';

export interface GateOptions {
  readonly failOn: FailOn;
  /** More new warnings than this fail as well. */
  readonly maxWarnings?: number | undefined;
  /** Findings are told and never fail. What is incomplete still does. */
  readonly exitZero?: boolean | undefined;
}

const ranks: Readonly<Record<FailOn, number>> = { note: 0, warning: 1, error: 2, never: 3 };

/** Reasons for which a file was not read at all: nothing is known about what it holds. */
const unread: ReadonlySet<ImportError['kind']> = new Set(['too_large', 'unreadable', 'encoding']);

/** The verdict of a check as an exit code: findings first; what is incomplete never looks like a pass. */
export function verdictOf(
  { findings, incomplete, bugs }: { findings: readonly CheckedFinding[]; incomplete: readonly string[]; bugs: readonly RuleBug[] },
  { failOn, maxWarnings, exitZero }: GateOptions,
): ExitCode {
  const counting = findings.filter((finding) => finding.state === 'new');
  const warnings = counting.filter((finding) => finding.level === 'warning').length;
  const isFailed = counting.some((finding) => ranks[finding.level] >= ranks[failOn]) || (maxWarnings !== undefined && warnings > maxWarnings);
  if (isFailed && exitZero !== true) return exitCodes.findings;
  return incomplete.length > 0 || bugs.length > 0 ? exitCodes.incomplete : exitCodes.clean;
}

/** What the check could not look at, one line each. */
export function incompleteReasons(graph: GraphDocument): string[] {
  const files = graph.import_errors.filter((error) => unread.has(error.kind)).map((error) => `${error.file}: ${error.reason}`);
  const cut = graph.unknowns.filter((fact) => fact.kind === 'budget').map((fact) => `${fact.file}:${fact.line}: ${fact.reason}`);
  return [...files, ...cut];
}
