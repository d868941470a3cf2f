import { PyClass, PyDict, PyFunction, Unknown } from '../../values.js';
import type { Value } from '../../values.js';
import { raiseAirflow } from '../errors.js';
import type { DagState } from '../state.js';
import { callableOfFile } from './callables.js';
import { adjustParameters, resolveCallables } from './task-parameters.js';
import { callMethod, get, given, importString, isTrue, keywordsOf, mapping, pairs, set, take } from './values.js';
import type { Site } from './values.js';

/** Keys of a task that are dag-factory's own. */
export const ownKeys: ReadonlySet<string> = new Set(['operator', 'dependencies', 'task_group_name', 'parent_group_name']);

export type Tasks = Map<string, Value>;

/** Makes the task of an `operator:` entry. */
export function makeOperatorTask(site: Site, path: Value, params: PyDict): Value {
  const { rt, place } = site;
  const operator = importString(site, typeof path === 'string' ? path : '');
  if (operator instanceof PyClass) resolveCallables(site, operator, params);
  adjustParameters(site, params);
  const expand = take(params, 'expand');
  const partial = take(params, 'partial');
  if ((expand === undefined || expand === null) && partial !== undefined && partial !== null) return rt.raise('KeyError', "'expand'", place);
  if (partial instanceof PyDict) mergePartial(site, params, partial);
  const keywords = keywordsOf(params);
  if (!isTrue(site, expand)) return rt.call(operator, [], keywords, place);
  return callMethod(site, callMethod(site, operator, 'partial', [], keywords), 'expand', [], keywordsOf(mapping(site, expand)));
}

function mergePartial(site: Site, params: PyDict, partial: PyDict): void {
  const last = pairs(partial).at(-1)?.[0];
  if (last !== undefined && given(params, last) !== undefined) {
    raiseAirflow(site.rt, 'AirflowException', "Duplicated partial kwarg! It's already in task_params.", site.place);
  }
  for (const [name, value] of pairs(partial)) set(params, name, value);
}

/** Puts the output of tasks where an operator's `expand` names them: `task.output` or `XcomArg(task)`. */
export function replaceExpansion(task: PyDict, tasks: Tasks, site: Site): void {
  const expand = get(task, 'expand');
  if (!(expand instanceof PyDict)) return;
  for (const [name, value] of pairs(expand)) {
    const text = typeof value === 'string' ? value : '';
    const id = text.includes('.output') ? text.split('.output')[0] : text.includes('XcomArg') ? /\(+(.*?)\)/.exec(text)?.[1] : undefined;
    const upstream = id === undefined ? undefined : tasks.get(id);
    if (upstream !== undefined) set(expand, name, site.rt.getAttribute(upstream, 'output', site.place));
  }
}

/** `+task` or `+task['key']`: what another task returns. */
const reference = /^\+(\w*)(?:\[['"](.*)['"]\])?$/;

function resolveReference({ rt, place }: Site, value: Value, tasks: Tasks): Value {
  const found = typeof value === 'string' ? reference.exec(value) : null;
  if (found === null) return value;
  const task = tasks.get(found[1] ?? '');
  if (task === undefined) return rt.raise('KeyError', `'${found[1] ?? ''}'`, place);
  return found[2] === undefined || found[2] === '' ? task : rt.getItem(task, found[2], place);
}

function resolveReferences(site: Site, value: Value | undefined, tasks: Tasks): Map<string, Value> {
  if (value === undefined) return new Map();
  return new Map(pairs(mapping(site, value)).map(([name, item]) => [name, resolveReference(site, item, tasks)] as const));
}

/** Makes the task of a `decorator:` entry: arguments that its function has are the function's, the others the task's. */
export function makeDecoratedTask(site: Site, params: PyDict, tasks: Tasks, dag: DagState | undefined): Value {
  const { rt, place } = site;
  const path = take(params, 'decorator');
  const callable = decoratedCallable(site, params);
  const decorator = importString(site, typeof path === 'string' ? path : '');
  adjustParameters(site, params);
  const [expand, partial] = [take(params, 'expand'), take(params, 'partial')];
  const names = callable instanceof PyFunction ? positionalNames(callable) : undefined;
  if (names === undefined) dag?.spoil(callable instanceof Unknown ? callable : rt.unknown('not_modelled', 'a callable whose arguments are not known', place));
  const settings = new Map<string, Value>();
  const handed = new Map<string, Value>();
  for (const [name, value] of pairs(params)) {
    if (names?.has(name) === true) handed.set(name, resolveReference(site, value, tasks));
    else settings.set(name, value);
  }
  settings.set('python_callable', callable);
  const factory = rt.call(decorator, [], settings, place);
  if (!isTrue(site, expand)) return rt.call(factory, [], handed, place);
  if (isTrue(site, partial) && handed.size > 0) {
    return raiseAirflow(rt, 'AirflowException', 'When using dynamic task mapping, all the task arguments should be defined in expand and partial.', place);
  }
  const bound = isTrue(site, partial) ? callMethod(site, factory, 'partial', [], resolveReferences(site, partial, tasks)) : factory;
  return callMethod(site, bound, 'expand', [], resolveReferences(site, expand, tasks));
}

function decoratedCallable(site: Site, params: PyDict): Value {
  if (get(params, 'python_callable_name') !== undefined && get(params, 'python_callable_file') !== undefined) {
    return callableOfFile(site, take(params, 'python_callable_name'), take(params, 'python_callable_file'));
  }
  const callable = take(params, 'python_callable');
  if (typeof callable === 'string') return importString(site, callable);
  return callable ?? raiseAirflow(site.rt, 'AirflowException', 'Decorator-based tasks require `python_callable_name` and `python_callable_file`', site.place);
}

function positionalNames(callable: PyFunction): ReadonlySet<string> {
  return new Set(callable.node.parameters.filter((each) => each.form === 'positional' || each.form === 'positional_only').map((each) => each.name));
}
