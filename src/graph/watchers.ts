import { assetOf } from '../evaluate/airflow/assets.js';
import { scheduleValue } from '../evaluate/airflow/schedule-check.js';
import type { DagState, Watcher } from '../evaluate/airflow/state.js';
import { stateOf } from '../evaluate/airflow/world.js';
import { PyInstance, PyList, PySet, PyTuple, Unknown } from '../evaluate/values.js';
import type { Value } from '../evaluate/values.js';
import type { AssetKey, WatcherTrigger } from '../model/graph.js';
import { compareText } from '../model/place.js';
import { toArgument } from './argument-values.js';

/** The triggers that look for events of the assets that a DAG is scheduled on. */
export function watchersOf(dag: DagState): WatcherTrigger[] {
  const found = triggersIn(scheduleValue(dag) ?? null);
  return found.sort((a, b) => compareText(a.asset.uri, b.asset.uri) || compareText(a.watcher, b.watcher));
}

function triggersIn(value: Value): WatcherTrigger[] {
  if (value instanceof PyList || value instanceof PyTuple) return value.items.flatMap(triggersIn);
  if (value instanceof PySet) return [...value.entries.values()].flatMap(triggersIn);
  const timetable = stateOf(value);
  if (timetable?.kind === 'timetable') return triggersIn(timetable.values.get('assets') ?? null);
  const asset = assetOf(value);
  if (asset?.kind === 'all' || asset?.kind === 'any') return asset.members.flatMap(triggersIn);
  if (asset?.kind !== 'asset') return [];
  const { name, uri } = asset;
  return asset.watchers.map((watcher) => triggerOf({ name, uri }, watcher));
}

function triggerOf(asset: AssetKey, { name, trigger, place }: Watcher): WatcherTrigger {
  const known = trigger instanceof PyInstance ? trigger : undefined;
  const given = known === undefined ? [] : [...known.attributes].map(([key, value]) => [key, toArgument(value, key)] as const);
  const path = known?.cls.path ?? (trigger instanceof Unknown ? trigger.path.replace(/\(\)$/, '') : '');
  const entries = given.sort(([a], [b]) => compareText(a, b));
  return { asset, watcher: name, trigger: path, arguments: Object.fromEntries(entries), file: place.file, line: place.line };
}
