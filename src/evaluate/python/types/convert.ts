import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { Unknown, type Value } from '../../values.js';
import { asText, typeName } from '../protocol/kinds.js';
import { clampIndex, toIndex } from '../protocol/slices.js';
import { isRaised } from '../protocol/special.js';

/** An argument that must be an integer; the caller has ruled unknowns out. */
export function integerOf(rt: Runtime, value: Value, place: Place): bigint {
  const index = toIndex(rt, value, place);
  if (typeof index === 'bigint') return index;
  return rt.raise('TypeError', `'${typeName(value)}' object cannot be interpreted as an integer`, place);
}

/** An integer argument as a number; huge ones are clamped to beyond every collection. */
export function countOf(rt: Runtime, value: Value, place: Place): number {
  return clampIndex(integerOf(rt, value, place));
}

/** An argument that must be a string. */
export function textOf(rt: Runtime, value: Value, message: string, place: Place): string {
  return asText(value) ?? rt.raise('TypeError', `${message}, not ${value === null && message.includes('argument') ? 'None' : typeName(value)}`, place);
}

/** A text argument that has a default; anything else raises TypeError. */
export function optionOf(rt: Runtime, value: Value, otherwise: string, place: Place): string {
  return value === null ? otherwise : textOf(rt, value, 'argument must be str', place);
}

/** The items of an iterable of strings, as `join` takes them; the first unknown when there is one. */
export function textsOf(rt: Runtime, value: Value, place: Place): string[] | Unknown {
  const items = itemsToJoin(rt, value, place);
  if (items instanceof Unknown) return items;
  const texts: string[] = [];
  for (const [index, item] of items.entries()) {
    if (item instanceof Unknown) return item;
    const message = `sequence item ${index}: expected str instance, ${typeName(item)} found`;
    texts.push(asText(item) ?? rt.raise('TypeError', message, place));
  }
  return texts;
}

/** The items to join; the message for what can't be iterated over is `join`'s own. */
export function itemsToJoin(rt: Runtime, value: Value, place: Place): Value[] | Unknown {
  return itemsOrRefuse(rt, value, place, () => 'can only join an iterable');
}

/** The items of a value; `message` is the TypeError's when it can't be iterated over. */
export function itemsOrRefuse(rt: Runtime, value: Value, place: Place, message: () => string): Value[] | Unknown {
  try {
    return rt.items(value, place);
  } catch (caught) {
    const isPlain = isRaised(rt, caught, 'TypeError') && rt.findSpecial(value, '__iter__') === undefined && rt.findSpecial(value, '__getitem__') === undefined;
    if (!isPlain) throw caught;
    return rt.raise('TypeError', message(), place);
  }
}

/** `[start:end]` of an optional pair of bounds, fitted to a length as slices are. */
export function boundsOf(rt: Runtime, start: Value, end: Value, length: number, place: Place): readonly [number, number] {
  const fit = (value: Value, otherwise: number): number => {
    if (value === null) return otherwise;
    const index = countOf(rt, value, place);
    return Math.min(Math.max(index < 0 ? index + length : index, 0), length);
  };
  const from = start === null ? 0 : countOf(rt, start, place);
  return [from > length ? from : fit(start, 0), fit(end, length)];
}
