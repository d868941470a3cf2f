import * as z from 'zod';
import type { Layout, LayoutRequest, Point } from './types.js';

/** Translates a layout request to Graphviz's input and its JSON output back to a layout. */

const POINTS_PER_INCH = 72;

const Output = z.object({
  bb: z.string(),
  objects: z.array(z.object({ name: z.string(), pos: z.string().optional(), bb: z.string().optional() })).optional(),
  edges: z.array(z.object({ id: z.string(), pos: z.string().optional() })).optional(),
});

function groupLines(request: LayoutRequest, parent: number | null): string[] {
  return request.groups.flatMap((group, index) => {
    if (group.parent !== parent || index === parent) return [];
    const members = request.nodes.flatMap((node, node_index) => (node.group === index ? [`n${node_index}`] : []));
    return [`subgraph cluster_${index} {`, 'margin=18', ...members, ...groupLines(request, index), '}'];
  });
}

/** The request in Graphviz's language: nothing in it comes from repository text. */
export function toGraphviz(request: LayoutRequest): string {
  return [
    'digraph {',
    'rankdir=LR nodesep=0.22 ranksep=0.55',
    'node [shape=box fixedsize=true label=""]',
    'edge [arrowsize=0.6]',
    ...request.nodes.map(
      ({ width, height }, index) =>
        `n${index} [width=${(width / POINTS_PER_INCH).toFixed(4)} height=${(height / POINTS_PER_INCH).toFixed(4)}]`,
    ),
    ...groupLines(request, null),
    ...request.edges.map(([from, to], index) => `n${from} -> n${to} [id=e${index}]`),
    '}',
  ].join('\n');
}

function numbersOf(text: string): number[] {
  return text.split(',').map(Number);
}

/** `e,x,y p0 p1 p2 p3 ...`: the spline, and where its arrow ends. */
function splineOf(position: string, flip: (text: string) => Point): Point[] {
  const [first = ''] = position.split(';');
  const parts = first.split(' ').filter((part) => part !== '');
  const end = parts.find((part) => part.startsWith('e,'));
  const spline = parts.filter((part) => !/^[es],/.test(part)).map(flip);
  const last = spline.at(-1);
  if (end === undefined || last === undefined) return spline;
  const tip = flip(end.slice(2));
  return [...spline, last, tip, tip];
}

/** Reads Graphviz's JSON; undefined when it lacks a position that was asked for. */
export function fromGraphviz(text: string, request: LayoutRequest): Layout | undefined {
  const output = Output.safeParse(JSON.parse(text));
  if (!output.success) return undefined;
  const { bb, objects = [], edges = [] } = output.data;
  const [, , width = 0, height = 0] = numbersOf(bb);
  const flip = (position: string): Point => {
    const [x = 0, y = 0] = numbersOf(position);
    return { x, y: height - y };
  };
  const byName = new Map(objects.map((object) => [object.name, object]));
  const byId = new Map(edges.map((edge) => [edge.id, edge.pos]));
  const nodes = request.nodes.flatMap((_, index) => {
    const position = byName.get(`n${index}`)?.pos;
    return position === undefined ? [] : [flip(position)];
  });
  if (nodes.length !== request.nodes.length) return undefined;
  return {
    width,
    height,
    nodes,
    edges: request.edges.map((_, index) => splineOf(byId.get(`e${index}`) ?? '', flip)),
    groups: request.groups.map((_, index) => {
      const [left = 0, bottom = 0, right = 0, top = 0] = numbersOf(byName.get(`cluster_${index}`)?.bb ?? '');
      return right > left ? { x: left, y: height - top, width: right - left, height: top - bottom } : null;
    }),
  };
}
