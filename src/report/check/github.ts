import type { CheckedFinding } from '../../model/check.js';
import { visible } from '../visible.js';
import { aboutGroup, groupsOf, messagesOf, pathInCheckout, spanOf, worstFirst, type CheckView, type FindingGroup } from './view.js';

/** GitHub shows no more annotations of a level from one step; what is beyond would vanish without a word. */
const MOST_OF_A_LEVEL = 10;
/** GitHub cuts longer messages. */
const LONGEST_MESSAGE = 4_000;

const commands: Readonly<Record<CheckedFinding['level'], string>> = { error: 'error', warning: 'warning', note: 'notice' };

/** Workflow commands that GitHub shows as annotations: the worst, and how many are left out. */
export function renderGithubAnnotations(view: CheckView): string {
  const shown = new Map<string, number>();
  let left = 0;
  const kept = groupsOf(worstFirst(view)).filter(({ first: { level }, all }) => {
    const count = (shown.get(level) ?? 0) + 1;
    shown.set(level, count);
    // One of the last notices is kept for what is said below.
    const isShown = count <= (level === 'note' ? MOST_OF_A_LEVEL - 1 : MOST_OF_A_LEVEL);
    if (!isShown) left += all.length;
    return isShown;
  });
  const lines = kept.map((group) => annotation(group, view));
  if (left > 0) lines.push(`::notice title=dag2event::${data(`${left} more findings are not shown here: GitHub takes ${MOST_OF_A_LEVEL} of each level from a step`)}`);
  return lines.map((line) => `${line}\n`).join('');
}

function annotation(group: FindingGroup, view: CheckView): string {
  const { rule, level, cure, place, because_of } = group.first;
  const { start, end } = spanOf(view, group.first);
  const about = aboutGroup(group);
  const properties = {
    file: pathInCheckout(view, place.file),
    line: place.line,
    endLine: place.line,
    col: start,
    endColumn: end,
    title: `${rule} ${view.rules.get(rule)?.title ?? ''}${about === '' ? '' : ` (${about})`}`,
  };
  const because = because_of.length === 0 ? '' : `\nBy the change of ${because_of.join(', ')}.`;
  const text = `${messagesOf(group).join('\n')}${because}\n${cure}\ndag2event explain ${rule}`.slice(0, LONGEST_MESSAGE);
  const list = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${commands[level]} ${list.join(',')}::${data(text)}`;
}

/** The runner's own escaping; what could steer a terminal is made visible before. */
function data(text: string): string {
  return text.split('\n').map(visible).join('\n').replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
