import type { Place } from '../../model/place.js';
import { oncePerRun } from '../library/define.js';
import { PyRaise } from '../runtime.js';
import type { Runtime } from '../runtime.js';
import { PyClass } from '../values.js';

const exceptionBases: Readonly<Record<string, string>> = {
  AirflowException: 'Exception',
  AirflowDagCycleException: 'AirflowException',
  AirflowFailException: 'AirflowException',
  AirflowSensorTimeout: 'AirflowException',
  AirflowSkipException: 'AirflowException',
  AirflowNotFoundException: 'AirflowException',
  AirflowTaskTimeout: 'AirflowException',
  AirflowConfigException: 'AirflowException',
  AirflowBadRequest: 'AirflowException',
  AirflowRescheduleException: 'AirflowException',
  AirflowTimetableInvalid: 'AirflowException',
  DagNotFound: 'AirflowException',
  DuplicateTaskIdFound: 'AirflowException',
  ParamValidationError: 'AirflowException',
  TaskAlreadyInTaskGroup: 'AirflowException',
  TaskDeferred: 'BaseException',
  TaskNotFound: 'AirflowException',
  VariableNotUnique: 'AirflowException',
};

const keys: Record<string, object> = {};

/** One of Airflow's exception classes, or undefined when the name isn't known as one. */
export function airflowException(rt: Runtime, name: string): PyClass | undefined {
  const base = exceptionBases[name];
  if (base === undefined) return undefined;
  const key = (keys[name] ??= {});
  return oncePerRun(rt, key, () => {
    const parent = airflowException(rt, base) ?? rt.builtinClass(base);
    const cls = new PyClass(rt.stamp(), name, 'airflow.exceptions', [parent], undefined);
    cls.mro = [cls, ...parent.mro];
    return cls;
  });
}

/** Raises one of Airflow's exceptions. */
export function raiseAirflow(rt: Runtime, name: string, message: string, place: Place): never {
  const cls = airflowException(rt, name);
  if (cls === undefined) return rt.raise(name, message, place);
  const instance = rt.instance(cls);
  instance.attributes.set('args', rt.tuple([message]));
  throw new PyRaise(instance, place);
}
