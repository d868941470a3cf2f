import type { Hazard } from '../../model/analysis.js';
import type { PlanDocument, Stage } from '../../model/plan.js';
import { describeMove, modeWords } from '../words.js';

/** What is different between two runs on the same estate. */
export interface Changes {
  readonly newDags: readonly string[];
  readonly goneDags: readonly string[];
  /** DAGs that something else starts than before: steps of the migration that were taken, or taken back. */
  readonly started: readonly { readonly dagId: string; readonly from: Stage['today']; readonly to: Stage['today'] }[];
  /** DAGs that the plan leads elsewhere than before. */
  readonly replanned: readonly { readonly dagId: string; readonly from: string; readonly to: string }[];
  /** DAGs of which more or less is known. */
  readonly known: readonly { readonly dagId: string; readonly from: string; readonly to: string }[];
  readonly newHazards: readonly Hazard[];
  readonly goneHazards: readonly Hazard[];
  /** How far the phases of the earlier plan have come: DAGs of the phase that are started as it wanted, of all that it changes. */
  readonly progress: readonly { readonly number: number; readonly title: string; readonly done: number; readonly of: number }[];
  readonly newQuestions: readonly string[];
  readonly answered: readonly string[];
}

/** A hazard without wording and lines. */
function identityOf({ rule, dag_id, task_id }: Hazard): string {
  return JSON.stringify([rule, dag_id, task_id]);
}

/** Items of the first list that the second lacks; one of the second stands for one of the first. */
function without<Item>(items: readonly Item[], others: readonly Item[], key: (item: Item) => string): Item[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(key(other), (left.get(key(other)) ?? 0) + 1);
  return items.filter((item) => {
    const count = left.get(key(item)) ?? 0;
    left.set(key(item), count - 1);
    return count <= 0;
  });
}

function dagIdsOf({ analysis }: PlanDocument): string[] {
  return analysis.graph.dags.map((dag) => dag.dag_id);
}

/** How each DAG that a phase of the earlier plan changes is started now. */
function progressOf(before: PlanDocument, now: PlanDocument): Changes['progress'] {
  const dagOf = new Map(before.stages.map((stage) => [stage.id, stage.dag_id]));
  const today = new Map(now.stages.map((stage) => [stage.dag_id, stage.today]));
  return before.phases.flatMap(({ number, title, changes }) => {
    // A DAG that is on events already has been through its hybrid phase.
    const done = changes.filter(({ stage, to }) => [to, 'event'].includes(today.get(dagOf.get(stage) ?? '') ?? ''));
    return changes.length === 0 ? [] : [{ number, title, done: done.length, of: changes.length }];
  });
}

/** Compares two plans, the earlier one first. */
export function changesBetween(before: PlanDocument, now: PlanDocument): Changes {
  const same = (text: string): string => text;
  const stages = new Map(before.stages.map((stage) => [stage.dag_id, stage]));
  const status = new Map(before.analysis.graph.dags.map((dag) => [dag.dag_id, dag.status]));
  const pairs = now.stages.flatMap((stage) => {
    const old = stages.get(stage.dag_id);
    return old === undefined ? [] : [{ dagId: stage.dag_id, old, stage }];
  });
  const questionsOf = ({ questions }: PlanDocument): string[] => questions.map(({ question }) => question);
  return {
    newDags: without(dagIdsOf(now), dagIdsOf(before), same),
    goneDags: without(dagIdsOf(before), dagIdsOf(now), same),
    started: pairs.filter(({ old, stage }) => old.today !== stage.today).map(({ dagId, old, stage }) => ({ dagId, from: old.today, to: stage.today })),
    replanned: pairs
      .filter(({ old, stage }) => old.target !== stage.target)
      .map(({ dagId, old, stage }) => ({ dagId, from: describeMove(old), to: describeMove(stage) })),
    known: now.analysis.graph.dags.flatMap(({ dag_id: dagId, status: to }) => {
      const from = status.get(dagId);
      return from === undefined || from === to ? [] : [{ dagId, from, to }];
    }),
    newHazards: without(now.analysis.hazards, before.analysis.hazards, identityOf),
    goneHazards: without(before.analysis.hazards, now.analysis.hazards, identityOf),
    progress: progressOf(before, now),
    newQuestions: without(questionsOf(now), questionsOf(before), same),
    answered: without(questionsOf(before), questionsOf(now), same),
  };
}

/** Changes in lines, the kind of each as its label; nothing changed is a line too. */
export function describeChanges(changes: Changes): { label: string; text: string }[] {
  const { newDags, goneDags, started, replanned, known, newHazards, goneHazards, progress, newQuestions, answered } = changes;
  const ofHazard = ({ rule, dag_id: dagId, message }: Hazard): string => (message.includes(dagId) ? `${rule}: ${message}` : `${rule}: ${dagId}: ${message}`);
  const lines = [
    ...progress.map(({ number, title, done, of }) => ({ label: 'phase', text: `${number} of the earlier plan, ${title}: ${done} of ${of} DAGs have moved` })),
    ...started.map(({ dagId, from, to }) => ({ label: 'moved', text: `${dagId}: ${modeWords[from]} → ${modeWords[to]}` })),
    ...newDags.map((text) => ({ label: 'new DAG', text })),
    ...goneDags.map((text) => ({ label: 'gone DAG', text })),
    ...newHazards.map((hazard) => ({ label: `new hazard, ${hazard.severity}`, text: ofHazard(hazard) })),
    ...goneHazards.map((hazard) => ({ label: 'hazard gone', text: ofHazard(hazard) })),
    ...replanned.map(({ dagId, from, to }) => ({ label: 'planned anew', text: `${dagId}: ${from}, now ${to}` })),
    ...known.map(({ dagId, from, to }) => ({ label: 'known', text: `${dagId}: ${from} → ${to}` })),
    ...newQuestions.map((text) => ({ label: 'new question', text })),
    ...answered.map((text) => ({ label: 'question gone', text })),
  ];
  return lines.some(({ label }) => label !== 'phase') ? lines : [...lines, { label: 'unchanged', text: 'no DAG, hazard or plan is different' }];
}

/** The changes in one line. */
export function countChanges({ newDags, goneDags, started, newHazards, goneHazards }: Changes): string {
  return `${newDags.length} new and ${goneDags.length} gone DAGs, ${started.length} moved, ${newHazards.length} new and ${goneHazards.length} gone hazards`;
}
