import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import type { Keywords } from '../values.js';
import { Unknown } from '../values.js';
import { raiseAirflow } from './errors.js';
import { DagState } from './state.js';
import type { TaskState } from './state.js';
import { stateOf, worldOf } from './world.js';

const subdagOperator = 'airflow.operators.subdag.SubDagOperator';

/** Whether a task runs a DAG of its own (Airflow 1.10 and 2.x). */
export function isSubdagOperator(task: TaskState): boolean {
  return task.instance.cls.mro.some((each) => each.path === subdagOperator);
}

/** What `SubDagOperator.__init__` refuses: the child's id is the parent's and the task's (`_validate_dag`). */
export function checkSubdag(rt: Runtime, task: TaskState, keywords: Keywords, place: Place): void {
  const given = keywords.get('subdag');
  const child = stateOf(given);
  // The constructor asks its own arguments and the open block, not the DAG that a group or a default brought.
  const parent = stateOf(keywords.get('dag')) ?? worldOf(rt).dags.at(-1);
  if (!(parent instanceof DagState)) {
    return raiseAirflow(rt, 'AirflowException', 'Please pass in the `dag` param or call within a DAG context manager', place);
  }
  if (!(child instanceof DagState)) {
    parent.spoil(given instanceof Unknown ? given : rt.unknown('not_modelled', 'the DAG of a SubDagOperator is not known', place));
    return;
  }
  const taskId = keywords.get('task_id');
  if (parent.dagId === undefined || child.dagId === undefined || typeof taskId !== 'string') return;
  const expected = `${parent.dagId}.${taskId}`;
  if (child.dagId === expected) return;
  const text = `The subdag's dag_id should have the form '{parent_dag_id}.{this_task_id}'. Expected '${expected}'; received '${child.dagId}'.`;
  raiseAirflow(rt, 'AirflowException', text, place);
}

/** DAGs with those that their tasks run: Airflow loads a child with its parent, wherever the code keeps it. */
export function withSubdags(dags: Iterable<DagState>): DagState[] {
  const all = new Set(dags);
  // A set is iterated over what is added on the way too.
  for (const dag of all) {
    for (const task of dag.tasks.values()) {
      const child = isSubdagOperator(task) ? stateOf(task.instance.attributes.get('subdag')) : undefined;
      if (child instanceof DagState) all.add(child);
    }
  }
  return [...all];
}
