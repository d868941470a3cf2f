import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyInstance, PyNative } from '../values.js';
import type { NativeCall, PyClass, Value } from '../values.js';
import { defineModelledClass } from './define.js';
import { setRelatives } from './edges.js';
import { raiseAirflow } from './errors.js';
import { groupClass } from './group.js';
import { operatorClass } from './operator-class.js';
import { GroupState, TaskState } from './state.js';
import { stateOf, worldOf } from './world.js';

const launcher = 'airflow.providers.databricks.operators.databricks_workflow._CreateDatabricksWorkflowOperator';
const member = 'airflow.providers.databricks.operators.databricks.DatabricksTaskBaseOperator';

/** Arguments of the workflow that the launching task gets; the others are the group's. */
const ownArguments: readonly string[] = [
  'databricks_conn_id', 'access_control_list', 'existing_clusters', 'extra_job_params', 'jar_params', 'job_clusters',
  'max_concurrent_runs', 'notebook_packages', 'notebook_params', 'python_params', 'spark_submit_params',
];

/** `DatabricksWorkflowTaskGroup`: where its block ends, a task `launch` that starts the workflow comes before its tasks. */
export function databricksGroupClass(rt: Runtime, path: string): PyClass {
  const base = groupClass(rt, worldOf(rt).api.canonicalPath('airflow.utils.task_group.TaskGroup'));
  const cls = defineModelledClass(rt, path, { isOpen: true, base });
  cls.construct ??= (runtime, made) => runtime.instance(made);
  cls.attributes.set('__init__', new PyNative('__init__', initialize(base)));
  cls.attributes.set('__exit__', new PyNative('__exit__', leave(base)));
  return cls;
}

const initialize =
  (base: PyClass): NativeCall =>
  (rt, [self = null, ...args], keywords, place) => {
    if (!(self instanceof PyInstance)) return null;
    args.forEach((value, index) => self.attributes.set(ownArguments[index] ?? '', value));
    for (const name of ownArguments) {
      const value = keywords.get(name);
      if (value !== undefined) self.attributes.set(name, value);
    }
    if (!self.attributes.has('databricks_conn_id')) rt.raise('TypeError', "DatabricksWorkflowTaskGroup.__init__() missing 1 required positional argument: 'databricks_conn_id'", place);
    const forGroup = new Map([...keywords].filter(([name]) => !ownArguments.includes(name)));
    return rt.call(base.attributes.get('__init__') ?? null, [self], forGroup, place);
  };

const leave =
  (base: PyClass): NativeCall =>
  (rt, args, keywords, place) => {
    const group = stateOf(args[0]);
    if (group instanceof GroupState) launch(rt, group, place);
    return rt.call(base.attributes.get('__exit__') ?? null, args, keywords, place);
  };

function launch(rt: Runtime, group: GroupState, place: Place): void {
  const tasks = [...group.tasks()];
  const roots = tasks.filter((task) => [...task.upstream].every((each) => !tasks.includes(each)));
  const given = ownArguments.flatMap((name): [string, Value][] => {
    const value = group.instance.attributes.get(name);
    return value === undefined || name === 'notebook_packages' || name === 'extra_job_params' ? [] : [[name, value]];
  });
  const made = rt.call(operatorClass(rt, launcher), [], new Map<string, Value>([['task_id', 'launch'], ['task_group', group.instance], ...given]), place);
  const first = stateOf(made);
  if (!(first instanceof TaskState)) return;
  for (const task of tasks) join(rt, task, made, place);
  for (const root of roots) setRelatives(rt, root, [first], true, place);
  for (const upstream of group.upstreamTasks) setRelatives(rt, first, [upstream], true, place);
  if (tasks.some((task) => [...task.downstream].some((each) => !tasks.includes(each)))) {
    group.dag?.spoil(rt.unknown('not_modelled', 'what a Databricks workflow group hands on of edges that were made before its block ended', place));
  }
}

/** Only Databricks' own tasks can be part of a workflow. */
function join(rt: Runtime, task: TaskState, launched: Value, place: Place): void {
  const { cls } = task.instance;
  const isMember = cls.mro.some((each) => each.path === member) && !task.isMapped;
  if (!isMember && (task.isOpaque || cls.place !== undefined)) {
    task.dag?.spoil(rt.unknown('not_modelled', `whether ${task.taskId} can be part of a Databricks workflow`, place));
    return;
  }
  if (!isMember) raiseAirflow(rt, 'AirflowException', `Task ${task.taskId} does not support conversion to databricks workflow task.`, place);
  rt.setAttribute(task.instance, 'workflow_run_metadata', rt.getAttribute(launched, 'output', place), place);
}
