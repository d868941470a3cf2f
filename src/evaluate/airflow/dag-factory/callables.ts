import { locate, toRepositoryFile } from '../../library/paths/repository.js';
import type { PyDict, Value } from '../../values.js';
import { Unknown } from '../../values.js';
import { raiseAirflow } from '../errors.js';
import { given, importString, set, take } from './values.js';
import type { Site } from './values.js';

/** A function of a file that is named by its absolute path. */
export function callableOfFile(site: Site, name: Value | undefined, file: Value | undefined): Value {
  const { rt, place } = site;
  if (typeof file !== 'string' || typeof name !== 'string') return rt.raise('TypeError', 'a callable needs a name and a file', place);
  if (!file.startsWith('/')) return raiseAirflow(rt, 'AirflowException', '`python_callable_file` must be absolute path', place);
  const inside = toRepositoryFile(file, '') ?? locate(rt, file, place)?.inside;
  const module = inside?.endsWith('.py') === true && !inside.slice(0, -3).includes('.') ? inside.slice(0, -3).replaceAll('/', '.') : undefined;
  if (inside === undefined || module === undefined) {
    return new Unknown({ kind: 'missing_module', text: `module ${file} is not in the repository`, place }, name, true);
  }
  if (rt.repository.files.kind(inside) !== 'file') return rt.raise('FileNotFoundError', `[Errno 2] No such file or directory: '${file}'`, place);
  return rt.getAttribute(rt.importModule(module, place), name, place);
}

const callbackKinds = ['on_execute_callback', 'on_success_callback', 'on_failure_callback', 'on_retry_callback', 'on_skipped_callback', 'sla_miss_callback'];

/** Puts functions in the place of callbacks that are given by path, by file and name, or with their parameters. */
export function resolveCallbacks(site: Site, params: PyDict, kinds: readonly string[] = callbackKinds): void {
  for (const kind of kinds) {
    const value = given(params, kind);
    if (value !== undefined) set(params, kind, callback(site, value, kind));
    if (given(params, `${kind}_name`) === undefined || given(params, `${kind}_file`) === undefined) continue;
    set(params, kind, callableOfFile(site, take(params, `${kind}_name`), take(params, `${kind}_file`)));
  }
}

function callback(site: Site, value: Value, kind: string): Value {
  if (typeof value === 'string') return importString(site, value);
  if (typeof value !== 'object' || value === null || value.kind !== 'dict') {
    return raiseAirflow(site.rt, 'AirflowException', `Invalid type passed to ${kind}`, site.place);
  }
  const path = given(value, 'callback');
  if (typeof path !== 'string') return raiseAirflow(site.rt, 'AirflowException', `Invalid type passed to ${kind}`, site.place);
  importString(site, path);
  // The function with its parameters bound: what it does is no part of the graph.
  return new Unknown({ kind: 'runtime_value', text: `${path} with its parameters`, place: site.place }, '', true);
}
