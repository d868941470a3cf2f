import type { Phase, PlanDocument, Stage } from '../../model/plan.js';
import type { Changes } from '../facts/changes.js';
import { describeChanges } from '../facts/changes.js';
import { describePerson } from '../facts/controls.js';
import { describeDuration } from '../facts/duration.js';
import { countPlan, describeMoves } from '../facts/numbers.js';
import { countOf, percent } from '../facts/plural.js';
import { describeHours } from '../facts/schedule.js';
import { describeScore } from '../facts/score.js';
import { rankUnknowns } from '../facts/unknown-ranking.js';
import { slotHoursWon, waitNumbers, waitsOf } from '../facts/waits.js';
import { describeMove, refinementWords, severities, unknownWords } from '../words.js';
import { markdownCode as code, markdownText as text } from './escape.js';
import { sectionsWithin } from './sections.js';
import type { Section } from './sections.js';

/** The plan in short as Markdown: for an issue or a wiki page, however large the estate is. */

/** Bytes. GitHub takes 65,536 characters in an issue. */
const MOST_BYTES = 60_000;
const LONGEST_LINE = 240;

function summary(plan: PlanDocument): Section {
  const numbers = countPlan(plan);
  const { dags, tasks, status } = numbers.graph;
  const waits = waitNumbers(waitsOf(plan));
  const slots = slotHoursWon(plan);
  const wait = [
    ...(waits.today === null ? [] : [`${describeDuration(waits.today)} today`]),
    ...(waits.after === null ? [] : [`at most ${describeDuration(waits.after)} afterwards`]),
  ];
  return {
    head: [`# Leaving cron: ${text(plan.analysis.graph.name)}`, '', text(plan.summary, 4_000), ''],
    rows: [
      `- ${countOf(dags, 'DAG')} with ${countOf(tasks, 'task')}, ${status.exact} known exactly (${percent(status.exact, dags)})`,
      `- ${describeMoves(numbers)}`,
      `- ready to move: ${numbers.verdicts.ready}, with work: ${numbers.verdicts.needs_work}`,
      ...(wait.length === 0 ? [] : [`- data waits for its DAG (median of ${countOf(waits.dags, 'DAG')} that ${waits.dags === 1 ? 'moves' : 'move'}): ${wait.join(', ')}`]),
      `- slot hours won a day, at most: ${slots.hours}`,
      `- hazards: ${severities.map((severity) => `${numbers.hazards[severity]} ${severity}`).join(', ')}`,
      `- ${refinementWords[plan.refinement.status]}`,
      `- ${describeScore(plan.score)}`,
    ],
    noun: 'line',
  };
}

function phaseRow({ number, title, canary, rollback, changes, emits, decides }: Phase): string {
  const cells = [
    String(number),
    text(title, LONGEST_LINE),
    String(Math.max(changes.length, emits.length)),
    describeHours(canary.hours),
    text(canary.stop_rule, LONGEST_LINE),
    `to ${rollback.to} in ${rollback.minutes} min: ${text(rollback.switch, LONGEST_LINE)}`,
    text(describePerson(decides), LONGEST_LINE),
  ];
  return `| ${cells.join(' | ')} |`;
}

function phases(plan: PlanDocument): Section {
  return {
    head: ['', '## Phases', '', '| Phase | What | DAGs | Canary | Stop when | Way back | Who decides |', '|---|---|---|---|---|---|---|'],
    rows: plan.phases.map(phaseRow),
    noun: 'phase',
  };
}

function hazards({ analysis }: PlanDocument): Section {
  const groups = new Map<string, typeof analysis.hazards>();
  for (const hazard of severities.flatMap((severity) => analysis.hazards.filter((each) => each.severity === severity))) {
    const key = JSON.stringify([hazard.severity, hazard.rule, hazard.cure]);
    groups.set(key, [...(groups.get(key) ?? []), hazard]);
  }
  const rows = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const dags = new Set(group.map((hazard) => hazard.dag_id)).size;
    return [`- **${first.severity}** ${text(first.rule)} ${text(first.title)}, ${countOf(dags, 'DAG')}. Cure: ${text(first.cure, LONGEST_LINE)}`];
  });
  return { head: ['', '## Hazards', ''], rows, noun: 'kind of hazard', nouns: 'kinds of hazard' };
}

function questions(plan: PlanDocument): Section {
  const ranked = plan.questions.toSorted((a, b) => b.unlocks.length - a.unlocks.length);
  return {
    head: ['', '## Questions', ''],
    rows: ranked.map(({ question, unlocks }) => `- ${text(question)} (unlocks ${countOf(unlocks.length, 'DAG')})`),
    noun: 'question',
  };
}

function unknowns(plan: PlanDocument): Section {
  return {
    head: ['', '## Not known', ''],
    rows: rankUnknowns(plan.analysis.graph).map(
      ({ dagIds, kind, reason, cure }) => `- ${countOf(dagIds.length, 'DAG')}: ${unknownWords[kind]}, ${text(reason, LONGEST_LINE)} → ${text(cure, LONGEST_LINE)}`,
    ),
    noun: 'reason',
  };
}

function dagRow(stage: Stage): string {
  const start = stage.trigger === null ? stage.stay_reason : stage.trigger.text;
  const cells = [code(stage.dag_id, 120), describeMove(stage), stage.wave === 0 ? '–' : String(stage.wave), start === '' ? '–' : text(start, 160)];
  return `| ${cells.join(' | ')} |`;
}

/** Those that move first: of what is cut, they are missed most. */
function dags({ stages }: PlanDocument): Section {
  const moving = stages.filter((stage) => stage.wave > 0).toSorted((a, b) => a.wave - b.wave);
  const rest = stages.filter((stage) => stage.wave === 0);
  return { head: ['', '## DAGs', '', '| DAG | Mode | Phase | Trigger or reason |', '|---|---|---|---|'], rows: [...moving, ...rest].map(dagRow), noun: 'DAG' };
}

function changed(changes: Changes): Section {
  return { head: ['', '## What changed', ''], rows: describeChanges(changes).map(({ label, text: line }) => `- **${label}** ${text(line)}`), noun: 'change' };
}

/** The summary of a plan, at most 60,000 bytes: what is cut is said where it would stand. */
export function renderPlanSummary(plan: PlanDocument, changes?: Changes): string {
  const all = [summary(plan), ...(changes === undefined ? [] : [changed(changes)]), phases(plan), hazards(plan), questions(plan), unknowns(plan), dags(plan)];
  return sectionsWithin(all, MOST_BYTES);
}
