import type { Hazard } from '../../model/analysis.js';
import type { Phase, PlanDocument, Stage } from '../../model/plan.js';
import { describeContract, describeControls, describePerson, describeSignals } from '../facts/controls.js';
import type { Line } from '../facts/controls.js';
import { countPlan, describeMoves } from '../facts/numbers.js';
import { countOf, percent } from '../facts/plural.js';
import { describeHours } from '../facts/schedule.js';
import { describeScore } from '../facts/score.js';
import { rankUnknowns } from '../facts/unknown-ranking.js';
import { deliveryWords, describeMove, modeWords, refinementWords, severities, unknownWords } from '../words.js';
import { markdownCode as code, markdownText as text } from './escape.js';

/** The plan as Markdown: for an issue, a wiki page or a pull request. */

/** A metric or a channel is read whole: a cut one can't be looked up. */
const LONGEST_LINE = 1_000;

type DagOfStage = ReadonlyMap<string, string>;

function summarySection(plan: PlanDocument): string[] {
  const numbers = countPlan(plan);
  const { dags, status } = numbers.graph;
  return [
    `# Migration plan: ${text(plan.analysis.graph.name)}`,
    '',
    text(plan.summary, 4_000),
    '',
    `- ${countOf(dags, 'DAG')}, ${status.exact} known exactly (${percent(status.exact, dags)})`,
    `- ${describeMoves(numbers)}`,
    `- hazards: ${severities.map((severity) => `${numbers.hazards[severity]} ${severity}`).join(', ')}`,
    `- ${refinementWords[plan.refinement.status]}`,
    `- ${describeScore(plan.score)}`,
  ];
}

function list(title: string, items: readonly string[], bullet = '-'): string[] {
  return items.length === 0 ? [] : ['', `**${title}**`, '', ...items.map((item) => `${bullet} ${text(item)}`)];
}

function phaseSection(phase: Phase, dagOfStage: DagOfStage): string[] {
  const { canary, rollback } = phase;
  return [
    '',
    `### Phase ${phase.number}: ${text(phase.title)}`,
    '',
    text(phase.goal),
    '',
    ...phase.emits.map((stage) => `- ${code(dagOfStage.get(stage) ?? stage)} announces its success`),
    ...phase.changes.map(
      ({ stage, from, to }) => `- ${code(dagOfStage.get(stage) ?? stage)}: ${modeWords[from]} → ${modeWords[to]}`,
    ),
    ...list('To do before it', phase.tasks.map(({ text: work, effort }) => `${work} (about ${effort.value} h)`)),
    ...list('Entry', phase.entry),
    ...list('Canary', [`${canary.text} (${describeHours(canary.hours)})`, `metric: ${canary.metric}`, `stop when: ${canary.stop_rule}`]),
    ...list('Exit', phase.exit),
    ...list(`Rollback to ${rollback.to}, ${rollback.minutes} min`, [rollback.switch, ...rollback.steps], '- [ ]'),
    '',
    `Replay: ${text(rollback.replay)}`,
    '',
    `Decides: ${text(describePerson(phase.decides))}`,
  ];
}

function stageRow(stage: Stage): string {
  const trigger = stage.trigger === null ? text(stage.stay_reason) : text(stage.trigger.text);
  const key = stage.dedupe_key.map((part) => code(part)).join(' ');
  const cells = [
    code(stage.dag_id),
    describeMove(stage),
    stage.wave === 0 ? '–' : String(stage.wave),
    trigger === '' ? '–' : trigger,
    deliveryWords[stage.delivery],
    key === '' ? '–' : key,
  ];
  return `| ${cells.join(' | ')} |`;
}

function lineItems(lines: readonly Line[]): string[] {
  return lines.flatMap(({ label, texts }) => {
    const [only, ...more] = texts;
    if (only !== undefined && more.length === 0) return [`- **${label}**: ${text(only, LONGEST_LINE)}`];
    return [`- **${label}**`, ...texts.map((one) => `  - ${text(one, LONGEST_LINE)}`)];
  });
}

