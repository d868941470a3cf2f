import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { noKeywords, Unknown, type Value } from '../../values.js';

/** Leaves JavaScript's sort when two items can't be ordered. */
class Undecided extends Error {
  constructor(readonly unknown: Unknown) {
    super('undecided');
  }
}

/** `sorted`: stable, by key, equal items keep their order also in reverse. */
export function sortItems(rt: Runtime, items: readonly Value[], key: Value, reverse: Value, place: Place): Value[] | Unknown {
  const isReverse = rt.truth(reverse, place);
  if (isReverse instanceof Unknown) return isReverse;
  const rows = items.map((item) => ({ item, key: key === null ? item : rt.call(key, [item], noKeywords, place) }));
  if (rows.length > 1) {
    const unknown = rows.find((row) => row.key instanceof Unknown)?.key;
    if (unknown instanceof Unknown) return unknown;
  }
  const direction = isReverse ? -1 : 1;
  try {
    rows.sort((left, right) => direction * decidedOrder(rt, left.key, right.key, place));
  } catch (caught) {
    if (caught instanceof Undecided) return caught.unknown;
    throw caught;
  }
  return rows.map((row) => row.item);
}

function decidedOrder(rt: Runtime, left: Value, right: Value, place: Place): number {
  rt.step(place);
  const order = rt.compare(left, right, place);
  if (order instanceof Unknown) throw new Undecided(order);
  return order;
}
