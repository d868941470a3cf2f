import type { CheckedFinding } from '../../model/check.js';
import { redactCode } from '../../util/redact.js';
import { clean, hanging, lines, painter, textWidth } from '../text/terminal.js';
import type { Paint, Style, TextOptions } from '../text/terminal.js';
import { aboutGroup, byFile, countingFindings, countsText, groupsOf, messagesOf, scopeText, spanOf, type CheckView, type FindingGroup } from './view.js';

/** A check for a terminal: by files, each finding with its line, the cure, and how to read more. */

const WIDTH = 100;
/** Longer lines are cut: the finding is about a call, not about a paragraph. */
const LONGEST_LINE = 120;
const levelStyles: Record<CheckedFinding['level'], Style> = { error: 'red', warning: 'yellow', note: 'blue' };

/** Findings as text. */
export function renderCheckText(view: CheckView, options: TextOptions): string {
  const paint = painter(options);
  const counting = countingFindings(view);
  const files = byFile(counting);
  const { bugs, incomplete } = view.document;
  return lines([
    ...files.flatMap(([file, findings]) => [paint('bold', clean(view.shownPrefix + file, 400)), ...groupsOf(findings).flatMap((group) => groupLines(group, view, paint)), '']),
    ...bugs.map((bug) => paint('red', `bug in rule ${bug.rule}${bug.file === null ? '' : ` at ${clean(bug.file)}`}: ${clean(bug.text)}`)),
    ...incomplete.map((reason) => paint('red', `not looked at: ${clean(reason, 400)}`)),
    `Looked at ${clean(scopeText(view), 400)}`,
    countsText(view),
    ...(counting.length === 0 ? [] : [paint('dim', `dag2event explain ${[...new Set(counting.map((finding) => finding.rule))][0] ?? ''} says why, and shows a bad and a good DAG.`)]),
  ]);
}

/** More places beside a finding than this help nobody. */
const SHOWN_PLACES = 5;

function groupLines(group: FindingGroup, view: CheckView, paint: Paint): string[] {
  const { first } = group;
  const { place, level, rule, cure, related, because_of } = first;
  const { start } = spanOf(view, first);
  return [
    `  ${paint('bold', `${place.line}:${start}`)}  ${paint(levelStyles[level], level)}  ${clean(rule)}  ${paint('dim', clean(aboutGroup(group)))}`,
    ...sourceLines(first, view, paint),
    ...messagesOf(group).flatMap((message) => hanging('     ', clean(message, 1_000), WIDTH)),
    ...(cure === '' ? [] : hanging('     cure  ', clean(cure, 1_000), WIDTH)),
    ...because_of.map((file) => paint('dim', `     by    the change of ${clean(view.shownPrefix + file)}`)),
    ...related.slice(0, SHOWN_PLACES).map((other) => paint('dim', `     see   ${clean(view.shownPrefix + other.file)}:${other.line}`)),
  ];
}

function sourceLines(finding: CheckedFinding, view: CheckView, paint: Paint): string[] {
  const { start, text } = spanOf(view, finding);
  if (text === undefined || text.trim() === '') return [];
  const number = `${finding.place.line}`;
  const shown = shownCode(text.trimEnd());
  const before = textWidth(shownCode(text.slice(0, start - 1)));
  const length = Math.max(1, textWidth(shown) - before);
  return [`     ${paint('dim', `${number} |`)} ${shown}`, `     ${paint('dim', `${' '.repeat(number.length)} |`)} ${' '.repeat(before)}${paint(levelStyles[finding.level], '^'.repeat(length))}`];
}

function shownCode(text: string): string {
  return clean(redactCode(text).replaceAll('\t', ' '), LONGEST_LINE);
}
