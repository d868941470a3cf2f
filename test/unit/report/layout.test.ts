import { describe, expect, test } from 'vitest';
import { layOut } from '../../../src/report/html/layout/lay-out.js';
import { simpleLayout } from '../../../src/report/html/layout/simple.js';
import type { LayoutRequest } from '../../../src/report/html/layout/types.js';

function request(count: number, edges: LayoutRequest['edges'], groups: LayoutRequest['groups'] = []): LayoutRequest {
  return {
    nodes: Array.from({ length: count }, (_, index) => ({ width: 100, height: 30, group: groups.length > 0 && index > 0 ? 0 : null })),
    edges,
    groups,
  };
}

describe('Graphviz', () => {
  test('places nodes from left to right, edges and groups', async () => {
    const [layout] = await layOut([request(3, [[0, 1], [1, 2], [2, 2]], [{ parent: null }])]);
    const xs = layout?.nodes.map((node) => node.x) ?? [];
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
    expect(new Set(xs).size).toBe(3);
    expect(layout?.edges.map((points) => points.length > 3 && points.length % 3 === 1)).toEqual([true, true, true]);
    expect(layout?.groups[0]?.width).toBeGreaterThan(200);
  });

  test('places 300 nodes without two on one spot', async () => {
    const edges = Array.from({ length: 299 }, (_, index) => [Math.floor(index / 2), index + 1] as const);
    const [layout] = await layOut([request(300, edges)]);
    expect(new Set(layout?.nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(300);
  });

  test('gives the simple layout when the deadline has passed', async () => {
    const asked = request(3, [[0, 1], [1, 2]]);
    expect(await layOut([asked], 0)).toEqual([simpleLayout(asked)]);
  });

  test('is not asked about a graph beyond its limit', async () => {
    const asked = request(1_501, [[0, 1]]);
    expect(await layOut([asked])).toEqual([simpleLayout(asked)]);
  });

  test('answers every request, in order, an empty one too', async () => {
    const layouts = await layOut([request(0, []), request(1, []), request(2, [[0, 1]])]);
    expect(layouts.map((layout) => layout.nodes.length)).toEqual([0, 1, 2]);
  });
});

describe('the simple layout', () => {
  test('puts a node one layer behind its furthest predecessor', () => {
    const { nodes } = simpleLayout(request(4, [[0, 1], [1, 2], [0, 3], [2, 3]]));
    expect(nodes.map(({ x }) => x)).toEqual([...nodes.map(({ x }) => x)].sort((a, b) => a - b));
    expect(new Set(nodes.map(({ x }) => x)).size).toBe(4);
  });

  test('survives cycles and edges that lead nowhere', () => {
    const layout = simpleLayout(request(3, [[0, 1], [1, 0], [2, 2], [1, 9]]));
    expect(layout.nodes).toHaveLength(3);
    expect(layout.edges[3]).toEqual([]);
    expect(layout.nodes.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
  });
});
