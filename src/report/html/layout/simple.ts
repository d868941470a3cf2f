import type { Layout, LayoutRequest, Point } from './types.js';

/** Longest-path layers from left to right: what is drawn when Graphviz can't or shouldn't. Any input gives a layout. */

const COLUMN_GAP = 56;
const ROW_GAP = 16;

interface Connections {
  readonly next: readonly (readonly number[])[];
  /** How many predecessors of each node have no layer yet. */
  readonly open: number[];
}

function connect({ nodes, edges }: LayoutRequest): Connections {
  const next: number[][] = nodes.map(() => []);
  const open = nodes.map(() => 0);
  for (const [from, to] of edges) {
    if (from === to || nodes[from] === undefined || nodes[to] === undefined) continue;
    next[from]?.push(to);
    open[to] = (open[to] ?? 0) + 1;
  }
  return { next, open };
}

/** The layer of each node: one more than its furthest predecessor. A cycle is entered at its first node. */
function layersOf(request: LayoutRequest): number[] {
  const { next, open } = connect(request);
  const layers = request.nodes.map(() => 0);
  const isDone = request.nodes.map(() => false);
  const ready = open.flatMap((count, index) => (count === 0 ? [index] : []));
  for (let position = 0; position < layers.length; position += 1) {
    const index = ready[position] ?? isDone.indexOf(false);
    ready[position] = index;
    isDone[index] = true;
    for (const target of next[index] ?? []) {
      if (isDone[target] === true) continue;
      layers[target] = Math.max(layers[target] ?? 0, (layers[index] ?? 0) + 1);
      open[target] = (open[target] ?? 0) - 1;
      if (open[target] === 0) ready.push(target);
    }
  }
  return layers;
}

function splineBetween(from: Point, fromWidth: number, to: Point, toWidth: number): Point[] {
  const start = { x: from.x + fromWidth / 2, y: from.y };
  const end = { x: to.x - toWidth / 2, y: to.y };
  const bend = COLUMN_GAP / 2;
  return [start, { x: start.x + bend, y: start.y }, { x: end.x - bend, y: end.y }, end];
}

/** Lays a graph out without Graphviz. */
export function simpleLayout(request: LayoutRequest): Layout {
  const { nodes, edges } = request;
  const columns: number[][] = [];
  layersOf(request).forEach((layer, index) => (columns[layer] ??= []).push(index));
  const centres: Point[] = nodes.map(() => ({ x: 0, y: 0 }));
  let left = 0;
  let height = 0;
  for (const column of columns) {
    const width = Math.max(0, ...(column ?? []).map((index) => nodes[index]?.width ?? 0));
    let top = 0;
    for (const index of column ?? []) {
      const own = nodes[index]?.height ?? 0;
      centres[index] = { x: left + width / 2, y: top + own / 2 };
      top += own + ROW_GAP;
    }
    height = Math.max(height, top - ROW_GAP);
    left += width + COLUMN_GAP;
  }
  return {
    width: Math.max(0, left - COLUMN_GAP),
    height: Math.max(0, height),
    nodes: centres,
    edges: edges.map(([from, to]) => {
      const [a, b] = [centres[from], centres[to]];
      if (a === undefined || b === undefined || from === to) return [];
      return splineBetween(a, nodes[from]?.width ?? 0, b, nodes[to]?.width ?? 0);
    }),
    groups: request.groups.map(() => null),
  };
}
