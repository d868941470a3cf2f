import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyClass, Unknown } from '../values.js';
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
  const { dags } = worldOf(rt);
  const name = callee.path.slice(callee.path.lastIndexOf('.') + 1);
  const dag = stateOf(keywords.get('dag')) ?? dags.at(-1);
  if (!keywords.has('task_id') || args.length > 0 || dag === undefined || !/^[A-Za-z_]\w*$/.test(name)) return undefined;
  const base = baseOperatorClass(rt);
  const module = callee.path.slice(0, Math.max(callee.path.lastIndexOf('.'), 0));
  const cls = new PyClass(rt.stamp(), name, module, [base], undefined);
  cls.mro = [cls, ...base.mro];
  cls.attributes.set('template_fields', new Unknown(callee.reason, callee.path));
  cls.unknownBase = callee;
  const instance = rt.instance(cls);
  const state = new TaskState(instance, place);
  state.isOpaque = true;
  instance.native = state;
  initializeOperator(rt, [instance], keywords, place, cls.path);
  return instance;
}
