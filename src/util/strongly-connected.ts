interface Visit {
  node: string;
  next: number;
}

/**
 * Strongly connected components, consumers first: every edge that leaves a component leads into one that stands earlier
 * in the result. Iterative, since chains of thousands of DAGs would overflow the stack.
 */
export function stronglyConnected(nodes: readonly string[], edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const components: string[][] = [];

  const enter = (node: string): Visit => {
    index.set(node, index.size);
    low.set(node, index.size - 1);
    open.push(node);
    isOpen.add(node);
    return { node, next: 0 };
  };
  const lower = (node: string, value: number): void => {
    low.set(node, Math.min(low.get(node) ?? value, value));
  };
  const close = (root: string): void => {
    const component: string[] = [];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      isOpen.delete(node);
      component.push(node);
      if (node === root) break;
    }
    components.push(component.sort());
  };
  const walk = (start: string): void => {
    const visits = [enter(start)];
    for (let visit = visits.at(-1); visit; visit = visits.at(-1)) {
      const target = edges.get(visit.node)?.[visit.next];
      visit.next += 1;
      if (target === undefined) {
        visits.pop();
        if (low.get(visit.node) === index.get(visit.node)) close(visit.node);
        const parent = visits.at(-1);
        if (parent) lower(parent.node, low.get(visit.node) ?? 0);
      } else if (!index.has(target)) visits.push(enter(target));
      else if (isOpen.has(target)) lower(visit.node, index.get(target) ?? 0);
    }
  };

  for (const node of nodes) if (!index.has(node)) walk(node);
  return components;
}
