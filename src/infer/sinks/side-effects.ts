import { isAskedEndpoint, sideEffectCalls, sideEffects, type SideEffectRow } from '../../knowledge/write-modes.js';
import type { Dag, Task } from '../../model/graph.js';
import { taskCitation, type Citation } from '../evidence.js';

/** Something that a task does to the outside. */
export interface SideEffect {
  /** The call, when it stands in the task's code. */
  subject?: string;
  /** What happens, and by what: `sends a mail (EmailOperator)`. */
  effect: string;
  citation: Citation;
}

/** What a task does to people and other systems, by its class or else by its code. */
export function sideEffectsOf(dag: Dag, task: Task): SideEffect[] {
  const names = new Set([task.operator, ...task.operator_bases]);
  const row = sideEffects.find((each) => names.has(each.class) && hasEffect(task, each));
  if (row) {
    const effect = `${row.effect} (${task.operator})`;
    return [{ effect, citation: taskCitation(dag, task, `${task.task_id} ${effect}`, 'side-effect') }];
  }
  return task.body.flatMap((fact) => {
    const call = fact.kind === 'call' ? sideEffectCalls.find(({ name }) => fact.name === name || fact.name.endsWith(`.${name}`)) : undefined;
    if (!call || isAskedEndpoint(fact.arguments?.['0'] ?? fact.arguments?.['url'] ?? '')) return [];
    const effect = `${call.effect} (${fact.name})`;
    const place = { file: fact.file, line: fact.line };
    return [{ subject: fact.name, effect, citation: { ...taskCitation(dag, task, `${task.task_id} ${effect}`, `side-effect:${fact.name}`), place } }];
  });
}

/** A method that only reads has no effect; one that isn't known may have. */
function hasEffect(task: Task, row: SideEffectRow): boolean {
  const endpoint = task.arguments['endpoint'];
  if (typeof endpoint === 'string' && isAskedEndpoint(endpoint)) return false;
  if (!row.unless) return true;
  const value = task.arguments[row.unless.argument];
  return typeof value !== 'string' || !row.unless.values.includes(value.toUpperCase());
}
