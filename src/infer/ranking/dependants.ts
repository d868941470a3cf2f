import type { RankFactor } from '../../model/analysis.js';
import type { DagDependency, GraphDocument } from '../../model/graph.js';
import { compareText } from '../../model/place.js';
import type { InferContext } from '../context.js';
import type { ClockCoupling } from '../lineage/coupling.js';

/** Names of so many dependants stand in the text. */
const mostNamed = 5;

/** Who depends on a DAG, directly: by Airflow's own links and by the clock alone. */
export interface Dependants {
  links: readonly DagDependency[];
  coupled: readonly ClockCoupling[];
}

/** Indexes what depends on each DAG. A marker leads to the DAG that depends, like the other links. */
export function dependantsOf(graph: GraphDocument, couplings: readonly ClockCoupling[]): ReadonlyMap<string, Dependants> {
  const found = new Map<string, { links: DagDependency[]; coupled: ClockCoupling[] }>();
  const of = (id: string) => {
    const known = found.get(id) ?? { links: [], coupled: [] };
    found.set(id, known);
    return known;
  };
  for (const link of graph.dag_dependencies) if (link.source !== link.target) of(link.source).links.push(link);
  for (const coupling of couplings) of(coupling.writer.dag.dag_id).coupled.push(coupling);
  return found;
}

/** DAGs that must be looked after when this one moves. */
export function dependantsFactor(dagId: string, all: ReadonlyMap<string, Dependants>, context: InferContext): RankFactor {
  const { links = [], coupled = [] } = all.get(dagId) ?? {};
  const names = [...new Set([...links.map(({ target }) => target), ...coupled.map(({ reader }) => reader.dag.dag_id)])].sort(compareText);
  const dag = context.dags.get(dagId)?.dag;
  if (names.length === 0 || !dag) return { value: 0, text: 'none', evidence: [] };
  const evidence = [
    ...links.map((link) => context.book.cite({ dag, task: null, label: `dependant:${link.target}`, text: `${link.target} depends on ${dagId} (${link.kind} ${link.dependency_id})`, place: { file: link.file, line: link.line } })),
    ...coupled.map(({ reader, resource }) => context.book.cite({ dag, task: null, label: `dependant:${reader.dag.dag_id}`, text: `${reader.dag.dag_id} reads ${resource.text}`, place: { file: reader.task.file, line: reader.task.line } })),
  ];
  const shown = names.slice(0, mostNamed).join(', ');
  const text = names.length > mostNamed ? `${names.length}: ${shown} and others` : `${names.length}: ${shown}`;
  return { value: names.length, text, evidence: [...new Set(evidence)] };
}
