import type { DagState } from '../evaluate/airflow/state.js';
import type { Dag } from '../model/graph.js';
import { compareText } from '../model/place.js';
import { toArgument } from './argument-values.js';
import { handedFunctions } from './handed-functions.js';
import { volatileValues } from './volatile-values.js';
import { watchersOf } from './watchers.js';

/** Arguments of a DAG that are shown elsewhere, or say nothing about how it runs. */
const elsewhere: ReadonlySet<string> = new Set([
  'access_control', 'dag_display_name', 'dag_id', 'default_args', 'default_view', 'description', 'doc_md', 'end_date',
  'is_paused_upon_creation', 'max_active_runs', 'orientation', 'owner_links', 'params', 'schedule', 'start_date', 'tags',
]);

/** What a DAG has beyond the usual: each part is left out where there is nothing. */
export function besides(dag: DagState): Pick<Dag, 'arguments' | 'functions' | 'volatile' | 'watchers'> {
  const given = [...dag.keywords].filter(([name, value]) => !elsewhere.has(name) && value !== null);
  const entries = given.map(([name, value]) => [name, toArgument(value, name)] as const).sort(([a], [b]) => compareText(a, b));
  const functions = handedFunctions(dag);
  const volatile = volatileValues(dag);
  const watchers = watchersOf(dag);
  return {
    ...(entries.length === 0 ? {} : { arguments: Object.fromEntries(entries) }),
    ...(functions.length === 0 ? {} : { functions }),
    ...(volatile.length === 0 ? {} : { volatile }),
    ...(watchers.length === 0 ? {} : { watchers }),
  };
}
