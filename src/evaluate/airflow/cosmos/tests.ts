import type { DbtNode, DbtNodes } from './node.js';
import { cosmosMeta, entry, objectOf } from './node.js';
import type { Settings } from './settings.js';

/**
 * Marks what is tested and brings in the tests of what was selected, selected or not: they run with what they test.
 * The order is Cosmos' own: nodes that were selected first.
 */
export function addTests(all: DbtNodes, selected: DbtNodes, settings: Settings): Map<string, DbtNode> {
  const result = new Map(selected);
  for (const node of all.values()) {
    if (node.type !== 'test') continue;
    for (const id of node.dependsOn) {
      const tested = result.get(id);
      if (tested === undefined) continue;
      tested.hasTest = true;
      if (node.dependsOn.length === 1 || !settings.detaches) tested.hasNonDetachedTest = true;
      result.set(node.id, node);
    }
  }
  return result;
}

/** Tests of several models that run on their own. */
export function detachedTests(nodes: DbtNodes, settings: Settings): DbtNode[] {
  if (!settings.detaches || (settings.tests !== 'build' && settings.tests !== 'after_each')) return [];
  return [...nodes.values()].filter((node) => node.type === 'test' && node.dependsOn.length > 1);
}

/** Arguments that a node's authors gave for its task. */
export function operatorArguments(node: DbtNode): Readonly<Record<string, unknown>> {
  return objectOf(entry(cosmosMeta(node), 'operator_kwargs'));
}

/** Arguments that tests give for the task that runs them, by the id of what they test; the last test counts. */
export function testArguments(nodes: DbtNodes, detached: readonly DbtNode[]): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const found = new Map<string, Readonly<Record<string, unknown>>>();
  for (const node of nodes.values()) {
    if (node.type !== 'test' || detached.includes(node)) continue;
    const own = operatorArguments(node);
    if (Object.keys(own).length === 0) continue;
    for (const id of node.dependsOn) found.set(id, { ...found.get(id), ...own });
  }
  return found;
}
