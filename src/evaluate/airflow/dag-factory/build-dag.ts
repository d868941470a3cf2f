import { PyDict, PyList, Unknown } from '../../values.js';
import type { Value } from '../../values.js';
import { raiseAirflow } from '../errors.js';
import { DagState } from '../state.js';
import { stateOf } from '../world.js';
import { resolveCallbacks } from './callables.js';
import { readDate } from './dates.js';
import { setSchedule } from './schedule.js';
import { convertSeconds } from './task-parameters.js';
import { makeDecoratedTask, makeOperatorTask, ownKeys, replaceExpansion } from './tasks.js';
import type { Tasks } from './tasks.js';
import { callMethod, copyDict, fillFrom, get, given, importString, isTrue, mapping, pairs, set } from './values.js';
import type { Site } from './values.js';

/** Keys of a DAG that go to `DAG(...)` as they are. */
const dagArguments = [
  'dag_display_name', 'description', 'max_active_tasks', 'timetable', 'catchup', 'max_active_runs', 'dagrun_timeout', 'template_searchpath',
  'render_template_as_native_obj', 'on_success_callback', 'on_failure_callback', 'default_args', 'doc_md', 'access_control',
  'is_paused_upon_creation', 'params', 'start_date', 'end_date',
];

/** Those that only Airflow 2 has. */
const dagArguments2 = ['default_view', 'orientation', 'sla_miss_callback'];

/** Builds one DAG of a configuration and the defaults of its file. */
export function buildDag(site: Site, name: string, config: PyDict, defaults: PyDict): Value {
  const { rt, place } = site;
  const params = dagParameters(site, config, defaults);
  const tasks = named(site, get(params, 'tasks'), 'task_id');
  const groups = named(site, get(params, 'task_groups'), 'group_name');
  const keywords = new Map<string, Value>([['dag_id', name]]);
  for (const key of [...dagArguments, ...(rt.airflow.major >= 3 ? [] : dagArguments2)]) {
    const value = given(params, key);
    if (value !== undefined) keywords.set(key, value);
  }
  const concurrency = get(params, 'concurrency');
  if (concurrency !== undefined) keywords.set('max_active_tasks', concurrency);
  setSchedule(site, params, keywords);
  if (keywords.has('timetable') && site.isOld) keywords.set('timetable', oldTimetable(site, keywords.get('timetable') ?? null));
  const dag = rt.call(importString(site, rt.airflow.major >= 3 ? 'airflow.sdk.DAG' : 'airflow.models.dag.DAG'), [], keywords, place);
  rt.setAttribute(dag, 'doc_md', new Unknown({ kind: 'not_modelled', text: 'the documentation that holds the configuration', place }, '', true, 'str'), place);
  rt.setAttribute(dag, 'tags', tagsOf(site, get(params, 'tags')), place);
  fillDag(site, dag, tasks, groups);
  return dag;
}

function dagParameters(site: Site, config: PyDict, defaults: PyDict): PyDict {
  const { rt } = site;
  const params = fillFrom(copyDict(rt, config), copyDict(rt, defaults));
  if (get(params, 'default_args') === undefined) set(params, 'default_args', rt.dict());
  const defaultArgs = mapping(site, get(params, 'default_args'));
  convertSeconds(site, params, ['dagrun_timeout_sec']);
  convertSeconds(site, defaultArgs, ['retry_delay_sec', 'sla_secs']);
  for (const level of [params, defaultArgs]) {
    for (const key of ['start_date', 'end_date']) {
      const date = given(level, key);
      if (date !== undefined) set(level, key, readDate(site, date, get(level, 'timezone') ?? 'UTC'));
    }
  }
  resolveCallbacks(site, params, ['on_execute_callback', 'on_success_callback', 'on_failure_callback', 'sla_miss_callback']);
  resolveCallbacks(site, defaultArgs);
  return params;
}

/** Entries by name: a mapping has them so; a list names each in a key of its own. */
function named(site: Site, value: Value | undefined, key: string): PyDict {
  const { rt, place } = site;
  if (value instanceof PyDict) return value;
  if (value === undefined || value === null) return rt.dict();
  if (!(value instanceof PyList)) return raiseAirflow(rt, 'AirflowException', 'must be either a mapping or a list of configs', place);
  const result = rt.dict();
  for (const item of value.items) {
    const name = item instanceof PyDict ? get(item, key) : undefined;
    if (!(item instanceof PyDict) || typeof name !== 'string') return raiseAirflow(rt, 'AirflowException', `Each entry must be a mapping that contains a '${key}' key`, place);
    if (get(result, name) !== undefined) return raiseAirflow(rt, 'AirflowException', `Duplicate ${key} detected: '${name}'`, place);
    set(result, name, rt.dict(pairs(item).filter(([each]) => each !== key)));
  }
  return result;
}

/** Before 1.0 a timetable is a class by its path with its parameters. */
function oldTimetable(site: Site, value: Value): Value {
  if (!(value instanceof PyDict)) return value;
  const path = get(value, 'callable');
  const params = get(value, 'params');
  return site.rt.call(importString(site, typeof path === 'string' ? path : ''), [], new Map(params instanceof PyDict ? pairs(params) : []), site.place);
}

function tagsOf({ rt }: Site, tags: Value | undefined): Value {
  const items = tags instanceof PyList ? tags.items : [];
  return rt.list(items.includes('dagfactory') ? [...items] : [...items, 'dagfactory']);
}

