import type { FanOut } from '../model/analysis.js';
import type { DagDependency, GraphDocument } from '../model/graph.js';
import { compareText } from '../model/place.js';
import { stronglyConnected } from '../util/strongly-connected.js';
import type { EvidenceBook } from './evidence.js';

/** What a run of one DAG sets off, before it is cited. */
export interface Cascade {
  dagId: string;
  /** The links by which a run starts other DAGs. */
  links: readonly DagDependency[];
  direct: readonly string[];
  runs: number | null;
  depth: number | null;
  cycle: readonly string[];
}

/** More runs than this are one storm like another; the true number grows beyond what a number can hold. */
const mostRuns = 1_000_000;

/** Links by which a run of one DAG starts a run of another. A sensor waits for a run: it starts none. */
const starting: ReadonlySet<DagDependency['kind']> = new Set(['asset', 'asset_alias', 'trigger']);

/** What one run of each DAG can set off downstream. DAGs whose runs start nothing are not among them. */
export function cascadesOf(graph: GraphDocument): ReadonlyMap<string, Cascade> {
  const dagIds = new Set(graph.dags.map((dag) => dag.dag_id));
  const links = new Map<string, DagDependency[]>();
  for (const link of graph.dag_dependencies) {
    if (!starting.has(link.kind) || !dagIds.has(link.source) || !dagIds.has(link.target)) continue;
    const known = links.get(link.source);
    if (known) known.push(link);
    else links.set(link.source, [link]);
  }
  const targets = new Map([...links].map(([id, own]) => [id, [...new Set(own.map(({ target }) => target))].sort(compareText)]));
  const cascades = new Map<string, Cascade>();
  // Components come consumers first: what a DAG leads to is known before it.
  for (const members of stronglyConnected([...dagIds], targets)) {
    for (const id of members) {
      const direct = targets.get(id) ?? [];
      if (direct.length === 0) continue;
      const isCyclic = members.length > 1 || direct.includes(id);
      const cycle = isCyclic ? cycleFrom(id, targets) : (direct.map((next) => cascades.get(next)?.cycle ?? []).find((each) => each.length > 0) ?? []);
      cascades.set(id, { dagId: id, links: links.get(id) ?? [], direct, cycle, ...countRuns(direct, cycle, cascades) });
    }
  }
  return cascades;
}

function countRuns(direct: readonly string[], cycle: readonly string[], known: ReadonlyMap<string, Cascade>): Pick<Cascade, 'runs' | 'depth'> {
  if (cycle.length > 0) return { runs: null, depth: null };
  const runs = direct.reduce((sum, id) => sum + 1 + (known.get(id)?.runs ?? 0), 0);
  const depth = 1 + Math.max(...direct.map((id) => known.get(id)?.depth ?? 0));
  return { runs: Math.min(runs, mostRuns), depth };
}

/** The shortest way from a DAG back to itself. */
function cycleFrom(start: string, targets: ReadonlyMap<string, readonly string[]>): string[] {
  const before = new Map<string, string>();
  const queue = [start];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    for (const next of targets.get(id) ?? []) {
      if (next === start) return wayBack(id, start, before);
      if (before.has(next)) continue;
      before.set(next, id);
      queue.push(next);
    }
  }
  return [start];
}

function wayBack(end: string, start: string, before: ReadonlyMap<string, string>): string[] {
  const way = [end];
  for (let id = end; id !== start; ) {
    const previous = before.get(id);
    if (previous === undefined) break;
    way.unshift(previous);
    id = previous;
  }
  return way;
}

/** The cascades as they stand in the document, each with the lines that make its links. */
export function findFanOuts(cascades: ReadonlyMap<string, Cascade>, graph: GraphDocument, book: EvidenceBook): FanOut[] {
  const dags = new Map(graph.dags.map((dag) => [dag.dag_id, dag]));
  return [...cascades.values()].flatMap(({ dagId, links, direct, runs, depth, cycle }) => {
    const dag = dags.get(dagId);
    if (!dag) return [];
    const evidence = links.map((link) =>
      book.cite({ dag, task: null, label: `starts:${link.target}`, text: linkText(link), place: { file: link.file, line: link.line } }),
    );
    return [{ dag_id: dagId, direct: [...direct], runs, depth, cycle: [...cycle], text: cascadeText({ dagId, direct, runs, depth, cycle }), evidence: [...new Set(evidence)] }];
  });
}

function linkText({ source, target, kind, dependency_id }: DagDependency): string {
  return kind === 'trigger' ? `${source}.${dependency_id} triggers ${target}` : `${source} updates ${dependency_id}, which ${target} is scheduled on`;
}

function cascadeText({ dagId, direct, runs, depth, cycle }: Omit<Cascade, 'links'>): string {
  const [head] = cycle;
  if (head !== undefined) {
    const way = [...cycle, head].join(' -> ');
    return cycle.includes(dagId) ? `each run leads to the next without end: ${way}` : `a run leads into a cycle that never ends: ${way}`;
  }
  const next = `a run of ${dagId} starts ${direct.join(', ')}`;
  return runs !== null && runs > direct.length ? `${next}; downstream at most ${runs} runs over ${depth ?? 0} steps` : next;
}
