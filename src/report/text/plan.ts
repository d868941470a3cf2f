import type { Phase, PlanDocument, Stage } from '../../model/plan.js';
import { describeScore } from '../facts/score.js';
import { countOf } from '../facts/plural.js';
import { describeHours } from '../facts/schedule.js';
import { clean, columns, hanging, lines, painter } from './terminal.js';
import type { Paint, TextOptions } from './terminal.js';
import { phaseWords, refinementWords } from '../words.js';

/** The plan for a terminal, short: phase by phase who moves, the canary, the way back; then the questions. */

const WIDTH = 80;
const LONGEST_NAME = 60;
/** A phase of hundreds of DAGs would hide the next one; the JSON and the report have them all. */
const MOST_SHOWN = 12;
const REASON_INDENT = 6;

function shortList(rows: readonly string[][]): string[] {
  const rest = rows.length - MOST_SHOWN;
  return [...columns(rows.slice(0, MOST_SHOWN)), ...(rest > 0 ? [`    and ${rest} more`] : [])];
}

/** DAGs that stay, under the reason that they share. */
function stayLines(stages: readonly Stage[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const { stay_reason: reason, dag_id: dagId } of stages) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), clean(dagId, LONGEST_NAME)]);
  }
  return [...byReason].flatMap(([reason, dagIds]) => {
    const rest = dagIds.length - MOST_SHOWN;
    const names = dagIds.slice(0, MOST_SHOWN).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
    return [...hanging('  ', names, WIDTH), ...hanging(' '.repeat(REASON_INDENT), clean(reason, 400), WIDTH)];
  });
}

function phaseLines(phase: Phase, dagOfStage: ReadonlyMap<string, string>, paint: Paint): string[] {
  const { canary, rollback } = phase;
  const nameOf = (stage: string): string => clean(dagOfStage.get(stage) ?? stage, LONGEST_NAME);
  return [
    '',
    `${paint('bold', `Phase ${phase.number}  ${clean(phase.title)}`)}  ${paint('dim', `${phaseWords[phase.kind]}, ${countOf(Math.max(phase.changes.length, phase.emits.length), 'DAG')}`)}`,
    ...hanging('  goal      ', clean(phase.goal, 600), WIDTH),
    ...shortList([
      ...phase.emits.map((stage) => [`    ${nameOf(stage)}`, paint('dim', 'announces its success')]),
      ...phase.changes.map(({ stage, from, to }) => [`    ${nameOf(stage)}`, paint('dim', `${from} -> ${to}`)]),
    ]),
    ...hanging('  canary    ', `${clean(canary.text, 600)} (${describeHours(canary.hours)})`, WIDTH),
    ...hanging('  stop      ', clean(canary.stop_rule, 600), WIDTH),
    ...hanging('  rollback  ', `${clean(rollback.switch, 600)} -> ${rollback.to}, ${rollback.minutes} min`, WIDTH),
  ];
}

/** The plan as short text for a terminal. */
export function renderPlanText(plan: PlanDocument, options: TextOptions): string {
  const paint = painter(options);
  const dagOfStage = new Map(plan.stages.map((stage) => [stage.id, stage.dag_id]));
  const stays = plan.stages.filter((stage) => stage.stay_reason !== '');
  return lines([
    ...hanging('', clean(plan.summary, 2_000), WIDTH),
    ...plan.phases.flatMap((phase) => phaseLines(phase, dagOfStage, paint)),
    ...(stays.length === 0 ? [] : ['', paint('bold', 'Stay on cron')]),
    ...stayLines(stays),
    ...(plan.questions.length === 0 ? [] : ['', paint('bold', 'Questions')]),
    ...plan.questions.flatMap(({ question, unlocks }) =>
      hanging('  - ', `${clean(question, 400)} (unlocks ${countOf(unlocks.length, 'DAG')})`, WIDTH),
    ),
    '',
    ...hanging('', refinementWords[plan.refinement.status], WIDTH),
    ...hanging('', describeScore(plan.score), WIDTH),
  ]);
}
