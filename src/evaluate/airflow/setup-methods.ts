import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyInstance, PyList, PyNative, Unknown } from '../values.js';
import type { NativeCall, PyClass, Value } from '../values.js';
import { defineModelledClass } from './define.js';
import { dependables, setRelatives } from './edges.js';
import { raiseAirflow } from './errors.js';
import { enterContext, leaveContext, noteInContext } from './setup-context.js';
import type { TaskState } from './state.js';
import { isAirflow3, stateOf, touch, worldOf } from './world.js';

/** The tasks behind an operator or an XComArg. */
export function tasksOf(value: Value | undefined): TaskState[] {
  const state = stateOf(value);
  if (state?.kind === 'task') return [state];
  return state?.kind === 'xcom' ? [...state.references] : [];
}

/** Marks a task. 2.x refuses one that is both a setup and a teardown; a mapped task has no such check there, nor has 3.x. */
export function setMark(rt: Runtime, task: TaskState, mark: 'isSetup' | 'isTeardown', value: boolean, place: Place): void {
  const other = mark === 'isSetup' ? 'isTeardown' : 'isSetup';
  if (value && task[other] && !isAirflow3(rt) && !task.isMapped) {
    const [is, was] = mark === 'isSetup' ? ['setup', 'teardown'] : ['teardown', 'setup'];
    raiseAirflow(rt, 'ValueError', `Cannot mark task '${task.taskId}' as ${is}; task is already a ${was}.`, place);
  }
  if (value && task[other]) task.dag?.spoil(rt.unknown('not_modelled', 'a task that is both a setup and a teardown', place));
  touch(rt, task.dag);
  rt.touchShared(task.instance.stamp);
  task[mark] = value;
}

const markSetup: NativeCall = (rt, [self = null], _keywords, place) => {
  for (const task of tasksOf(self)) setMark(rt, task, 'isSetup', true, place);
  return self;
};

const markTeardown: NativeCall = (rt, [self = null, ...surplus], keywords, place) => {
  if (surplus.length > 0) rt.raise('TypeError', 'as_teardown() takes 1 positional argument but more were given', place);
  for (const task of tasksOf(self)) {
    setMark(rt, task, 'isTeardown', true, place);
    task.instance.attributes.set('trigger_rule', 'all_done_setup_success');
    const setups = keywords.get('setups');
    if (setups === undefined || (setups === null && isAirflow3(rt))) continue;
    for (const setup of listOfSetups(rt, setups, place)) addSetup(rt, task, setup, place);
  }
  return self;
};

/** `setups` may be one node or anything that can be iterated. */
function listOfSetups(rt: Runtime, setups: Value, place: Place): readonly Value[] {
  if (setups instanceof Unknown || stateOf(setups) !== undefined) return [setups];
  const items = rt.items(setups, place);
  return items instanceof Unknown ? [items] : items;
}

/** `setup.is_setup = True; setup >> teardown`. On a group the first only sets an attribute that nobody reads. */
function addSetup(rt: Runtime, teardown: TaskState, setup: Value, place: Place): void {
  for (const task of tasksOf(setup)) setMark(rt, task, 'isSetup', true, place);
  const { items, hidden } = dependables(rt, setup, place);
  if (hidden !== undefined) teardown.dag?.spoil(hidden);
  for (const item of items) setRelatives(rt, item, [teardown], false, place);
}

/** What `with task as scope:` binds: the class `SetupTeardownContext`, of which users know `add_task`. */
function scopeOf(rt: Runtime): Value {
  return rt.instance(
    defineModelledClass(rt, 'airflow.utils.setup_teardown.SetupTeardownContext', {
      methods: {
        add_task: (runtime, [, task = null], keywords, place) => {
          addToContext(runtime, keywords.get('task') ?? task, place);
          return null;
        },
      },
      isOpen: true,
    }),
  );
}

function addToContext(rt: Runtime, value: Value, place: Place): void {
  if (!worldOf(rt).setups.isActive) raiseAirflow(rt, 'AirflowException', 'Cannot add task to context outside the context manager.', place);
  if (value instanceof Unknown) {
    for (const dag of worldOf(rt).made) dag.spoil(value);
    return;
  }
  const [task] = tasksOf(value);
  if (task === undefined) rt.raise('AttributeError', `'${rt.classOf(value).name}' object has no attribute 'is_setup'`, place);
  noteInContext(rt, task);
}

/** What tasks and XComArgs know of setup and teardown. */
export const setupMethods: Readonly<Record<string, NativeCall>> = {
  as_setup: markSetup,
  as_teardown: markTeardown,
  __enter__: (rt, [self], _keywords, place) => {
    const [task] = tasksOf(self);
    if (task !== undefined) enterContext(rt, task, place);
    return scopeOf(rt);
  },
  __exit__: (rt, _args, _keywords, place) => {
    leaveContext(rt, place);
    return null;
  },
};

/** `context_wrapper([...])`: a list of tasks that can stand in a `with` statement. */
export function contextWrapper(rt: Runtime, path: string): PyClass {
  const cls = defineModelledClass(rt, path, { isOpen: true });
  cls.construct = (runtime, made, [tasks = null], keywords, place) => wrap(runtime, made, keywords.get('tasks') ?? tasks, place);
  cls.isReadyWhenMade = true;
  cls.attributes.set('__enter__', new PyNative('__enter__', enterWrapper));
  cls.attributes.set('__exit__', new PyNative('__exit__', (runtime, _args, _keywords, place) => {
    leaveContext(runtime, place);
    return null;
  }));
  return cls;
}

/** The list that a wrapper was made of; entering it reads the tasks anew, as Airflow does. */
class WrappedTasks {
  constructor(readonly tasks: Value) {}
}

function wrap(rt: Runtime, cls: PyClass, tasks: Value, place: Place): Value {
  const instance = rt.instance(cls);
  instance.native = new WrappedTasks(tasks);
  instance.attributes.set('tasks', tasks);
  rt.step(place);
  return instance;
}

const enterWrapper: NativeCall = (rt, [self], _keywords, place) => {
  const held = self instanceof PyInstance && self.native instanceof WrappedTasks ? self.native.tasks : null;
  const items = held instanceof Unknown ? held : rt.items(held, place);
  const hidden = items instanceof Unknown ? items : held instanceof PyList ? (held.taint ?? items.find((each) => each instanceof Unknown)) : undefined;
  if (items instanceof Unknown || hidden instanceof Unknown) {
    const reason = items instanceof Unknown ? items : hidden;
    if (reason instanceof Unknown) for (const dag of worldOf(rt).made) dag.spoil(reason);
    return reason ?? null;
  }
  enterContext(rt, operatorsOf(rt, items, place), place);
  return scopeOf(rt);
};

/** Operators; only when there is none, those behind XComArgs. */
function operatorsOf(rt: Runtime, items: readonly Value[], place: Place): TaskState[] {
  const tasks = items.flatMap((each) => {
    const found = tasksOf(each);
    if (found.length === 0) rt.raise('AttributeError', `'${rt.classOf(each).name}' object has no attribute 'operator'`, place);
    return found.slice(0, 1);
  });
  if (tasks.some((task) => !task.isSetup && !task.isTeardown)) {
    raiseAirflow(rt, 'AirflowException', 'Only setup/teardown tasks can be used as context managers.', place);
  }
  const plain = items.flatMap((each) => {
    const state = stateOf(each);
    return state?.kind === 'task' && !state.isMapped ? [state] : [];
  });
  return plain.length > 0 ? plain : tasks;
}
