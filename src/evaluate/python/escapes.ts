import type { Runtime } from '../runtime.js';
import { PyDict, PyInstance, PyList, PySet, PyTuple } from '../values.js';
import type { Unknown, Value } from '../values.js';
import { DagState, isAirflowObject } from '../airflow/state.js';

/** How deep a value that was handed away is followed. Deeper parts of configuration are never changed in practice. */
const MAX_ESCAPE_DEPTH = 4;

/**
 * Marks what code that can't be seen may change: containers lose their content, DAGs and groups their exactness. A task
 * handed away can get edges, so its DAG is no longer exact either.
 */
export function escapeValue(rt: Runtime, value: Value, reason: Unknown, depth = 0): void {
  if (value === null || typeof value !== 'object' || depth > MAX_ESCAPE_DEPTH) return;
  if (value instanceof PyList || value instanceof PySet || value instanceof PyDict) {
    if (value.taint !== undefined) return;
    value.taint = reason;
    for (const item of contentOf(value)) escapeValue(rt, item, reason, depth + 1);
  } else if (value instanceof PyTuple) {
    for (const item of value.items) escapeValue(rt, item, reason, depth + 1);
  } else if (value instanceof PyInstance) {
    if (isAirflowObject(value.native)) {
      DagState.of(value.native)?.spoil(reason);
      return;
    }
    if (value.taint !== undefined || value.native !== undefined) return;
    value.taint = reason;
    for (const item of value.attributes.values()) escapeValue(rt, item, reason, depth + 1);
  }
}

function contentOf(value: PyList | PySet | PyDict): Iterable<Value> {
  if (value instanceof PyList) return value.items;
  if (value instanceof PySet) return value.entries.values();
  return [...value.entries.values()].map((entry) => entry.value);
}
