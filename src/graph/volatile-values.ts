import { assetOf } from '../evaluate/airflow/assets.js';
import type { DagState } from '../evaluate/airflow/state.js';
import { PyDict, PyList, PySet, PyTuple, Unknown } from '../evaluate/values.js';
import type { Value } from '../evaluate/values.js';
import type { VolatileValue } from '../model/graph.js';
import { compareText, type Place } from '../model/place.js';
import { redactText } from '../util/redact.js';

/** Arguments are looked into this deep: below lies configuration of a library. */
const MAX_DEPTH = 4;

/** The arguments of a DAG and its tasks that the clock or chance decides at each parse. */
export function volatileValues(dag: DagState): VolatileValue[] {
  const found = new Map<string, VolatileValue>();
  for (const [name, value] of dag.keywords) if (name !== 'default_args') note(found, varying(value, name, dag.place));
  for (const task of dag.tasks.values()) {
    for (const name of new Set([...task.keywords.keys(), 'inlets', 'outlets'])) {
      const value = task.instance.attributes.get(name) ?? task.keywords.get(name) ?? null;
      note(found, varying(value, name, task.place), task.taskId);
    }
    for (const [name, value] of task.expanded) note(found, varying(value, name, task.place), task.taskId);
  }
  return [...found].sort(([a], [b]) => compareText(a, b)).map(([, each]) => ({ ...each, task_ids: each.task_ids.sort(compareText) }));
}

type Varying = Omit<VolatileValue, 'task_ids'>;

function varying(value: Value, argument: string, fallback: Place, depth = 0): Varying[] {
  if (depth > MAX_DEPTH) return [];
  if (value instanceof Unknown) return ofUnknown(value, argument, fallback);
  const inner = (item: Value, path: string): Varying[] => varying(item, path, fallback, depth + 1);
  if (value instanceof PyList || value instanceof PyTuple) return value.items.flatMap((item, index) => inner(item, `${argument}[${index}]`));
  if (value instanceof PySet) return [...value.entries.values()].flatMap((item) => inner(item, argument));
  if (value instanceof PyDict) {
    return [...value.entries.values()].flatMap(({ key, value: item }) => inner(item, typeof key === 'string' ? `${argument}.${key}` : argument));
  }
  const asset = assetOf(value);
  return asset?.kind === 'all' || asset?.kind === 'any' ? asset.members.flatMap((item) => inner(item, argument)) : [];
}

function ofUnknown({ reason }: Unknown, argument: string, fallback: Place): Varying[] {
  if (reason.kind !== 'time' && reason.kind !== 'random') return [];
  const { file, line } = reason.place.file === '' || reason.place.file.startsWith('<') ? fallback : reason.place;
  return [{ kind: reason.kind, argument, reason: redactText(reason.text), file, line }];
}

function note(found: Map<string, VolatileValue>, values: readonly Varying[], taskId?: string): void {
  for (const value of values) {
    const key = [value.file, String(value.line).padStart(9, '0'), value.argument, value.reason].join('\n');
    const known = found.get(key);
    if (known === undefined) found.set(key, { ...value, task_ids: taskId === undefined ? [] : [taskId] });
    else if (taskId !== undefined && !known.task_ids.includes(taskId)) known.task_ids.push(taskId);
  }
}
