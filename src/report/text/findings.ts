import type { Finding } from '../../model/analysis.js';
import { countOf } from '../facts/plural.js';
import { clean, hanging, lines, painter } from './terminal.js';
import type { Paint, Style, TextOptions } from './terminal.js';

/** Findings of a check for a terminal: `file:line  level  rule  message`, the cure below, the count at the end. */

const WIDTH = 100;
const levels: readonly Finding['level'][] = ['error', 'warning', 'note'];
const levelStyles: Record<Finding['level'], Style> = { error: 'red', warning: 'yellow', note: 'blue' };

function subject({ dag_id, task_id }: Finding): string {
  if (dag_id === null) return '';
  return task_id === null ? clean(dag_id) : `${clean(dag_id)}.${clean(task_id)}`;
}

/** Findings in a row that one line causes and one cure mends: a factory makes one for each of its DAGs. */
function inGroups(findings: readonly Finding[]): Finding[][] {
  const groups: Finding[][] = [];
  let last = '';
  for (const finding of findings) {
    const { rule, level, place, cure, related } = finding;
    const key = JSON.stringify([rule, level, place, cure, related]);
    if (key === last) groups.at(-1)?.push(finding);
    else groups.push([finding]);
    last = key;
  }
  return groups;
}

function groupLines(group: readonly Finding[], paint: Paint): string[] {
  const [first] = group;
  if (first === undefined) return [];
  return [
    ...group.flatMap((finding) => findingLines(finding, paint)),
    ...(first.cure === '' ? [] : hanging('  cure  ', clean(first.cure, 1_000), WIDTH)),
    ...first.related.map((other) => paint('dim', `  see   ${clean(other.file)}:${other.line}`)),
    '',
  ];
}

function findingLines(finding: Finding, paint: Paint): string[] {
  const { place, level, rule } = finding;
  const position = place.column === undefined ? `${place.line}` : `${place.line}:${place.column}`;
  const about = subject(finding);
  return [
    `${paint('bold', `${clean(place.file)}:${position}`)}  ${paint(levelStyles[level], level)}  ${clean(rule)}  ${paint('dim', about)}`,
    ...hanging('  ', clean(finding.message, 1_000), WIDTH),
  ];
}

/** Findings as text. */
export function renderFindings(findings: readonly Finding[], options: TextOptions): string {
  if (findings.length === 0) return 'No findings.\n';
  const paint = painter(options);
  const counts = levels
    .map((level) => ({ level, count: findings.filter((finding) => finding.level === level).length }))
    .filter(({ count }) => count > 0)
    .map(({ level, count }) => paint(levelStyles[level], countOf(count, level)));
  return lines([...inGroups(findings).flatMap((group) => groupLines(group, paint)), counts.join(', ')]);
}
