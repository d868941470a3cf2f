import type { CheckedFinding } from '../../model/check.js';
import { countOf } from '../facts/plural.js';
import { markdownCode as code, markdownText as text } from '../markdown/escape.js';
import { aboutGroup, countsText, groupsOf, messagesOf, pathInCheckout, scopeText, worstFirst, type CheckView, type FindingGroup } from './view.js';

/** A check as Markdown: the summary of a CI step, or a comment that is updated in place. */

const icons: Readonly<Record<CheckedFinding['level'], string>> = { error: '\u{1F534}', warning: '\u{1F7E1}', note: '\u{1F535}' };

/** GitHub refuses a summary of more than 1 MiB as a whole. */
const LONGEST_SUMMARY = 900_000;
/** GitHub's limit of a comment is 65,536 characters; some room stays for what is added around. */
const LONGEST_COMMENT = 60_000;

/** For `$GITHUB_STEP_SUMMARY`, or any page. */
export function renderCheckMarkdown(view: CheckView): string {
  return render(view, LONGEST_SUMMARY, '');
}

/** A comment of a pull request. The mark at its end tells the next run which comment to update. */
export function renderCheckComment(view: CheckView): string {
  return render(view, LONGEST_COMMENT, `\n<!-- dag2event:${view.document.name.replace(/[^\w.-]+/g, '-').replace(/-{2,}/g, '-')} -->\n`);
}

function render(view: CheckView, limit: number, mark: string): string {
  const { bugs, incomplete } = view.document;
  const groups = groupsOf(worstFirst(view));
  const head = [
    `## dag2event: ${text(view.document.name)}`,
    '',
    `${text(countsText(view))}.`,
    '',
    `Looked at ${text(scopeText(view), 500)}, Airflow ${text(view.document.airflow_version.version)}.`,
    ...bugs.map((bug) => `\n**Bug in rule ${text(bug.rule)}**${bug.file === null ? '' : ` at ${code(bug.file)}`}: ${text(bug.text)}`),
    ...(incomplete.length === 0 ? [] : ['', '**Not looked at**', '', ...incomplete.slice(0, 20).map((reason) => `- ${code(reason)}`), ...more(incomplete.length - 20)]),
    ...(groups.length === 0 ? [] : ['', '| | Rule | Where | What | Cure |', '|---|---|---|---|---|']),
  ];
  const lines = [...head];
  let length = head.join('\n').length + mark.length + 200;
  let shown = 0;
  for (const group of groups) {
    const row = rowOf(group, view);
    length += row.length + 1;
    if (length > limit) break;
    lines.push(row);
    shown += group.all.length;
  }
  const left = groups.reduce((sum, group) => sum + group.all.length, -shown);
  if (left > 0) lines.push('', `${countOf(left, 'more finding')} would not fit here.`);
  return `${lines.join('\n')}\n${mark}`;
}

function more(count: number): string[] {
  return count > 0 ? [`- and ${count} more`] : [];
}

function rowOf(group: FindingGroup, view: CheckView): string {
  const { level, rule, place, cure, because_of } = group.first;
  const about = aboutGroup(group);
  const because = because_of.length === 0 ? '' : `<br>by the change of ${because_of.map((file) => code(file)).join(', ')}`;
  const where = `${code(`${pathInCheckout(view, place.file)}:${place.line}`)}${about === '' ? '' : `<br>${code(about)}`}${because}`;
  return `| ${icons[level]} ${level} | ${text(rule)} | ${where} | ${messagesOf(group).map((message) => text(message, 600)).join('<br>')} | ${text(cure, 600)} |`;
}
