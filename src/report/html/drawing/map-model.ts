import type { SourceKind } from '../../../model/analysis.js';
import type { Dag, DagDependency } from '../../../model/graph.js';
import { compareText } from '../../../model/place.js';
import type { PlanDocument } from '../../../model/plan.js';
import { countOf, sentence } from '../../facts/plural.js';
import { describeSource } from '../../facts/source.js';
import { describeMove, sourceWords } from '../../words.js';
import type { Target } from '../../words.js';
import type { Anchors } from '../anchors.js';

/** What the map shows: DAGs (or their folders), event sources, and the links between them. */

export type EdgeKind = DagDependency['kind'] | 'event' | 'clock' | 'several';

export interface MapNode {
  readonly kind: 'dag' | 'folder' | 'source' | 'outside';
  readonly label: string;
  readonly detail: string;
  /** The section that the node leads to; empty when there is none. */
  readonly anchor: string;
  readonly mode: Target | 'none';
}

export interface MapEdge {
  readonly from: number;
  readonly to: number;
  readonly kind: EdgeKind;
}

export interface MapModel {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
  readonly isByFolder: boolean;
}

/** More boxes than this can't be read as a map; folders can. */
const MOST_DAGS = 300;
/** Kinds of source that are a link between DAGs, or none: the links show them already. */
const linkKinds: ReadonlySet<SourceKind> = new Set<SourceKind>(['asset', 'dag_completion', 'clock']);

/** Numbers nodes as they are first named. */
class Nodes {
  readonly list: MapNode[] = [];
  readonly #index = new Map<string, number>();

  indexOf(key: string, make: () => MapNode): number {
    const known = this.#index.get(key);
    if (known !== undefined) return known;
    const index = this.list.push(make()) - 1;
    this.#index.set(key, index);
    return index;
  }
}

function withoutDoubles(edges: readonly MapEdge[]): MapEdge[] {
  const seen = new Map(edges.map((edge) => [`${edge.from} ${edge.to} ${edge.kind}`, edge]));
  return [...seen.values()];
}

function dagMap(plan: PlanDocument, anchors: Anchors): MapModel {
  const nodes = new Nodes();
  const stages = new Map(plan.stages.map((stage) => [stage.dag_id, stage]));
  const dagIndex = (dagId: string): number =>
    nodes.indexOf(`dag ${dagId}`, () => {
      const stage = stages.get(dagId);
      const anchor = anchors(dagId);
      if (anchor === undefined) return { kind: 'outside', label: dagId, detail: 'not in this repository', anchor: '', mode: 'none' };
      const change = stage === undefined ? 'not planned' : describeMove(stage);
      const phase = stage === undefined || stage.wave === 0 ? '' : ` · phase ${stage.wave}`;
      return { kind: 'dag', label: dagId, detail: change + phase, anchor, mode: stage?.target ?? 'none' };
    });
  for (const dag of plan.analysis.graph.dags) dagIndex(dag.dag_id);
  const edges: MapEdge[] = plan.analysis.graph.dag_dependencies.map((link) => ({
    from: dagIndex(link.source),
    to: dagIndex(link.target),
    kind: link.kind,
  }));
  for (const { dag_id, fields, source_kind } of plan.analysis.candidates) {
    const writer = fields['external_dag_id'];
    // What one DAG writes and another reads, without a link in Airflow.
    if (source_kind === 'asset' && writer !== undefined) edges.push({ from: dagIndex(writer), to: dagIndex(dag_id), kind: 'clock' });
  }
  for (const candidate of plan.analysis.candidates) {
    if (linkKinds.has(candidate.source_kind)) continue;
    const label = describeSource(candidate);
    const from = nodes.indexOf(`source ${candidate.source_kind} ${label}`, () => ({
      kind: 'source',
      label,
      detail: sentence(sourceWords[candidate.source_kind]),
      anchor: '',
      mode: 'none',
    }));
    edges.push({ from, to: dagIndex(candidate.dag_id), kind: 'event' });
  }
  return { nodes: nodes.list, edges: withoutDoubles(edges), isByFolder: false };
}

/** The folder that a DAG's file lies in. */
export function folderOf(dag: Dag): string {
  const end = dag.file.lastIndexOf('/');
  return end === -1 ? '(root)' : dag.file.slice(0, end);
}

/** DAGs by folder, folders in order. */
export function dagsByFolder(dags: readonly Dag[]): [folder: string, dags: Dag[]][] {
  const folders = new Map<string, Dag[]>();
  for (const dag of dags) {
    const folder = folderOf(dag);
    folders.set(folder, [...(folders.get(folder) ?? []), dag]);
  }
  return [...folders].sort(([a], [b]) => compareText(a, b));
}

function commonMode(modes: readonly MapNode['mode'][]): MapNode['mode'] {
  const [first = 'none'] = modes;
  return modes.every((mode) => mode === first) ? first : 'none';
}

function folderMap(plan: PlanDocument): MapModel {
  const targets = new Map(plan.stages.map((stage) => [stage.dag_id, stage.target]));
  const folders = dagsByFolder(plan.analysis.graph.dags);
  const folderIndex = new Map(folders.flatMap(([, dags], index) => dags.map((dag) => [dag.dag_id, index] as const)));
  const nodes = folders.map(([folder, dags], index): MapNode => {
    const moving = dags.filter((dag) => ['event', 'hybrid'].includes(targets.get(dag.dag_id) ?? '')).length;
    return {
      kind: 'folder',
      label: folder,
      detail: `${countOf(dags.length, 'DAG')}, ${moving} on events`,
      anchor: `folder-${index + 1}`,
      mode: commonMode(dags.map((dag) => targets.get(dag.dag_id) ?? 'none')),
    };
  });
  const kinds = new Map<string, MapEdge>();
  for (const link of plan.analysis.graph.dag_dependencies) {
    const [from, to] = [folderIndex.get(link.source), folderIndex.get(link.target)];
    if (from === undefined || to === undefined || from === to) continue;
    const known = kinds.get(`${from} ${to}`);
    kinds.set(`${from} ${to}`, { from, to, kind: known === undefined || known.kind === link.kind ? link.kind : 'several' });
  }
  return { nodes, edges: [...kinds.values()], isByFolder: true };
}

/** The map of a plan: DAG by DAG, or folder by folder when there are too many. */
export function mapOf(plan: PlanDocument, anchors: Anchors): MapModel {
  return plan.analysis.graph.dags.length > MOST_DAGS ? folderMap(plan) : dagMap(plan, anchors);
}
