import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type PyInstance, PySet, Unknown, type Value } from '../../values.js';
import { DictView, viewOf } from './kinds.js';
import type { PyDict } from '../../values.js';

/** What `dict.keys()`, `.values()` or `.items()` gives. */
export function makeView(rt: Runtime, dict: PyDict, part: DictView['part']): PyInstance {
  const view = rt.instance(rt.builtinClass(`dict_${part}`));
  view.native = new DictView(dict, part);
  return view;
}

/** The items of a view now. */
export function viewItems(rt: Runtime, view: DictView): Value[] | Unknown {
  if (view.dict.taint !== undefined) return view.dict.taint;
  const entries = [...view.dict.entries.values()];
  if (view.part === 'keys') return entries.map((entry) => entry.key);
  if (view.part === 'values') return entries.map((entry) => entry.value);
  return entries.map((entry) => rt.tuple([entry.key, entry.value]));
}

/** A set, or a keys or items view as one: what the set operators work on; undefined for anything else. */
export function viewSet(rt: Runtime, value: Value, place: Place): PySet | Unknown | undefined {
  if (value instanceof PySet) return value.taint ?? value;
  const view = viewOf(value);
  if (view === undefined || view.part === 'values') return undefined;
  const items = viewItems(rt, view);
  if (items instanceof Unknown) return items;
  rt.step(place, items.length);
  const unknown = items.find((item) => item instanceof Unknown);
  return unknown instanceof Unknown ? unknown : rt.set(items);
}
