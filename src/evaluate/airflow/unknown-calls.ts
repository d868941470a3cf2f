import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyClass, PyFunction, PyNative, Unknown } from '../values.js';
import type { Keywords, Value } from '../values.js';
import { baseOperatorClass } from './operator-class.js';
import { initializeOperator } from './operator-init.js';
import { TaskState } from './state.js';
import { stateOf, worldOf } from './world.js';

/**
 * Calls something that can't be seen. A class that gets `task_id=` inside a DAG is an operator of an unknown class: its
 * task is there, its explicit edges are exact. Anything else may have done anything to what it was handed, and may have
 * added tasks to the DAG whose block is open.
 */
export function callUnknown(rt: Runtime, callee: Unknown, args: readonly Value[], keywords: Keywords, place: Place, hiddenCallee?: Value): Value {
  if (hiddenCallee === undefined) {
    const task = opaqueTask(rt, callee, args, keywords, place);
    if (task !== undefined) return task;
  }
  const reason = callee.isInert
    ? callee
    : new Unknown({ kind: callee.reason.kind, text: callee.reason.text, place: callee.reason.place }, callee.path);
  if (!callee.isInert) {
    rt.noteStranger(reason);
    for (const value of [...args, ...keywords.values()]) rt.escape(value, reason);
    const { dags, groups } = worldOf(rt);
    dags.at(-1)?.spoil(reason);
    groups.at(-1)?.dag?.spoil(reason);
  } else for (const value of [...args, ...keywords.values()]) escapeAirflow(rt, value, reason);
  return new Unknown(callee.reason, callee.path === '' ? '' : `${callee.path}()`, callee.isInert);
}

/** A library that knows nothing of Airflow can't change a DAG; it can keep what a task returns, which makes no edge. */
function escapeAirflow(rt: Runtime, value: Value, reason: Unknown): void {
  if (stateOf(value)?.kind === 'dag') rt.escape(value, reason);
}

function opaqueTask(rt: Runtime, callee: Unknown, args: readonly Value[], keywords: Keywords, place: Place): Value | undefined {
  if (callee.isInert) return undefined;
  const { dags } = worldOf(rt);
  const name = callee.path.slice(callee.path.lastIndexOf('.') + 1);
  const dag = stateOf(keywords.get('dag')) ?? dags.at(-1);
  if (!keywords.has('task_id') || args.length > 0 || dag === undefined || !/^[A-Z]\w*$/.test(name)) return undefined;
  const module = callee.path.slice(0, Math.max(callee.path.lastIndexOf('.'), 0));
  return makeOpaqueTask(rt, name, module, callee, keywords, place);
}

/** An operator class of which only the name is known. */
function opaqueClass(rt: Runtime, name: string, module: string, origin: Unknown): PyClass {
  const base = baseOperatorClass(rt);
  const cls = new PyClass(rt.stamp(), name, module, [base], undefined);
  cls.mro = [cls, ...base.mro];
  cls.attributes.set('template_fields', new Unknown(origin.reason, origin.path));
  cls.attributes.set(
    '__init__',
    new PyNative('__init__', (runtime, args, keywords, place) => {
      const state = stateOf(args[0]);
      if (state instanceof TaskState) state.isOpaque = true;
      return initializeOperator(runtime, args, keywords, place, cls.path);
    }),
  );
  cls.unknownBase = new Unknown(origin.reason, origin.path, true);
  return cls;
}

/** What stands for a base class that can't be seen: by the naming convention of operators and sensors, one of them. */
export function opaqueBase(rt: Runtime, base: Unknown): PyClass | undefined {
  const dot = base.path.lastIndexOf('.');
  const name = base.path.slice(dot + 1);
  if (base.isInert || !/^[A-Z]\w*(?:Operator|Sensor)(?:Async)?$/.test(name)) return undefined;
  return opaqueClass(rt, name, base.path.slice(0, Math.max(dot, 0)), base);
}

/** A task of a class of which only the name is known. */
function makeOpaqueTask(rt: Runtime, name: string, module: string, callee: Unknown, keywords: Keywords, place: Place): Value {
  const cls = opaqueClass(rt, name, module, callee);
  const instance = rt.instance(cls);
  const state = new TaskState(instance, place);
  state.isOpaque = true;
  instance.native = state;
  initializeOperator(rt, [instance], keywords, place, cls.path);
  return instance;
}

/**
 * Calls a class of the repository that rests on a base that can't be seen. With `task_id=` inside a DAG it is an operator,
 * whatever its own `__init__` does; otherwise its base may still have added tasks.
 */
export function callDerived(rt: Runtime, cls: PyClass, base: Unknown, args: readonly Value[], keywords: Keywords, place: Place): Value | undefined {
  const { dags } = worldOf(rt);
  const dag = stateOf(keywords.get('dag')) ?? dags.at(-1);
  if (keywords.has('task_id') && args.length === 0 && dag !== undefined) {
    // Its own constructor may hand its base another id.
    if (cls.mro.some((each) => each.attributes.get('__init__') instanceof PyFunction)) dags.at(-1)?.spoil(base);
    return makeOpaqueTask(rt, cls.name, cls.module, base, keywords, place);
  }
  for (const value of [...args, ...keywords.values()]) rt.escape(value, base);
  dags.at(-1)?.spoil(base);
  return undefined;
}
