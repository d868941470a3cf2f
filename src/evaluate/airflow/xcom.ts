import type { Runtime } from '../runtime.js';
import type { NativeCall, Value } from '../values.js';
import { defineModelledClass, property } from './define.js';
import { references } from './edges.js';
import { dependencyMethods, operatorMethods } from './operator-methods.js';
import { XComState } from './state.js';
import type { TaskState } from './state.js';
import { stateOf, worldOf } from './world.js';

/** What a task's result is called when no key is asked for. */
const RETURN_KEY = 'return_value';

/** A reference to the results of tasks. */
export function xcomOf(rt: Runtime, tasks: readonly TaskState[], key = RETURN_KEY): Value {
  const instance = rt.instance(xcomClass(rt));
  instance.native = new XComState([...new Set(tasks)], key);
  return instance;
}

const derived: NativeCall = (rt, args) => xcomOf(rt, args.flatMap((each) => references(each)), '');

const xcomMethods: Readonly<Record<string, NativeCall>> = {
  __getitem__: (rt, [self = null, key = null], _keywords, place) => {
    const state = stateOf(self);
    if (typeof key !== 'string') return rt.raise('ValueError', `XComArg only supports str lookup, received ${rt.classOf(key).name}`, place);
    return state?.kind === 'xcom' ? xcomOf(rt, state.references, key) : null;
  },
  __iter__: (rt, _args, _keywords, place) => rt.raise('TypeError', "'XComArg' object is not iterable", place),
  __str__: (rt, [self = null], _keywords, place) => {
    const state = stateOf(self);
    const [task] = state?.kind === 'xcom' ? state.references : [];
    if (state?.kind !== 'xcom' || task === undefined || state.key === '') return rt.unknown('not_modelled', 'the text of a derived XComArg', place);
    return templateOf(task, state.key);
  },
  as_setup: operatorMethods.as_setup ?? derived,
  as_teardown: operatorMethods.as_teardown ?? derived,
  __enter__: operatorMethods.__enter__ ?? derived,
  __exit__: operatorMethods.__exit__ ?? derived,
  map: derived,
  zip: derived,
  concat: derived,
};

/** The Jinja text that an XComArg becomes in a string; it makes no edge (airflow/models/xcom_arg.py `__str__`). */
function templateOf(task: TaskState, key: string): string {
  const dagId = task.dag?.dagId;
  const parts = [`task_ids='${task.taskId}'`, ...(dagId === undefined ? [] : [`dag_id='${dagId}'`]), `key='${key}'`];
  return `{{ task_instance.xcom_pull(${parts.join(', ')}) }}`;
}

function xcomClass(rt: Runtime): ReturnType<typeof defineModelledClass> {
  const path = 'airflow.models.xcom_arg.XComArg';
  return worldOf(rt).classes.get(path) ?? defineModelledClass(rt, path, {
    methods: { ...dependencyMethods, ...xcomMethods },
    properties: {
      operator: property((_rt, self) => {
        const state = stateOf(self);
        return state?.kind === 'xcom' ? (state.references[0]?.instance ?? null) : null;
      }),
      key: property((_rt, self) => {
        const state = stateOf(self);
        return state?.kind === 'xcom' ? state.key : null;
      }),
      roots: property((rt, self) => rt.list(references(self).map((task) => task.instance))),
      leaves: property((rt, self) => rt.list(references(self).map((task) => task.instance))),
    },
    isOpen: true,
  });
}

/** `XComArg(operator, key)`. */
export const makeXCom: NativeCall = (rt, [operator = null, key], keywords) => {
  const wanted = keywords.get('key') ?? key;
  return xcomOf(rt, operatorsOf(operator, keywords.get('operator')), typeof wanted === 'string' ? wanted : RETURN_KEY);
};

function operatorsOf(operator: Value, keyword: Value | undefined): TaskState[] {
  const state = stateOf(keyword ?? operator);
  return state?.kind === 'task' ? [state] : [];
}