/** How each DAG is run on events: what the on-call opens first. */
function operationSection({ stages }: PlanDocument): string[] {
  const started = stages.flatMap(({ dag_id, controls }) => (controls ? [{ dag_id, controls }] : []));
  if (started.length === 0) return [];
  const [first] = started;
  const triage = first?.controls.dead_letter.triage ?? [];
  return [
    '',
    '## Operation',
    ...list('Triage of a dead letter', triage, '1.'),
    ...started.flatMap(({ dag_id, controls }) => [
      '',
      `### ${code(dag_id)}`,
      '',
      ...lineItems(describeControls(controls).filter(({ label, texts }) => label !== 'triage' || texts.join() !== triage.join())),
      '',
      '| Signal | Metric | Threshold | Called |',
      '|---|---|---|---|',
      ...describeSignals(controls).map((cells) => `| ${cells.map((cell) => text(cell, LONGEST_LINE)).join(' | ')} |`),
    ]),
  ];
}

function contractSection({ contracts }: PlanDocument): string[] {
  if (contracts.length === 0) return [];
  return [
    '',
    '## Contracts',
    ...contracts.flatMap((contract) => [
      '',
      `### ${code(contract.event)} v${contract.version}`,
      '',
      ...lineItems(describeContract(contract)),
      '',
      '| Field | Type | Required | Meaning | Example |',
      '|---|---|---|---|---|',
      ...Object.entries(contract.payload.properties).map(
        ([name, { type, description }]) =>
          `| ${code(name)} | ${type} | ${contract.payload.required.includes(name) ? 'yes' : 'no'} | ${text(description)} | ${code(String(contract.example[name] ?? ''))} |`,
      ),
    ]),
  ];
}

function runbookSection({ runbook }: PlanDocument): string[] {
  if (runbook.length === 0) return [];
  return [
    '',
    '## Runbook',
    ...runbook.flatMap(({ title, dags, detect, decide, act, verify }) => [
      '',
      `### ${text(title)}`,
      '',
      `It can hit ${countOf(dags.length, 'DAG')}.`,
      ...list('Detect', detect),
      ...list('Decide', decide),
      ...list('Act', act, '1.'),
      ...list('Verify', verify, '- [ ]'),
    ]),
  ];
}

/** Hazards of one rule that share a cure. */
function hazardGroup(hazards: readonly Hazard[]): string[] {
  const [first] = hazards;
  if (first === undefined) return [];
  return [
    '',
    `### ${text(first.rule)}: ${text(first.title)}`,
    '',
    `Cure: ${text(first.cure)}`,
    '',
    ...hazards.map((hazard) => `- **${hazard.severity}** ${code(hazard.dag_id)}: ${text(hazard.message)}`),
  ];
}

function hazardSection(plan: PlanDocument): string[] {
  const { hazards } = plan.analysis;
  if (hazards.length === 0) return [];
  const groups = new Map<string, Hazard[]>();
  for (const hazard of severities.flatMap((severity) => hazards.filter((each) => each.severity === severity))) {
    const key = JSON.stringify([hazard.rule, hazard.cure]);
    groups.set(key, [...(groups.get(key) ?? []), hazard]);
  }
  return ['', '## Hazards', ...[...groups.values()].flatMap(hazardGroup)];
}

function unknownSection(plan: PlanDocument): string[] {
  const ranking = rankUnknowns(plan.analysis.graph);
  if (ranking.length === 0) return [];
  return [
    '',
    '## Not known',
    '',
    ...ranking.map(
      (unknown) =>
        `- ${countOf(unknown.dagIds.length, 'DAG')}: ${unknownWords[unknown.kind]}, ${text(unknown.reason)} → ${text(unknown.cure)}`,
    ),
  ];
}

function questionSection(plan: PlanDocument): string[] {
  if (plan.questions.length === 0) return [];
  return [
    '',
    '## Questions',
    '',
    ...plan.questions.map(({ question, unlocks }) => `- ${text(question)} (unlocks ${countOf(unlocks.length, 'DAG')})`),
  ];
}

/** The plan as Markdown. */
export function renderPlanMarkdown(plan: PlanDocument): string {
  const dagOfStage: DagOfStage = new Map(plan.stages.map((stage) => [stage.id, stage.dag_id]));
  const parts = [
    ...summarySection(plan),
    ...(plan.phases.length === 0 ? [] : ['', '## Phases']),
    ...plan.phases.flatMap((phase) => phaseSection(phase, dagOfStage)),
    ...(plan.stages.length === 0
      ? []
      : ['', '## DAGs', '', '| DAG | Mode | Phase | Trigger or reason | Delivery | Dedupe key |', '|---|---|---|---|---|---|']),
    ...plan.stages.map(stageRow),
    ...operationSection(plan),
    ...contractSection(plan),
    ...runbookSection(plan),
    ...hazardSection(plan),
    ...unknownSection(plan),
    ...questionSection(plan),
  ];
  return `${parts.join('\n')}\n`;
}
