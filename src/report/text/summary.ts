import type { PlanDocument } from '../../model/plan.js';
import { countPlan, describeMoves } from '../facts/numbers.js';
import type { PlanNumbers } from '../facts/numbers.js';
import { countOf, grouped, percent } from '../facts/plural.js';
import { rankUnknowns } from '../facts/unknown-ranking.js';
import { severities, sourceWords, unknownWords } from '../words.js';
import { severityStyles } from './analysis.js';
import { clean, hanging, lines, painter } from './terminal.js';
import type { Paint, TextOptions } from './terminal.js';

/** What the main job prints when it is done: a few aligned lines, 80 columns. */

const WIDTH = 80;
const LONGEST_REASON = 120;

function knownText({ graph }: PlanNumbers, paint: Paint): string {
  const { exact, partial, opaque } = graph.status;
  return (
    `${grouped(graph.dags)}: ${paint('green', `${exact} exact`)} (${percent(exact, graph.dags)}), ` +
    `${paint('yellow', `${partial} partial`)}, ${paint('red', `${opaque} opaque`)}`
  );
}

function hazardText({ hazards, restingHazards }: PlanNumbers, paint: Paint): string {
  const counts = severities.map((severity) => paint(severityStyles[severity], `${hazards[severity]} ${severity}`)).join(', ');
  return restingHazards === 0 ? counts : `${counts}; ${restingHazards} of them on DAGs that stay on cron`;
}

function sourceText({ sources, candidates }: PlanNumbers): string {
  if (candidates === 0) return 'none found';
  return sources.map(({ kind, count }) => `${count} × ${sourceWords[kind]}`).join(', ');
}

function rows(plan: PlanDocument, paint: Paint): [label: string, text: string][] {
  const numbers = countPlan(plan);
  const { import_errors: errors } = plan.analysis.graph;
  const [first] = errors;
  const result: [string, string][] = [
    ['DAGs', knownText(numbers, paint)],
    ['Plan', describeMoves(numbers)],
    ['Triggers', sourceText(numbers)],
    ['Hazards', hazardText(numbers, paint)],
    ['Phases', `${numbers.phases}`],
    ...(numbers.questions > 0 ? [['Questions', `${numbers.questions} to answer`] as [string, string]] : []),
  ];
  if (first !== undefined) {
    result.push(['Refused', `${countOf(errors.length, 'file')}, first ${clean(first.file)}:${first.line}`]);
  }
  const [unknown] = rankUnknowns(plan.analysis.graph);
  if (unknown !== undefined) {
    const reason = `${unknownWords[unknown.kind]}: ${clean(unknown.reason, LONGEST_REASON)}`;
    result.push(
      ['Unknown', `${countOf(unknown.dagIds.length, 'DAG')} - ${reason}`],
      ['Cure', unknown.cure],
    );
  }
  return result;
}

/** The summary of a plan for a terminal. */
export function renderSummary(plan: PlanDocument, options: TextOptions): string {
  const paint = painter(options);
  const labelled = rows(plan, paint);
  const labelWidth = Math.max(...labelled.map(([label]) => label.length)) + 2;
  return lines([
    paint('bold', clean(plan.analysis.graph.name, WIDTH)),
    ...labelled.flatMap(([label, text]) => hanging(paint('dim', label.padEnd(labelWidth)), text, WIDTH)),
  ]);
}
