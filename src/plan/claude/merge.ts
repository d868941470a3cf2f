import type { Phase, PlanDocument, Stage } from '../../model/plan.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import { buildContracts } from '../controls/contracts.js';
import { withControls } from '../controls/controls.js';
import { buildRunbook } from '../controls/runbook.js';
import { checkPlan } from '../invariants/check-plan.js';
import type { Violation } from '../invariants/invariant.js';
import { planPhases } from '../offline/phases.js';
import { summarize } from '../offline/summary.js';
import type { Part } from './parts.js';

/** A plan with the accepted parts, what they changed, and what was refused for which reason. */
export interface Merged {
  plan: PlanDocument;
  refused: string[];
}

/**
 * Puts parts into a copy of the offline plan. Parts that break an invariant go back to the offline ones until nothing is
 * broken: each round refuses at least one, and the plan without any is the valid one that it began with.
 */
export function mergeParts(offline: PlanDocument, parts: readonly Part[], facts: PlanFacts): Merged {
  const refused: string[] = [];
  let accepted = [...parts];
  for (;;) {
    const plan = assemble(offline, accepted, facts);
    const violations = accepted.length === 0 ? [] : checkPlan(plan);
    if (violations.length === 0) return { plan, refused: [...new Set(refused)] };
    const guilty = blame(violations, plan, accepted);
    for (const [part, broken] of guilty)
      for (const { code, message, mend } of broken) refused.push(`${code} ${part.id}: ${message} ${mend}`);
    accepted = accepted.filter((part) => !guilty.has(part));
  }
}

/** The offline plan with these parts: phases follow from the stages, words of a phase hold while it stays the same. */
function assemble(offline: PlanDocument, parts: readonly Part[], facts: PlanFacts): PlanDocument {
  if (parts.length === 0) return offline;
  const replaced = new Map(parts.flatMap(({ id, stage }) => (stage ? [[id, stage] as const] : [])));
  const planned = planPhases(
    offline.stages.map((stage) => replaced.get(stage.id) ?? stage),
    facts,
  );
  const offlineStages = new Map(offline.stages.map((stage) => [stage.id, stage]));
  const stages = withControls(planned.stages, facts).map((stage) => signStage(stage, offlineStages.get(stage.id)));
  const phases = planned.phases.map((phase) => wordPhase(phase, offline, parts));
  return {
    ...offline,
    summary: summarize(stages, phases),
    stages,
    phases,
    contracts: buildContracts(stages, facts),
    runbook: buildRunbook(stages),
    questions: addQuestions(offline, stages),
  };
}

function signStage(stage: Stage, offline: Stage | undefined): Stage {
  const isSame = offline !== undefined && JSON.stringify({ ...stage, wave: 0 }) === JSON.stringify({ ...offline, wave: 0 });
  return isSame ? stage : { ...stage, author: 'claude' };
}

function wordPhase(phase: Phase, offline: PlanDocument, parts: readonly Part[]): Phase {
  const words = parts.find(({ kind, id }) => kind === 'phase' && id === phase.id)?.phase;
  if (!words || !isSameWork(phase, offline.phases.find(({ id }) => id === phase.id))) return phase;
  const { title, goal, canary, steps, minutes, replay } = words;
  return { ...phase, title, goal, canary, rollback: { ...phase.rollback, steps, minutes, replay }, author: 'claude' };
}

/** Whether a phase of the new plan is the one that Claude saw under this id. */
export function isSameWork(phase: Phase, seen: Phase | undefined): boolean {
  const work = ({ changes, emits }: Phase): string =>
    JSON.stringify([changes.map(({ stage, from, to }) => [stage, from, to].join()).sort(), [...emits].sort()]);
  return seen !== undefined && work(phase) === work(seen);
}

function addQuestions(offline: PlanDocument, stages: readonly Stage[]): PlanDocument['questions'] {
  const known = new Set(offline.questions.map(({ question }) => question));
  const added = new Map<string, string[]>();
  for (const { dag_id, questions } of stages)
    for (const question of questions) if (!known.has(question)) added.set(question, [...(added.get(question) ?? []), dag_id]);
  const all = [...offline.questions, ...[...added].map(([question, unlocks]) => ({ question, unlocks }))];
  return all.sort((a, b) => b.unlocks.length - a.unlocks.length);
}

/**
 * The accepted parts that violations point at. A violation elsewhere is the work of a part that moved something: then all
 * stage parts go back, since the plan without them is known to hold.
 */
function blame(violations: readonly Violation[], plan: PlanDocument, accepted: readonly Part[]): Map<Part, Violation[]> {
  const guilty = new Map<Part, Violation[]>();
  for (const part of accepted) {
    const broken = violations.filter(({ path }) => pointsAt(path, part, plan));
    if (broken.length > 0) guilty.set(part, broken);
  }
  if (guilty.size > 0) return guilty;
  const stageParts = accepted.filter(({ kind }) => kind === 'stage');
  for (const part of stageParts.length > 0 ? stageParts : accepted) guilty.set(part, violations.slice(0, 1));
  return guilty;
}

function pointsAt(path: string, part: Part, plan: PlanDocument): boolean {
  const [, list, index, field, at] = path.split('/');
  if (list === 'stages') return part.kind === 'stage' && plan.stages[Number(index)]?.id === part.id;
  const phase = list === 'phases' ? plan.phases[Number(index)] : undefined;
  if (!phase) return false;
  if (field === 'changes' && at !== undefined) return phase.changes[Number(at)]?.stage === part.id;
  return part.kind === 'phase' && part.id === phase.id;
}
