/**
 * Orders in which items are taken whose order Python doesn't promise: as we hold them, backwards, and shuffled by a fixed
 * rule. What is the same in all of them is taken for independent of the order.
 */
export type ItemOrder = 'held' | 'reversed' | 'mixed';

/** The orders that are tried beside the one in which we hold the items. */
export const otherOrders: readonly ItemOrder[] = ['reversed', 'mixed'];

/** The items in that order. */
export function arrange<T>(items: readonly T[], order: ItemOrder): T[] {
  if (order === 'held') return [...items];
  if (order === 'reversed') return [...items].reverse();
  const keyed = items.map((item, index) => ({ item, key: scatter(index + 1, items.length) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

// Any fixed rule does; this one moves neighbours far apart.
function scatter(index: number, count: number): number {
  const mixed = Math.imul(index ^ (count << 8), 0x9e3779b1);
  return Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) >>> 0;
}
