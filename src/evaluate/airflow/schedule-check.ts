import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyInstance, PyList, PyTuple, PySet, Unknown } from '../values.js';
import type { Value } from '../values.js';
import { assetOf } from './assets.js';
import { raiseAirflow } from './errors.js';
import type { DagState } from './state.js';
import { isAirflow3 } from './world.js';

/** The value that says what starts a DAG, and whether anything was given. */
export function scheduleValue(dag: DagState): Value | undefined {
  for (const name of ['timetable', 'schedule_interval', 'schedule']) {
    const value = dag.keywords.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** What Airflow refuses while `DAG(...)` runs: a schedule of no known kind, two schedules, a bad start. */
export function checkSchedule(rt: Runtime, dag: DagState, place: Place): void {
  const given = ['schedule', 'schedule_interval', 'timetable'].filter((name) => dag.keywords.has(name));
  if (given.length > 1) raiseAirflow(rt, 'ValueError', 'At most one of schedule, schedule_interval and timetable may be set', place);
  const value = scheduleValue(dag);
  if (value === undefined || value === null) return;
  if (value instanceof Unknown) {
    dag.spoil(value);
    return;
  }
  if (!isAirflow3(rt) && !hasStart(dag) && rt.truth(value, place) === true) {
    rt.raise('ValueError', 'DAG is missing the start_date parameter', place);
  }
  checkKind(rt, dag, value, place);
  const catchup = dag.keywords.get('catchup');
  if (isAirflow3(rt) && catchup === true && !hasStart(dag) && canBeScheduled(value)) {
    rt.raise('ValueError', 'start_date is required when catchup=True', place);
  }
}

function canBeScheduled(value: Value): boolean {
  return value !== null && assetOf(value) === undefined && !isCollection(value);
}

function hasStart(dag: DagState): boolean {
  if ((dag.keywords.get('start_date') ?? null) !== null) return true;
  const defaults = dag.keywords.get('default_args');
  if (defaults instanceof Unknown) return true;
  return typeof defaults === 'object' && defaults?.kind === 'dict' && (defaults.taint !== undefined || defaults.entries.has('start_date'));
}

function isCollection(value: Value): value is PyList | PyTuple | PySet {
  return value instanceof PyList || value instanceof PyTuple || value instanceof PySet;
}

function checkKind(rt: Runtime, dag: DagState, value: Value, place: Place): void {
  // A bad cron expression is found when the DAG is registered, not here.
  if (typeof value === 'string') return;
  if (isCollection(value)) {
    const members = value instanceof PySet ? [...value.entries.values()] : value.items;
    const hidden = (value instanceof PyTuple ? undefined : value.taint) ?? members.find((each) => each instanceof Unknown);
    if (hidden instanceof Unknown) dag.spoil(hidden);
    else if (members.some((each) => assetOf(each) === undefined)) {
      rt.raise('ValueError', "All elements in 'schedule' should be assets", place);
    }
    return;
  }
  if (value instanceof PyInstance) return;
  rt.raise('ValueError', `${rt.classOf(value).name} is not a valid schedule`, place);
}
