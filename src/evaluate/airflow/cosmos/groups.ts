import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import type { Keywords, Value } from '../../values.js';
import { importString } from '../dag-factory/values.js';
import { isAirflow3 } from '../world.js';

/** A `TaskGroup` of Airflow. */
export function makeGroup(rt: Runtime, keywords: Keywords, place: Place): Value {
  const path = isAirflow3(rt) ? 'airflow.sdk.TaskGroup' : 'airflow.utils.task_group.TaskGroup';
  return rt.call(importString({ rt, place, isOld: false }, path), [], keywords, place);
}

/** The class `EmptyOperator` of the analysed version. */
export function emptyOperator(rt: Runtime, place: Place): Value {
  const path = isAirflow3(rt) ? 'airflow.providers.standard.operators.empty.EmptyOperator' : 'airflow.operators.empty.EmptyOperator';
  return importString({ rt, place, isOld: false }, path);
}
