import type { Phase, PlanDocument, Refinement, Stage } from '../../model/plan.js';

type Change = Refinement['changes'][number];

const stageFields = ['target', 'stay_reason', 'trigger', 'delivery', 'dedupe_key', 'waits_on', 'questions', 'rationale'] as const satisfies readonly (keyof Stage)[];
const phaseFields = ['title', 'goal', 'canary', 'rollback'] as const satisfies readonly (keyof Phase)[];

/** What differs between the offline plan and the refined one, field by field, in the plan's order. */
export function listChanges(before: PlanDocument, after: PlanDocument): Change[] {
  return [...stageChanges(before, after), ...orderChange(before, after), ...phaseChanges(before, after)];
}

function stageChanges(before: PlanDocument, after: PlanDocument): Change[] {
  const old = new Map(before.stages.map((stage) => [stage.id, stage]));
  return after.stages.flatMap((stage) => {
    const other = old.get(stage.id);
    return other ? stageFields.flatMap((field) => change(`stages/${stage.dag_id}/${field}`, other[field], stage[field], stage.author === 'claude' ? stage.rationale : '')) : [];
  });
}

function phaseChanges(before: PlanDocument, after: PlanDocument): Change[] {
  const old = new Map(before.phases.map((phase) => [phase.id, phase]));
  return after.phases.flatMap((phase) => {
    const other = old.get(phase.id);
    if (phase.author !== 'claude' || !other) return [];
    return phaseFields.flatMap((field) => change(`phases/${phase.id}/${field}`, other[field], phase[field], ''));
  });
}

/** Phases follow from the stages: when those move differently, the whole order is one change. */
function orderChange(before: PlanDocument, after: PlanDocument): Change[] {
  const order = ({ phases }: PlanDocument): string =>
    phases.map(({ id, changes, emits }) => `${id}: ${[...emits, ...changes.map(({ stage }) => stage)].join(', ')}`).join('; ');
  return change('phases', order(before), order(after), 'It follows from the stages.');
}

function change(path: string, before: unknown, after: unknown, reason: string): Change[] {
  const [old, now] = [textOf(before), textOf(after)];
  return old === now ? [] : [{ path, before: old, after: now, reason }];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
