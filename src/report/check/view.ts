import type { CheckDocument, CheckedFinding } from '../../model/check.js';
import type { RuleDoc } from '../../model/rule.js';
import { countOf } from '../facts/plural.js';

/** What a renderer of a check sees: the document, the rules that it names, and the lines that it points to. */
export interface CheckView {
  readonly document: CheckDocument;
  readonly rules: ReadonlyMap<string, RuleDoc>;
  /** Lines of a file of the document; undefined where it can't be read. */
  readonly linesOf: (file: string) => readonly string[] | undefined;
  /** Put before a file's name, so that a terminal finds it from where the person is. */
  readonly shownPrefix: string;
}

export const levelsByWeight: readonly CheckedFinding['level'][] = ['error', 'warning', 'note'];

/** Findings that count. */
export function countingFindings({ document }: CheckView): CheckedFinding[] {
  return document.findings.filter((finding) => finding.state === 'new');
}

/** As `countingFindings`, errors before warnings before notes. */
export function worstFirst(view: CheckView): CheckedFinding[] {
  const counting = countingFindings(view);
  return levelsByWeight.flatMap((level) => counting.filter((finding) => finding.level === level));
}

/** Findings by their files, in the order in which they come. */
export function byFile(findings: readonly CheckedFinding[]): [string, CheckedFinding[]][] {
  const files = new Map<string, CheckedFinding[]>();
  for (const finding of findings) {
    const known = files.get(finding.place.file);
    if (known === undefined) files.set(finding.place.file, [finding]);
    else known.push(finding);
  }
  return [...files];
}

/** Findings of one rule that one line causes and one cure mends: a factory makes one for each of its DAGs. */
export interface FindingGroup {
  readonly first: CheckedFinding;
  readonly all: readonly CheckedFinding[];
}

/** Findings joined where one line causes them, in the order of the first of each. */
export function groupsOf(findings: readonly CheckedFinding[]): FindingGroup[] {
  const groups = new Map<string, { first: CheckedFinding; all: CheckedFinding[] }>();
  for (const finding of findings) {
    const { rule, level, place, cure, related } = finding;
    const key = JSON.stringify([rule, level, place, cure, related]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { first: finding, all: [finding] });
    else known.all.push(finding);
  }
  return [...groups.values()];
}

/** What a group is about: the DAG or task, or how many. */
export function aboutGroup({ first, all }: FindingGroup): string {
  return all.length === 1 ? aboutOf(first) : countOf(all.length, 'DAG or task', 'DAGs or tasks');
}

/** More findings of one line than this are counted: they say nothing that the first ones don't. */
const SHOWN_OF_GROUP = 3;

/** What the first findings of a group say, and how many more there are. */
export function messagesOf({ all }: FindingGroup): string[] {
  const rest = all.length - SHOWN_OF_GROUP;
  return [...all.slice(0, SHOWN_OF_GROUP).map((finding) => finding.message), ...(rest > 0 ? [`and ${rest} more`] : [])];
}

/** The path of a file in the checkout: what a forge knows it by. */
export function pathInCheckout({ document }: CheckView, file: string): string {
  return `${document.prefix}${file}`;
}

/** Start and end of the code on a line, as columns from 1; the end is behind the last character. */
export function spanOf(view: CheckView, { place }: CheckedFinding): { start: number; end: number; text: string | undefined } {
  const text = view.linesOf(place.file)?.[place.line - 1];
  if (text === undefined) return { start: place.column ?? 1, end: (place.column ?? 1) + 1, text };
  const start = place.column ?? text.length - text.trimStart().length + 1;
  return { start, end: Math.max(start + 1, text.trimEnd().length + 1), text };
}

/** `dag.task`, or the DAG, or nothing. */
export function aboutOf({ dag_id, task_id }: Pick<CheckedFinding, 'dag_id' | 'task_id'>): string {
  return [dag_id, task_id].filter((each) => each !== null).join('.');
}

/** What was found and what doesn't count, in one line; nothing disappears without a number. */
export function countsText({ document: { counts, scope } }: CheckView): string {
  const counting = levelsByWeight.filter((level) => counts[level] > 0).map((level) => countOf(counts[level], level));
  const others = [
    ...(counts.baseline > 0 ? [`${counts.baseline} in the baseline`] : []),
    ...(counts.suppressed > 0 ? [`${counts.suppressed} suppressed by comments`] : []),
    ...(scope.kind === 'changed' ? [`${counts.unchanged} as before the change`] : []),
  ];
  const found = counting.length === 0 ? (scope.kind === 'changed' ? 'No new findings' : 'No findings') : counting.join(', ');
  return others.length === 0 ? found : `${found} (not counted: ${others.join(', ')})`;
}

/** What was judged, in one line. */
export function scopeText({ document: { scope, dags } }: CheckView): string {
  if (scope.kind === 'all') return scope.reason === '' ? `everything: ${countOf(dags, 'DAG')}` : `everything (${countOf(dags, 'DAG')}): ${scope.reason}`;
  return `what is new since ${scope.base} (${scope.commit.slice(0, 12)}): ${countOf(scope.changed_files.length, 'changed file')}, ${countOf(dags, 'DAG')} looked at`;
}
