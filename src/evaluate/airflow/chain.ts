import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyList, PyTuple, Unknown } from '../values.js';
import type { NativeCall, Value } from '../values.js';
import { dependables, setRelatives } from './edges.js';
import { raiseAirflow } from './errors.js';
import type { Dependable } from './state.js';
import { isAirflow3, stateOf, worldOf } from './world.js';

/** One argument of `chain`: an item, or a list of items. */
interface Link {
  readonly isList: boolean;
  readonly items: readonly Dependable[];
}

function readLinks(rt: Runtime, values: readonly Value[], place: Place): Link[] | undefined {
  const links: Link[] = [];
  for (const value of values) {
    const isList = value instanceof PyList || value instanceof PyTuple;
    if (!isList && !(value instanceof Unknown) && stateOf(value) === undefined && rt.classOf(value).unknownBase === undefined) {
      raiseAirflow(rt, 'TypeError', `Chain not supported for different length Iterable or type ${rt.classOf(value).name}`, place);
    }
    const { items, hidden } = dependables(rt, value, place);
    if (hidden !== undefined) {
      spoil(rt, values, hidden);
      return undefined;
    }
    links.push({ isList, items });
  }
  return links;
}

/** An argument that isn't known hides which edges there are. */
function spoil(rt: Runtime, values: readonly Value[], hidden: Unknown): void {
  for (const value of values) if (!(value instanceof Unknown)) rt.escape(value, hidden);
  for (const dag of worldOf(rt).dags) dag.spoil(hidden);
}

/** `chain(a, [b, c], d)`: each links to the next; two lists of the same length are linked pairwise. */
export const chain: NativeCall = (rt, args, _keywords, place) => {
  const links = readLinks(rt, args, place);
  links?.forEach((left, index) => {
    const right = links[index + 1];
    if (right === undefined) return;
    if (left.isList && right.isList) {
      if (left.items.length !== right.items.length) {
        const text = `Chain not supported for different length Iterable. Got ${left.items.length.toString()} and ${right.items.length.toString()}.`;
        raiseAirflow(rt, isAirflow3(rt) ? 'ValueError' : 'AirflowException', text, place);
      }
      left.items.forEach((item, at) => {
        const other = right.items[at];
        if (other !== undefined) setRelatives(rt, item, [other], false, place);
      });
    } else link(rt, left, right, place);
  });
  return null;
};

function link(rt: Runtime, left: Link, right: Link, place: Place): void {
  // A list on the left has no `>>`: Python asks the right side for `<<`, with all of the list at once.
  const [only] = left.items;
  if (!left.isList && only !== undefined) setRelatives(rt, only, right.items, false, place);
  else for (const item of right.items) setRelatives(rt, item, left.items, true, place);
}

/** `chain_linear(a, [b, c], [d, e])`: everything to everything of the next. */
export const chainLinear: NativeCall = (rt, args, _keywords, place) => {
  const links = readLinks(rt, args, place);
  if (links === undefined) return null;
  if (links.some((each) => each.items.some((item) => item.kind === 'label'))) rt.raise('ValueError', 'Labels are not supported by chain_linear', place);
  const filled = links.filter((each) => each.items.length > 0);
  if (filled.length < 2) rt.raise('ValueError', 'No dependencies were set. Did you forget to expand with `*`?', place);
  filled.forEach((left, index) => {
    const right = filled[index + 1];
    if (right !== undefined) for (const item of left.items) setRelatives(rt, item, right.items, false, place);
  });
  return null;
};

/** `cross_downstream([a, b], [c, d])`. */
export const crossDownstream: NativeCall = (rt, args, keywords, place) => {
  const [from = null, to = null] = [keywords.get('from_tasks') ?? args[0], keywords.get('to_tasks') ?? args[1]];
  const links = readLinks(rt, [from, to], place);
  const [left, right] = links ?? [];
  if (left !== undefined && right !== undefined) for (const item of left.items) setRelatives(rt, item, right.items, false, place);
  return null;
};
