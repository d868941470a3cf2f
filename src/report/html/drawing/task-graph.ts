import type { Dag } from '../../../model/graph.js';
import { describeConditions } from '../../../util/condition-text.js';
import { clamp, visible } from '../../visible.js';
import type { Layout, LayoutRequest } from '../layout/types.js';
import { html, nothing } from '../safe.js';
import type { SafeHtml } from '../safe.js';
import { MARGIN, coordinate, groupBox, labelWidth, pathData, sizeOf } from './svg.js';

/** The graph of one DAG's tasks. The task table beside it says the same in words. */

/** A larger graph is no longer read by eye; its table is. */
const MOST_TASKS = 80;
const LONGEST_LABEL = 30;
const BOX_HEIGHT = 26;
/** Room for the second line: a trigger rule other than Airflow's default. */
const RULE_HEIGHT = 13;
const DEFAULT_RULE = 'all_success';
const BOX_PADDING = 20;

interface TaskBox {
  readonly label: string;
  readonly title: string;
  readonly isMapped: boolean;
  readonly isOpaque: boolean;
  readonly isConditional: boolean;
  /** The trigger rule; empty where it is the default. */
  readonly rule: string;
  readonly width: number;
}

export interface TaskGraph {
  readonly dag: Dag;
  readonly boxes: readonly TaskBox[];
  readonly request: LayoutRequest;
}

function whenText(condition: Dag['condition']): string {
  return condition === undefined ? '' : ` when ${clamp(visible(describeConditions(condition)), 300)}`;
}

/** Edges between tasks that the document holds. */
function drawnEdges(dag: Dag): Dag['edges'] {
  const known = new Set(dag.tasks.map((task) => task.task_id));
  return dag.edges.filter(({ upstream, downstream }) => known.has(upstream) && known.has(downstream));
}

function boxOf(task: Dag['tasks'][number]): TaskBox {
  const full = visible(task.task_id);
  const isInGroup = task.group_id !== null && full.startsWith(`${visible(task.group_id)}.`);
  const own = isInGroup ? full.slice(visible(task.group_id ?? '').length + 1) : full;
  const label = clamp(own, LONGEST_LABEL);
  const rule = task.trigger_rule === DEFAULT_RULE ? '' : clamp(visible(task.trigger_rule), LONGEST_LABEL);
  return {
    label,
    title: `${clamp(full, 500)} (${visible(task.operator)})${rule === '' ? '' : `, trigger rule ${rule}`}${whenText(task.condition)}`,
    isMapped: task.is_mapped,
    isOpaque: task.is_opaque,
    isConditional: task.condition !== undefined,
    rule,
    width: Math.max(labelWidth(label), labelWidth(rule) * RULE_SCALE) + BOX_PADDING + (task.is_mapped ? 8 : 0),
  };
}

/** What is drawn of a DAG; undefined when there is nothing to connect or too much to see. */
export function taskGraphOf(dag: Dag): TaskGraph | undefined {
  if (dag.tasks.length < 2 || dag.tasks.length > MOST_TASKS) return undefined;
  const index = new Map(dag.tasks.map((task, position) => [task.task_id, position]));
  const groups = new Map(dag.task_groups.map((group, position) => [group.group_id, position]));
  const boxes = dag.tasks.map(boxOf);
  return {
    dag,
    boxes,
    request: {
      nodes: dag.tasks.map((task, position) => ({
        width: boxes[position]?.width ?? 0,
        height: heightOf(boxes[position]),
        group: groups.get(task.group_id ?? '') ?? null,
      })),
      edges: drawnEdges(dag).map(({ upstream, downstream }) => [index.get(upstream) ?? 0, index.get(downstream) ?? 0] as const),
      groups: dag.task_groups.map((group) => ({ parent: groups.get(group.parent_group_id ?? '') ?? null })),
    },
  };
}

/** The second line is printed smaller. */
const RULE_SCALE = 0.86;

function heightOf(box: TaskBox | undefined): number {
  return BOX_HEIGHT + (box === undefined || box.rule === '' ? 0 : RULE_HEIGHT);
}

function drawBox(box: TaskBox, centre: Layout['nodes'][number] | undefined): SafeHtml {
  if (centre === undefined) return nothing;
  const x = coordinate(centre.x - box.width / 2 + MARGIN);
  const height = heightOf(box);
  const y = coordinate(centre.y - height / 2 + MARGIN);
  const rule = box.rule === '' ? nothing : html`<text class="rule" x="${coordinate(centre.x + MARGIN)}" y="${coordinate(centre.y + MARGIN + 12)}">${box.rule}</text>`;
  const shadow = box.isMapped
    ? html`<rect class="task" x="${coordinate(Number(x) + 3)}" y="${coordinate(Number(y) - 3)}" width="${box.width}" height="${height}" rx="5"/>`
    : nothing;
  return html`<g><title>${box.title}</title>${shadow}<rect class="task${box.isOpaque ? ' opaque' : ''}${box.isConditional ? ' conditional' : ''}" x="${x}" y="${y}" width="${box.width}" height="${height}" rx="5"/><text x="${coordinate(centre.x + MARGIN)}" y="${coordinate(centre.y + MARGIN + (box.rule === '' ? 4 : -2))}">${box.label}</text>${rule}</g>`;
}

/** The drawing of a DAG's tasks at the positions of its layout. */
export function drawTaskGraph(graph: TaskGraph, layout: Layout, label: string): SafeHtml {
  const size = sizeOf(layout);
  const groups = graph.dag.task_groups.map((group, index) =>
    groupBox(layout.groups[index], clamp(visible(group.group_id), LONGEST_LABEL)),
  );
  const conditions = drawnEdges(graph.dag).map(({ condition }) => condition);
  const edges = layout.edges.map((points, index) => {
    const data = pathData(points);
    if (data === '') return nothing;
    const condition = conditions[index];
    if (condition === undefined) return html`<path class="edge" d="${data}" marker-end="url(#arrow)"/>`;
    return html`<path class="edge conditional" d="${data}" marker-end="url(#arrow)"><title>${whenText(condition).trim()}</title></path>`;
  });
  return html`<svg class="graph" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${label}">${groups}${edges}${graph.boxes.map((box, index) => drawBox(box, layout.nodes[index]))}</svg>`;
}
