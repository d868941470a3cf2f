import type { ArgumentValue } from '../model/graph.js';
import { redactText, isSecretName } from '../util/redact.js';
import { timedeltaSeconds, timezoneState, toIso } from '../evaluate/library/time-values.js';
import { assetOf } from '../evaluate/airflow/assets.js';
import { stateOf } from '../evaluate/airflow/world.js';
import { Wrapped } from '../evaluate/python/protocol/kinds.js';
import { PyBytes, PyClass, PyDict, PyFunction, PyInstance, PyList, PyNative, PySet, PyTuple, Unknown } from '../evaluate/values.js';
import type { Value } from '../evaluate/values.js';

/** Values nested deeper than this are cut: they are configuration of a library, not of Airflow. */
const MAX_DEPTH = 8;
/** Longer texts and collections are cut in the document; the rest is not needed to recognise what a task does. */
const MAX_ITEMS = 500;
const MAX_TEXT = 20_000;

/** A value as it stands in the document; secrets are redacted by the name they are given under and by their form. */
export function toArgument(value: Value, name = '', depth = 0): ArgumentValue {
  if (isSecretName(name) && !(value instanceof Unknown) && value !== null && typeof value !== 'boolean') return { $redacted: name };
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return redactText(value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value);
  if (typeof value === 'bigint') return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : { $int: value.toString() };
  if (typeof value === 'number') return Number.isFinite(value) ? value : { $float: String(value) };
  if (depth > MAX_DEPTH) return { $object: 'nested too deep' };
  return ofObject(value, depth);
}

function ofObject(value: Exclude<Value, null | boolean | bigint | number | string>, depth: number): ArgumentValue {
  if (value instanceof Unknown) return { $unknown: value.reason.text };
  if (value instanceof PyList || value instanceof PyTuple) {
    if (value instanceof PyList && value.taint !== undefined) return { $unknown: value.taint.reason.text };
    return value.items.slice(0, MAX_ITEMS).map((each) => toArgument(each, '', depth + 1));
  }
  if (value instanceof PyDict) return ofDict(value, depth);
  if (value instanceof PySet) return { $set: [...value.entries.values()].slice(0, MAX_ITEMS).map((each) => toArgument(each, '', depth + 1)) };
  if (value instanceof PyFunction) return { $callable: value.name, file: value.place.file, line: value.place.line };
  if (value instanceof PyNative) return { $callable: value.name };
  if (value instanceof PyClass) return { $object: value.path };
  if (value instanceof PyBytes) return { $object: 'bytes' };
  if (value instanceof PyInstance) return ofInstance(value);
  return { $object: value.kind };
}

function ofDict(value: PyDict, depth: number): ArgumentValue {
  if (value.taint !== undefined) return { $unknown: value.taint.reason.text };
  const entries: [string, ArgumentValue][] = [];
  for (const { key, value: item } of [...value.entries.values()].slice(0, MAX_ITEMS)) {
    const name = typeof key === 'string' ? key : JSON.stringify(toArgument(key, '', depth + 1));
    // A key that starts with `$` would look like one of the document's own marks.
    entries.push([name.startsWith('$') ? `$$${name.slice(1)}` : name, toArgument(item, name, depth + 1)]);
  }
  return Object.fromEntries(entries);
}

function ofInstance(value: PyInstance): ArgumentValue {
  const seconds = timedeltaSeconds(value);
  if (seconds !== undefined) return { $timedelta: seconds };
  const iso = toIso(value);
  if (iso !== undefined) return { $datetime: iso };
  const zone = timezoneState(value);
  if (zone !== undefined) return { $object: `timezone ${zone.name ?? ''}`.trim() };
  if (value.native instanceof Wrapped) return toArgument(value.native.value);
  const asset = assetOf(value);
  if (asset?.kind === 'asset') return { $asset: { name: asset.name, uri: redactText(asset.uri) } };
  const state = stateOf(value);
  if (state?.kind === 'xcom') return { $xcom: { task_ids: state.references.map((task) => task.taskId), key: state.key } };
  if (state?.kind === 'task') return { $xcom: { task_ids: [state.taskId], key: '' } };
  if (state?.kind === 'factory' && state.callee instanceof PyFunction) return ofObject(state.callee, 0);
  return { $object: value.cls.path };
}
