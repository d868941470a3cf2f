import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyFunction, PyInstance, noKeywords } from '../values.js';
import type { Keywords, Value } from '../values.js';
import { makeDagParam } from './params.js';
import type { FactoryState } from './state.js';
import { isAirflow3, worldOf } from './world.js';

/** Calls a `@dag` function: makes the DAG, runs the function in it with its parameters as DagParams, gives the DAG. */
export function buildDag(rt: Runtime, state: FactoryState, args: readonly Value[], keywords: Keywords, place: Place): Value {
  const path = isAirflow3(rt) ? 'airflow.sdk.definitions.dag.DAG' : 'airflow.models.dag.DAG';
  const names = bindNames(rt, state.callee, args, keywords, place);
  const own = state.callee instanceof PyFunction ? state.callee.place : place;
  const dag = rt.call(worldOf(rt).services.dagClass(rt, path), [], state.keywords, own);
  if (!(dag instanceof PyInstance)) return dag;
  const doc = rt.findAttribute(state.callee, '__doc__', place);
  if (typeof doc === 'string' && (dag.attributes.get('doc_md') ?? null) === null) dag.attributes.set('doc_md', doc);
  rt.call(rt.getAttribute(dag, '__enter__', place), [], noKeywords, place);
  try {
    rt.call(state.callee, [], new Map(names.map((name) => [name, makeDagParam(rt, name)] as const)), place);
  } finally {
    rt.call(rt.getAttribute(dag, '__exit__', place), [null, null, null], noKeywords, place);
  }
  return dag;
}

function bindNames(rt: Runtime, callee: Value, args: readonly Value[], keywords: Keywords, place: Place): string[] {
  if (!(callee instanceof PyFunction)) return [...keywords.keys()];
  const { parameters } = callee.node;
  parameters.forEach((each, index) => {
    const isGiven = index < args.length || keywords.has(each.name) || each.default !== null || each.form === 'star' || each.form === 'double_star';
    if (!isGiven) rt.raise('TypeError', `missing a required argument: '${each.name}'`, place);
  });
  if (args.length > parameters.length) rt.raise('TypeError', 'too many positional arguments', place);
  return parameters.filter((each) => each.form !== 'star' && each.form !== 'double_star').map((each) => each.name);
}
