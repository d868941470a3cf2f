import type { PlanDocument, Phase } from '../../model/plan.js';
import { countOf } from '../facts/plural.js';
import { clean, hanging, lines, painter } from './terminal.js';
import type { Paint, TextOptions } from './terminal.js';
import { phaseWords, refinementWords } from '../words.js';

/** The plan for a terminal, short: phase by phase who moves, the canary, the way back; then the questions. */

const WIDTH = 80;

function phaseLines(phase: Phase, dagOfStage: ReadonlyMap<string, string>, paint: Paint): string[] {
  const { canary, rollback } = phase;
  return [
    '',
    `${paint('bold', `Phase ${phase.number}  ${clean(phase.title)}`)}  ${paint('dim', `${phaseWords[phase.kind]}, ${countOf(Math.max(phase.changes.length, phase.emits.length), 'DAG')}`)}`,
    ...hanging('  goal      ', clean(phase.goal), WIDTH),
    ...phase.emits.map((stage) => `    ${clean(dagOfStage.get(stage) ?? stage)}  ${paint('dim', 'announces its success')}`),
    ...phase.changes.map(
      ({ stage, from, to }) => `    ${clean(dagOfStage.get(stage) ?? stage)}  ${paint('dim', `${from} -> ${to}`)}`,
    ),
    ...hanging('  canary    ', `${clean(canary.text)} (${canary.hours} h)`, WIDTH),
    ...hanging('  stop      ', clean(canary.stop_rule), WIDTH),
    ...hanging('  rollback  ', `${clean(rollback.switch)} -> ${rollback.to}, ${rollback.minutes} min`, WIDTH),
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
    ...stays.flatMap((stage) => hanging(`  ${clean(stage.dag_id)}  `, clean(stage.stay_reason), WIDTH)),
    ...(plan.questions.length === 0 ? [] : ['', paint('bold', 'Questions')]),
    ...plan.questions.flatMap(({ question, unlocks }) =>
      hanging('  - ', `${clean(question)} (unlocks ${countOf(unlocks.length, 'DAG')})`, WIDTH),
    ),
    '',
    ...hanging('', refinementWords[plan.refinement.status], WIDTH),
  ]);
}
