import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyDict, PyInstance, Unknown } from '../values.js';
import type { Value } from '../values.js';
import { raiseAirflow } from './errors.js';
import type { DagState, TaskState } from './state.js';
import { isAirflow3 } from './world.js';

/** Rules that a DAG which stops at its first failure takes (`_allowed_rules`). */
const allowedRules: readonly Value[] = ['all_success', 'all_done_setup_success'];

/** `FailStopDagInvalidTriggerRule.check` (2.x) and `FailFastDagInvalidTriggerRule.check` (3.x), when a task joins its DAG. */
export function checkFailFast(rt: Runtime, dag: DagState, task: TaskState, place: Place): void {
  const name = isAirflow3(rt) ? 'fail_fast' : 'fail_stop';
  const isOn = dag.keywords.get(name) ?? false;
  const rule = task.keywords.get('trigger_rule') ?? 'all_success';
  if (isOn === false || task.isTeardown || allowedRules.includes(rule)) return;
  if (isOn !== true || typeof rule !== 'string') {
    dag.spoil(rt.unknown('not_modelled', `whether a DAG with ${name} takes the trigger rule of ${task.taskId}`, place));
    return;
  }
  const shown = isAirflow3(rt) ? 'fail_fast' : 'fail-stop';
  raiseAirflow(rt, 'AirflowException', `A '${shown}' dag can only have all_success trigger rule`, place);
}

/** Whether the deployment has the executor that a task names is nowhere in the code, unless its configuration is given. */
export function checkExecutor(rt: Runtime, dag: DagState, task: TaskState, place: Place): void {
  const executor = task.keywords.get('executor') ?? null;
  if (executor === null || executor === '') return;
  const name = 'AIRFLOW__CORE__EXECUTOR';
  const configured = rt.repository.inputs.environment.get(name)?.split(',').map((each) => each.trim().split(':')[0]);
  if (typeof executor === 'string' && configured?.includes(executor) === true) {
    rt.require('environment', name, 'given', place);
    return;
  }
  rt.require('environment', name, 'missing', place);
  dag.spoil(rt.unknown('environment', `whether ${name} names the executor of ${task.taskId}; Airflow refuses the DAG otherwise`, place));
}

/**
 * A DAG with a schedule has a valid value for each of its Params, or the file is an import error.
 * Only what is surely missing or of the wrong type is told here.
 */
export function checkParams(rt: Runtime, dag: DagState, place: Place): void {
  const params = dag.keywords.get('params');
  if (!(params instanceof PyDict) || params.taint !== undefined || hasNoSchedule(rt, dag)) return;
  const bad = [...params.entries.values()].some(({ value }) => isBadParam(value));
  if (!bad) return;
  const reason = rt.unknown('not_modelled', 'whether Airflow takes a DAG with a schedule and a Param without a valid value', place);
  dag.spoil(reason);
  rt.doubtFile(reason);
}

function hasNoSchedule(rt: Runtime, dag: DagState): boolean {
  const names = ['schedule', 'schedule_interval', 'timetable'].filter((name) => dag.keywords.has(name));
  if (names.length === 0) return isAirflow3(rt);
  return names.every((name) => dag.keywords.get(name) === null);
}

function isBadParam(value: Value): boolean {
  if (!(value instanceof PyInstance) || value.cls.path !== 'airflow.models.param.Param') return false;
  const held = value.attributes.get('value');
  if (held === undefined) return true;
  const type = value.attributes.get('type');
  return typeof type === 'string' && !(held instanceof Unknown) && !fits(type, held);
}

/** Whether a value is of a JSON type; a type that isn't a plain one is left alone. */
function fits(type: string, value: Value): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string' || typeof value === 'object';
    case 'integer':
      return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
    case 'number':
      return typeof value === 'bigint' || typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'null':
      return value === null;
    default:
      return true;
  }
}
