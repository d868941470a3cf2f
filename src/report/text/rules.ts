import type { RuleDoc } from '../../model/rule.js';
import { visibleBlock } from '../visible.js';
import { clean, columns, hanging, lines, painter } from './terminal.js';
import type { Style, TextOptions } from './terminal.js';

/** What rules say about themselves, for a terminal: one in full, or all of them as a list. */

const WIDTH = 100;

const levelStyles: Record<RuleDoc['level'], Style> = {
  error: 'red',
  high: 'red',
  warning: 'yellow',
  medium: 'yellow',
  note: 'blue',
  low: 'blue',
};

/** One rule in full: why it is one, the cure, a bad and a good DAG. */
export function renderRuleText(rule: RuleDoc, options: TextOptions): string {
  const paint = painter(options);
  return lines([
    `${paint('bold', clean(rule.id))}  ${paint(levelStyles[rule.level], rule.level)}  ${clean(rule.title)}`,
    '',
    ...hanging('  why       ', clean(rule.why, 2_000), WIDTH),
    ...hanging('  cure      ', clean(rule.cure, 2_000), WIDTH),
    ...hanging('  versions  ', clean(rule.versions), WIDTH),
    '',
    ...example(paint('red', `  bad (Airflow ${clean(rule.bad.airflow)})`), rule.bad.source),
    '',
    ...example(paint('green', `  good (Airflow ${clean(rule.good.airflow)})`), rule.good.source),
  ]);
}

/** All rules, one a line. */
export function renderRuleList(rules: readonly RuleDoc[], options: TextOptions): string {
  const paint = painter(options);
  const rows = rules.map((rule) => [paint('bold', clean(rule.id)), paint(levelStyles[rule.level], rule.level), clean(rule.title)]);
  return lines([...columns(rows), '', 'dag2event explain RULE shows why, the cure, and an example.']);
}

function example(title: string, source: string): string[] {
  return [title, ...visibleBlock(source.trimEnd()).split('\n').map((line) => `    ${line}`)];
}
