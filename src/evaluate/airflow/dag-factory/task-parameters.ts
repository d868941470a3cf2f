import { PyDict, PyList, Unknown } from '../../values.js';
import type { PyClass, Value } from '../../values.js';
import { callableOfFile, resolveCallbacks } from './callables.js';
import { makeDataset, readDatasetFile } from './conditions.js';
import { makeDelta, readDelta } from './dates.js';
import { get, given, importString, set, take } from './values.js';
import type { Site } from './values.js';

/** Arguments in seconds that versions before 1.0 turn into timedeltas. */
const oldSeconds: Readonly<Record<string, string>> = {
  execution_timeout_secs: 'execution_timeout',
  sla_secs: 'sla',
  execution_delta_secs: 'execution_delta',
  retry_delay_sec: 'retry_delay',
  dagrun_timeout_sec: 'dagrun_timeout',
};

export function convertSeconds(site: Site, params: PyDict, names: readonly string[]): void {
  for (const name of site.isOld ? names : []) {
    const target = oldSeconds[name];
    const seconds = given(params, name);
    if (target === undefined || seconds === undefined) continue;
    take(params, name);
    set(params, target, makeDelta(site, 'seconds', seconds));
  }
}

/** What dag-factory does to the arguments of every task before it hands them to the operator. */
export function adjustParameters(site: Site, params: PyDict): void {
  convertSeconds(site, params, ['execution_timeout_secs', 'sla_secs', 'execution_delta_secs']);
  const dateFunction = given(params, 'execution_date_fn');
  const delta = given(params, 'execution_delta');
  if (typeof dateFunction === 'string') set(params, 'execution_date_fn', importString(site, dateFunction));
  else if (typeof delta === 'string') set(params, 'execution_delta', readDelta(site, delta));
  else if (given(params, 'execution_date_fn_name') !== undefined && given(params, 'execution_date_fn_file') !== undefined) {
    set(params, 'execution_date_fn', callableOfFile(site, take(params, 'execution_date_fn_name'), take(params, 'execution_date_fn_file')));
  }
  resolveCallbacks(site, params);
  readVariables(site, params);
  for (const key of ['inlets', 'outlets']) convertDatasets(site, params, key);
}

/** `variables_as_arguments`: a Variable that is set takes the place of an argument. */
function readVariables(site: Site, params: PyDict): void {
  const { rt, place } = site;
  const list = given(params, 'variables_as_arguments');
  if (!(list instanceof PyList)) return;
  const read = rt.getAttribute(importString(site, 'airflow.models.Variable'), 'get', place);
  for (const item of list.items) {
    if (!(item instanceof PyDict)) continue;
    const attribute = get(item, 'attribute');
    const value = rt.call(read, [get(item, 'variable') ?? null], new Map([[rt.airflow.major >= 3 ? 'default' : 'default_var', null]]), place);
    if (value !== null && typeof attribute === 'string') set(params, attribute, value);
  }
  take(params, 'variables_as_arguments');
}

function convertDatasets(site: Site, params: PyDict, key: string): void {
  const value = given(params, key);
  if (value === undefined || value instanceof Unknown) return;
  const items = value instanceof PyDict ? datasetsOfFile(site, value) : value instanceof PyList ? value.items : undefined;
  if (items instanceof Unknown) set(params, key, items);
  else if (items !== undefined && items.length > 0) {
    set(params, key, site.rt.list(items.map((item) => (typeof item === 'string' ? makeDataset(site, item) : item))));
  }
}

function datasetsOfFile(site: Site, value: PyDict): readonly Value[] | Unknown | undefined {
  const names = given(value, 'datasets');
  const file = given(value, 'file');
  if (names === undefined || file === undefined) return undefined;
  const uris = readDatasetFile(site, file);
  if (uris instanceof Unknown) return uris;
  const wanted = names instanceof PyList ? names.items : [names];
  return [...uris].filter(([name]) => wanted.includes(name)).map(([, uri]) => uri);
}

/** Classes of operators whose arguments name functions, by the name of one of their ancestors. */
const callableArguments: Readonly<Record<string, readonly (readonly [argument: string, prefix: string])[]>> = {
  SqlSensor: [['success', 'success_check'], ['failure', 'failure_check']],
  HttpSensor: [['response_check', 'response_check']],
};

/** Functions that an operator's arguments give by file and name, or as the text of a lambda. */
export function resolveCallables(site: Site, operator: PyClass, params: PyDict): void {
  const ancestors = new Set(operator.mro.map((each) => each.name));
  for (const [name, rules] of Object.entries(callableArguments)) {
    if (!ancestors.has(name)) continue;
    for (const [argument, prefix] of rules) resolveCallable(site, params, argument, prefix);
  }
  if (['PythonOperator', 'BranchPythonOperator', 'PythonSensor'].some((name) => ancestors.has(name))) resolvePythonCallable(site, params);
}

function resolveCallable(site: Site, params: PyDict, argument: string, prefix: string): void {
  const [file, name, text] = [given(params, `${prefix}_file`), given(params, `${prefix}_name`), given(params, `${prefix}_lambda`)];
  const lambda = new Unknown({ kind: 'runtime_value', text: 'a lambda that is given as text', place: site.place }, '', true);
  if (file !== undefined && name !== undefined) set(params, argument, callableOfFile(site, name, file));
  else if (text !== undefined) set(params, argument, lambda);
  else return;
  for (const suffix of ['file', 'name', 'lambda']) take(params, `${prefix}_${suffix}`);
}

function resolvePythonCallable(site: Site, params: PyDict): void {
  const callable = given(params, 'python_callable');
  if (typeof callable === 'string') set(params, 'python_callable', importString(site, callable));
  if (callable !== undefined) return;
  set(params, 'python_callable', callableOfFile(site, take(params, 'python_callable_name'), take(params, 'python_callable_file')));
}
