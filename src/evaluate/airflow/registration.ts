import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { addWay } from '../conditions.js';
import { checkExecutor, checkFailFast } from './deployment-checks.js';
import { raiseAirflow } from './errors.js';
import type { DagState, GroupState, TaskState } from './state.js';
import { touch } from './world.js';

/** `dag.add_task(task)`: an id may stand once among tasks and groups. */
export function addTask(rt: Runtime, dag: DagState, task: TaskState, place: Place): void {
  touch(rt, dag);
  rt.touchShared(task.instance.stamp);
  const known = dag.tasks.get(task.taskId);
  if (known === task) return;
  if (known !== undefined || dag.usedGroupIds.has(task.taskId)) {
    if (acceptsDuplicate(rt, dag)) {
      if (known !== undefined) known.ways = addWay(known.ways, rt.conditionsOn(dag.instance));
      return;
    }
    raiseAirflow(rt, 'DuplicateTaskIdFound', `Task id '${task.taskId}' has already been added to the DAG`, place);
  }
  // A task made outside of any DAG joins the DAG's root group.
  if (task.group === undefined) {
    task.group = dag.root;
    dag.root.children.set(task.taskId, task);
  }
  dag.tasks.set(task.taskId, task);
  dag.usedGroupIds.add(task.taskId);
  task.dag = dag;
  checkFailFast(rt, dag, task, place);
  checkExecutor(rt, dag, task, place);
  task.ways = [rt.conditionsOn(dag.instance)];
}

/** Under a condition that isn't known the same id in the other arm is no error; the DAG isn't exact anyway. */
function acceptsDuplicate(rt: Runtime, dag: DagState): boolean {
  return rt.doubtOn(dag.instance) !== undefined;
}

/** `task_group.add(node)`. */
export function addToGroup(rt: Runtime, group: GroupState, key: string, node: TaskState | GroupState, place: Place): void {
  touch(rt, group.dag);
  const known = group.children.get(key);
  const way = group.dag === undefined ? [] : rt.conditionsOn(group.dag.instance);
  if (known !== undefined && known !== node) {
    if (group.dag !== undefined && acceptsDuplicate(rt, group.dag)) {
      if (known.kind === 'group') known.ways = addWay(known.ways, way);
      return;
    }
    const what = node.kind === 'task' ? 'Task' : 'Task Group';
    raiseAirflow(rt, 'DuplicateTaskIdFound', `${what} id '${key}' has already been added to the DAG`, place);
  }
  if (node.kind === 'group') node.ways = [way];
  group.children.set(key, node);
}

/** The id of a TaskFlow task: a suffix `__1`, `__2`, ... when the DAG has it already (`get_unique_task_id`). */
export function uniqueTaskId(taskId: string, dag: DagState | undefined, group: GroupState | undefined): string {
  if (dag === undefined) return taskId;
  const full = group?.childId(taskId) ?? taskId;
  if (!dag.tasks.has(full)) return taskId;
  const prefix = full.replace(/__\d+$/, '');
  const suffixes = [...dag.tasks.keys()].map((id) => suffixOf(id, prefix));
  return `${taskId.replace(/__\d+$/, '')}__${(Math.max(0, ...suffixes) + 1).toString()}`;
}

function suffixOf(id: string, prefix: string): number {
  if (!id.startsWith(`${prefix}__`)) return 0;
  const rest = id.slice(prefix.length + 2);
  return /^\d+$/.test(rest) ? Number(rest) : 0;
}
