import { callableOf } from '../evaluate/bodies/entry.js';
import { knownContextKeys } from '../knowledge/context-keys.js';
import type { Known } from '../evaluate/bodies/known.js';
import type { DagState } from '../evaluate/airflow/state.js';
import { PyDict, PyFunction, PyList, PyTuple } from '../evaluate/values.js';
import type { Value } from '../evaluate/values.js';
import type { HandedFunction } from '../model/graph.js';
import { compareText } from '../model/place.js';
import { bodyFacts } from './body-facts.js';

/** The functions that a DAG and its tasks hand to Airflow beside the work, each once with all the tasks that have it. */
export function handedFunctions(dag: DagState): HandedFunction[] {
  const found = new Map<string, HandedFunction>();
  for (const [role, value] of dag.keywords) if (role !== 'default_args') note(found, functionsIn(role, value));
  for (const task of dag.tasks.values()) {
    const work = callableOf(task);
    for (const role of task.keywords.keys()) {
      const value = task.instance.attributes.get(role) ?? task.keywords.get(role) ?? null;
      note(found, functionsIn(role, value).filter((each) => each.function !== work), task.taskId);
    }
  }
  return [...found].sort(([a], [b]) => compareText(a, b)).map(([, each]) => ({ ...each, task_ids: each.task_ids.sort(compareText) }));
}

interface Role {
  readonly role: string;
  readonly function: PyFunction;
}

/** A function, a list of them, or a mapping of names to them (`user_defined_macros`). */
function functionsIn(role: string, value: Value): Role[] {
  if (value instanceof PyFunction) return [{ role, function: value }];
  if (value instanceof PyList || value instanceof PyTuple) {
    return role.endsWith('_callback') ? value.items.flatMap((each) => (each instanceof PyFunction ? [{ role, function: each }] : [])) : [];
  }
  if (!(value instanceof PyDict) || !role.startsWith('user_defined_')) return [];
  return [...value.entries.values()].flatMap(({ key, value: item }) =>
    typeof key === 'string' && item instanceof PyFunction ? [{ role: `${role}.${key}`, function: item }] : [],
  );
}

function note(found: Map<string, HandedFunction>, roles: readonly Role[], taskId?: string): void {
  for (const { role, function: callee } of roles) {
    const { file, line } = callee.place;
    const key = [role, file, String(line).padStart(9, '0'), callee.name].join('\n');
    const known = found.get(key);
    if (known === undefined) {
      const body = bodyFacts([{ function: callee, bound: contextOf(role, callee) }]);
      found.set(key, { role, name: callee.name, task_ids: taskId === undefined ? [] : [taskId], body, file, line });
    } else if (taskId !== undefined && !known.task_ids.includes(taskId)) known.task_ids.push(taskId);
  }
}

/** Airflow calls a callback with the context as its first argument, whatever its parameter is called; a macro gets none. */
function contextOf(role: string, callee: PyFunction): Map<string, Known> {
  const [first] = callee.node.parameters;
  if (role.endsWith('_callback')) {
    const takesContext = first?.form === 'positional' || first?.form === 'positional_only';
    return new Map(role === 'sla_miss_callback' || !takesContext ? [] : [[first.name, { isContext: true }]]);
  }
  if (!role.startsWith('user_defined_')) return new Map();
  // What the template hands over stands in the template: a parameter that is named like a context key isn't filled.
  return new Map(callee.node.parameters.filter(({ name }) => knownContextKeys.has(name)).map(({ name }) => [name, {}]));
}
