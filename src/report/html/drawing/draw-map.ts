import { clamp, clampMiddle, visible } from '../../visible.js';
import type { Layout, LayoutRequest } from '../layout/types.js';
import { html, nothing } from '../safe.js';
import type { SafeHtml } from '../safe.js';
import type { MapModel, MapNode } from './map-model.js';
import { MARGIN, coordinate, labelWidth, pathData } from './svg.js';

/** Draws the map: connected nodes where the layout puts them, the others in rows below. */

const LONGEST_LABEL = 34;
const NODE_HEIGHT = 46;
const GLYPH_SPACE = 34;
const GAP = 14;
const LEAST_WIDTH = 128;
/** Rows of unconnected nodes are at least this wide, about a desktop window's content. */
const ROW_WIDTH = 1_080;

function widthOf(node: MapNode): number {
  const longest = Math.max(labelWidth(clampMiddle(visible(node.label), LONGEST_LABEL)), labelWidth(node.detail) * 0.92);
  return Math.max(LEAST_WIDTH, longest + GLYPH_SPACE + 14);
}

interface Parts {
  /** Indices of nodes that have an edge. */
  readonly linked: readonly number[];
  readonly alone: readonly number[];
}

function partsOf({ nodes, edges }: MapModel): Parts {
  const linked = new Set(edges.flatMap(({ from, to }) => (from === to ? [] : [from, to])));
  return {
    linked: nodes.flatMap((_, index) => (linked.has(index) ? [index] : [])),
    alone: nodes.flatMap((_, index) => (linked.has(index) ? [] : [index])),
  };
}

/** What the layout engine is asked to place. */
export function mapRequest(model: MapModel): LayoutRequest {
  const { linked } = partsOf(model);
  const position = new Map(linked.map((node, index) => [node, index]));
  return {
    nodes: linked.flatMap((index) => {
      const node = model.nodes[index];
      return node === undefined ? [] : [{ width: widthOf(node), height: NODE_HEIGHT, group: null }];
    }),
    edges: model.edges.flatMap(({ from, to }) => {
      const [a, b] = [position.get(from), position.get(to)];
      return a === undefined || b === undefined || a === b ? [] : [[a, b] as const];
    }),
    groups: [],
  };
}

interface Corner {
  readonly x: number;
  readonly y: number;
}

interface Rows {
  readonly corners: ReadonlyMap<number, Corner>;
  readonly width: number;
  readonly bottom: number;
}

/** Puts the unconnected nodes in rows of equal columns. */
function rowsBelow(model: MapModel, alone: readonly number[], top: number, width: number): Rows {
  const corners = new Map<number, Corner>();
  const column = Math.max(LEAST_WIDTH, ...alone.flatMap((index) => model.nodes[index] ?? []).map(widthOf)) + GAP;
  const perRow = Math.max(1, Math.floor((Math.max(width, ROW_WIDTH) + GAP) / column));
  alone.forEach((index, position) => {
    const row = Math.floor(position / perRow);
    corners.set(index, { x: (position % perRow) * column, y: top + row * (NODE_HEIGHT + GAP) });
  });
  const rows = Math.ceil(alone.length / perRow);
  return {
    corners,
    width: Math.min(perRow, alone.length) * column - GAP,
    bottom: top + rows * (NODE_HEIGHT + GAP) - GAP,
  };
}

function drawNode(node: MapNode, index: number, corner: Corner): SafeHtml {
  const width = widthOf(node);
  const [x, y] = [coordinate(corner.x + MARGIN), coordinate(corner.y + MARGIN)];
  const textX = coordinate(corner.x + MARGIN + GLYPH_SPACE);
  const radius = node.kind === 'source' ? NODE_HEIGHT / 2 : 7;
  const glyph = node.kind === 'dag' || node.kind === 'folder' ? (node.mode === 'none' ? node.kind : node.mode) : node.kind;
  const full = visible(node.label);
  const label = clampMiddle(full, LONGEST_LABEL);
  // Only a cut label needs a title: as a link's name, it would hide the text that can be seen.
  const title = label === full ? nothing : html`<title>${clamp(full, 500)} ${node.detail}</title>`;
  const body = html`${title}<rect class="box" x="${x}" y="${y}" width="${coordinate(width)}" height="${NODE_HEIGHT}" rx="${radius}"/><use href="#i-${glyph}" x="${coordinate(corner.x + MARGIN + 11)}" y="${coordinate(corner.y + MARGIN + 15)}" width="16" height="16"/><text class="label" x="${textX}" y="${coordinate(corner.y + MARGIN + 20)}">${label}</text><text class="detail" x="${textX}" y="${coordinate(corner.y + MARGIN + 35)}">${node.detail}</text>`;
  const className = `node kind-${node.kind} mode-${node.mode}`;
  if (node.anchor === '') return html`<g class="${className}" data-node="${index}">${body}</g>`;
  return html`<a class="${className}" data-node="${index}" href="#${node.anchor}">${body}</a>`;
}

/** The map as SVG. */
export function drawMap(model: MapModel, layout: Layout, label: string): SafeHtml {
  const { linked, alone } = partsOf(model);
  const rows = rowsBelow(model, alone, linked.length === 0 ? 0 : layout.height + 2 * GAP, layout.width);
  const corners = new Map(rows.corners);
  linked.forEach((index, position) => {
    const node = model.nodes[index];
    const centre = layout.nodes[position];
    if (node === undefined || centre === undefined) return;
    corners.set(index, { x: centre.x - widthOf(node) / 2, y: centre.y - NODE_HEIGHT / 2 });
  });
  const width = Math.ceil(Math.max(layout.width, alone.length === 0 ? 0 : rows.width) + 2 * MARGIN);
  const height = Math.ceil((alone.length === 0 ? layout.height : rows.bottom) + 2 * MARGIN);
  const drawnEdges = model.edges.filter(({ from, to }) => from !== to);
  const edges = drawnEdges.map((edge, index) => {
    const data = pathData(layout.edges[index] ?? []);
    if (data === '') return nothing;
    return html`<path class="edge link-${edge.kind}" data-from="${edge.from}" data-to="${edge.to}" d="${data}" marker-end="url(#arrow)"/>`;
  });
  const nodes = model.nodes.map((node, index) => {
    const corner = corners.get(index);
    return corner === undefined ? nothing : drawNode(node, index, corner);
  });
  return html`<svg class="map" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="group" aria-label="${label}">${edges}${nodes}</svg>`;
}
