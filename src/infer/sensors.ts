import { sensorNamed, type SensorKnowledge } from '../knowledge/sensors.js';
import type { Dag, Task } from '../model/graph.js';
import type { Topology } from './topology.js';

/** A task that waits for something, and the row of the table that says what. */
export interface WaitingTask {
  dag: Dag;
  task: Task;
  topology: Topology;
  sensor: SensorKnowledge;
  /** How the row was found: by the class itself, by an ancestor of it, or only by its name. */
  match: 'class' | 'ancestor' | 'name';
}

/** The tasks of a DAG that are sensors by the table, with the row of each. */
export function waitingTasks(dag: Dag, topology: Topology): WaitingTask[] {
  return dag.tasks.flatMap((task) => {
    const found = sensorOf(task);
    return found ? [{ dag, task, topology, ...found }] : [];
  });
}

/** The row of the table for a task's class or its nearest known ancestor. */
export function sensorOf(task: Task): Pick<WaitingTask, 'sensor' | 'match'> | undefined {
  const own = sensorNamed(task.operator);
  if (own) return { sensor: own, match: isProvided(task.operator_path) ? 'class' : 'name' };
  for (const base of task.operator_bases) {
    const sensor = sensorNamed(base);
    if (sensor) return { sensor, match: 'ancestor' };
  }
  return decoratedSensor(task);
}

/** `@task.sensor` makes a task whose class is private to the provider. */
function decoratedSensor(task: Task): Pick<WaitingTask, 'sensor' | 'match'> | undefined {
  const isDecorated = task.operator_bases.includes('BaseSensorOperator') || /Sensor(Async)?$/.test(task.operator);
  const sensor = task.operator.startsWith('_Decorated') ? undefined : sensorNamed('PythonSensor');
  return isDecorated && sensor && task.callable ? { sensor, match: 'ancestor' } : undefined;
}

/** Whether a class comes from Airflow, a provider or a package that extends them, by its dotted path. */
function isProvided(path: string): boolean {
  return /^(airflow|astronomer|fivetran_provider_async|fivetran_provider)\./.test(path);
}

/** Operators that stand in a graph and do nothing. */
const idleOperators: ReadonlySet<string> = new Set(['EmptyOperator', 'DummyOperator', 'LatestOnlyOperator']);

/**
 * Whether work happens before a task, so that an event can't start the DAG at it. Empty tasks and other waiting tasks
 * are no work.
 */
export function isMidDag(task: Task, topology: Topology): boolean {
  return topology.ancestors(task.task_id).some((taskId) => {
    const ancestor = topology.tasks.get(taskId);
    return ancestor !== undefined && !idleOperators.has(ancestor.operator) && !sensorOf(ancestor);
  });
}
