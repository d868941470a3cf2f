import type { Value } from '../../values.js';
import { PyDict, PyList, PySet, PyTuple, Unknown } from '../../values.js';

/** The first unknown in a value or in what it holds, so far as containers go. */
export function hiddenIn(value: Value, depth = 0): Unknown | undefined {
  if (value instanceof Unknown) return value;
  if (depth > 6 || value === null || typeof value !== 'object') return undefined;
  if ((value instanceof PyList || value instanceof PyDict || value instanceof PySet) && value.taint) return value.taint;
  if (value instanceof PyList || value instanceof PyTuple) return firstIn(value.items, depth);
  if (value instanceof PySet) return firstIn([...value.entries.values()], depth);
  return value instanceof PyDict ? firstIn([...value.entries.values()].map((entry) => entry.value), depth) : undefined;
}

function firstIn(values: readonly Value[], depth: number): Unknown | undefined {
  for (const value of values) {
    const hidden = hiddenIn(value, depth + 1);
    if (hidden) return hidden;
  }
  return undefined;
}