function fillDag(site: Site, dag: Value, tasks: PyDict, groups: PyDict): void {
  const { rt, place } = site;
  const state = stateOf(dag);
  const dagState = state instanceof DagState ? state : undefined;
  const madeGroups = new Map<string, Value>();
  for (const [name] of pairs(groups)) makeGroup(site, name, groups, madeGroups, [], dag);
  const made: Tasks = new Map();
  for (const [name, task] of inOrder(site, tasks)) {
    set(task, 'task_id', name);
    set(task, 'dag', dag);
    const group = given(task, 'task_group_name');
    if (madeGroups.size > 0 && isTrue(site, group)) {
      const wanted = typeof group === 'string' ? group : '';
      set(task, 'task_group', madeGroups.get(wanted) ?? rt.raise('KeyError', `'${wanted}'`, place));
    }
    const operator = get(task, 'operator');
    if (operator !== undefined) {
      replaceExpansion(task, made, site);
      const node = makeOperatorTask(site, operator, ownParameters(site, task));
      const id = rt.getAttribute(node, 'task_id', place);
      made.set(typeof id === 'string' ? id : name, node);
    } else if (get(task, 'decorator') !== undefined) made.set(name, makeDecoratedTask(site, ownParameters(site, task), made, dagState));
    else raiseAirflow(rt, 'AirflowException', "Tasks must define either 'operator' or 'decorator", place);
  }
  setDependencies(site, [...pairs(tasks), ...pairs(groups)], new Map([...made, ...madeGroups]));
}

function ownParameters({ rt }: Site, task: PyDict): PyDict {
  return rt.dict(pairs(task).filter(([key]) => !ownKeys.has(key)));
}

function makeGroup(site: Site, name: string, groups: PyDict, made: Map<string, Value>, open: readonly string[], dag: Value): void {
  const { rt, place } = site;
  if (made.has(name)) return;
  if (open.includes(name)) rt.raise('Exception', `Circular dependency detected: ${name}`, place);
  const config = mapping(site, get(groups, name));
  const parent = given(config, 'parent_group_name');
  if (typeof parent === 'string' && parent !== '') {
    if (get(groups, parent) === undefined) rt.raise('KeyError', `'${parent}'`, place);
    makeGroup(site, parent, groups, made, [...open, name], dag);
    set(config, 'parent_group', made.get(parent) ?? null);
  }
  set(config, 'group_id', name);
  set(config, 'dag', dag);
  const defaults = get(config, 'default_args');
  if (defaults instanceof PyDict) resolveCallbacks(site, defaults);
  const cls = importString(site, rt.airflow.major >= 3 ? 'airflow.sdk.TaskGroup' : 'airflow.utils.task_group.TaskGroup');
  made.set(name, rt.call(cls, [], new Map(pairs(config).filter(([key]) => !ownKeys.has(key))), place));
}

/** Tasks after those that they depend on, otherwise in the order of the file; raises ValueError for a cycle. */
function inOrder(site: Site, tasks: PyDict): [string, PyDict][] {
  const entries = new Map(pairs(tasks).map(([name, task]) => [name, mapping(site, task)] as const));
  const waiting = new Map([...entries].map(([name, task]) => [name, dependenciesOf(site, task).filter((each) => entries.has(each)).length] as const));
  const ready = [...entries.keys()].filter((name) => waiting.get(name) === 0);
  const sorted: [string, PyDict][] = [];
  for (let name = ready.shift(); name !== undefined; name = ready.shift()) {
    const task = entries.get(name);
    if (task !== undefined) sorted.push([name, task]);
    for (const [other, config] of entries) {
      for (const each of dependenciesOf(site, config)) {
        if (each !== name) continue;
        const left = (waiting.get(other) ?? 0) - 1;
        waiting.set(other, left);
        if (left === 0) ready.push(other);
      }
    }
  }
  if (sorted.length !== entries.size) site.rt.raise('ValueError', 'Cycle detected in task dependencies!', site.place);
  return sorted;
}

function dependenciesOf({ rt, place }: Site, task: PyDict): string[] {
  const value = get(task, 'dependencies');
  if (value === undefined) return [];
  if (value === null) return rt.raise('TypeError', "'NoneType' object is not iterable", place);
  const items = rt.items(value, place);
  return items instanceof Unknown ? [] : items.filter((item) => typeof item === 'string');
}

/** A task in a group is found under the group's full id and its own name, whatever its task id really is. */
function setDependencies(site: Site, configs: readonly [string, Value][], nodes: ReadonlyMap<string, Value>): void {
  const { rt, place } = site;
  const byName = new Map(configs);
  const nodeOf = (name: string): Value => {
    const config = byName.get(name);
    if (!(config instanceof PyDict)) return rt.raise('KeyError', `'${name}'`, place);
    const group = given(config, 'task_group');
    const groupId = group === undefined ? '' : rt.getAttribute(group, 'group_id', place);
    const prefix = typeof groupId === 'string' && groupId !== '' ? `${groupId}.` : '';
    return nodes.get(prefix + name) ?? rt.raise('KeyError', `'${prefix}${name}'`, place);
  };
  for (const [name, config] of configs) {
    if (!(config instanceof PyDict) || !isTrue(site, given(config, 'dependencies'))) continue;
    const source = nodeOf(name);
    for (const each of dependenciesOf(site, config)) callMethod(site, source, 'set_upstream', [nodeOf(each)]);
  }
}
