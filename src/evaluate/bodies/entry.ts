import type { TaskState } from '../airflow/state.js';
import { PyDict, PyFunction, PyList, PyTuple } from '../values.js';
import type { Value } from '../values.js';
import type { Entry } from './read.js';
import { knownOfValue, type Known } from './known.js';

/** Methods that Airflow calls on an operator or sensor. */
const methods = ['execute', 'poke'] as const;

/** The Python function that a task runs: of a decorated task, or the `python_callable` of an operator. */
export function callableOf(task: TaskState): PyFunction | undefined {
  if (task.callable !== undefined) return task.callable;
  const given = task.instance.attributes.get('python_callable');
  return given instanceof PyFunction ? given : undefined;
}

/** What of the repository's own code a task runs: its function, or the methods of an operator class defined there. */
export function entriesOf(task: TaskState): Entry[] {
  const callable = callableOf(task);
  if (callable !== undefined) return [{ function: callable, bound: givenArguments(task, callable) }];
  const self = knownOfValue(task.instance);
  return methods.flatMap((name) => {
    const method = task.instance.cls.mro.map((cls) => cls.attributes.get(name)).find((each) => each !== undefined);
    if (!(method instanceof PyFunction)) return [];
    const [first] = method.node.parameters;
    return [{ function: method, bound: new Map(first === undefined ? [] : [[first.name, self]]) }];
  });
}

/** `op_args` and `op_kwargs`; of a mapped task only what is the same in every copy. */
function givenArguments(task: TaskState, callable: PyFunction): Map<string, Known> {
  const bound = new Map<string, Known>();
  const positional = callable.node.parameters.filter((each) => each.form === 'positional' || each.form === 'positional_only');
  itemsOf(task.instance.attributes.get('op_args')).forEach((value, index) => {
    const parameter = positional[index];
    if (parameter !== undefined) bound.set(parameter.name, knownOfValue(value));
  });
  const keywords = task.instance.attributes.get('op_kwargs');
  if (keywords instanceof PyDict) {
    for (const { key, value } of keywords.entries.values()) if (typeof key === 'string') bound.set(key, knownOfValue(value));
  }
  return bound;
}

function itemsOf(value: Value | undefined): readonly Value[] {
  return value instanceof PyList || value instanceof PyTuple ? value.items : [];
}
