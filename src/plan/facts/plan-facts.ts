import type { AnalysisDocument, FanIn, Hazard, TriggerCandidate, Verdict } from '../../model/analysis.js';
import type { Dag, GraphDocument } from '../../model/graph.js';
import { compareText } from '../../model/place.js';
import type { UserContext } from '../../model/context.js';
import type { Stage } from '../../model/plan.js';
import { stronglyConnected } from '../../util/strongly-connected.js';
import type { Coupling } from './couplings.js';
import { findCouplings } from './couplings.js';
import { groupBy } from './group-by.js';
import type { Producers } from './producers.js';
import { findProducers, indexAssets } from './producers.js';
import { startsToday } from './today.js';

/** What planning and checking both ask of an analysis, indexed once. */
export interface PlanFacts {
  analysis: AnalysisDocument;
  context: UserContext;
  /** The Airflow release that is planned for. */
  version: string;
  dags: ReadonlyMap<string, Dag>;
  today: ReadonlyMap<string, Stage['today']>;
  candidates: ReadonlyMap<string, TriggerCandidate>;
  candidatesOf: ReadonlyMap<string, readonly TriggerCandidate[]>;
  fanInsOf: ReadonlyMap<string, readonly FanIn[]>;
  hazardsOf: ReadonlyMap<string, readonly Hazard[]>;
  verdicts: ReadonlyMap<string, Verdict>;
  /** Producers by candidate id. */
  producers: ReadonlyMap<string, Producers>;
  /** DAGs that rely on the clock of the key. */
  consumersOf: ReadonlyMap<string, readonly Coupling[]>;
  /** DAGs whose clock the key relies on. */
  reliesOn: ReadonlyMap<string, readonly Coupling[]>;
  /** DAG ids, consumers before what they depend on; members of a cycle together. */
  consumersFirst: readonly string[];
  /** DAGs whose TriggerDagRunOperator starts the key. */
  sendersOf: ReadonlyMap<string, readonly string[]>;
  /** The other members of a DAG's dependency cycle; a DAG that waits for itself has an empty list. */
  cycles: ReadonlyMap<string, readonly string[]>;
}

/** Indexes an analysis and what the user's context file says beside it. */
export function collectPlanFacts(analysis: AnalysisDocument, context: UserContext): PlanFacts {
  const { graph, candidates } = analysis;
  const dags = new Map([...graph.dags].sort((a, b) => compareText(a.dag_id, b.dag_id)).map((dag) => [dag.dag_id, dag]));
  const senders = groupBy(graph.dag_dependencies.filter(({ kind }) => kind === 'trigger'), ({ target }) => target);
  const today = new Map([...dags].map(([id, dag]) => [id, startsToday(dag, senders.has(id))]));
  const assets = indexAssets(graph.assets);
  const isDag = (name: string): boolean => dags.has(name);
  const producers = new Map(candidates.map((candidate) => [candidate.id, findProducers(candidate, isDag, assets)]));
  const couplings = findCouplings({ graph, dags, candidates, producers, today });
  const edges = dependencyEdges(graph, candidates, producers, isDag);
  const components = stronglyConnected([...dags.keys()], edges);
  return {
    analysis,
    context,
    version: graph.airflow_version.version,
    dags,
    today,
    candidates: new Map(candidates.map((candidate) => [candidate.id, candidate])),
    candidatesOf: groupBy(candidates, ({ dag_id }) => dag_id),
    fanInsOf: groupBy(analysis.fan_ins, ({ dag_id }) => dag_id),
    hazardsOf: groupBy(analysis.hazards, ({ dag_id }) => dag_id),
    verdicts: new Map(analysis.verdicts.map((verdict) => [verdict.dag_id, verdict])),
    producers,
    consumersOf: groupBy(couplings, ({ producer }) => producer),
    reliesOn: groupBy(couplings, ({ consumer }) => consumer),
    consumersFirst: components.flat(),
    sendersOf: new Map([...senders].map(([target, links]) => [target, [...new Set(links.map(({ source }) => source))].sort(compareText)])),
    cycles: findCycles(components, edges),
  };
}

/** All ways in which one DAG's run can lead to another's, now or after the move: upstream -> downstreams, sorted. */
function dependencyEdges(
  graph: GraphDocument,
  candidates: readonly TriggerCandidate[],
  producers: ReadonlyMap<string, Producers>,
  isDag: (name: string) => boolean,
): Map<string, string[]> {
  const targets = new Map<string, Set<string>>();
  const add = (source: string, target: string): void => {
    if (!isDag(source) || !isDag(target)) return;
    const known = targets.get(source);
    if (known) known.add(target);
    else targets.set(source, new Set([target]));
  };
  for (const link of graph.dag_dependencies) add(link.source, link.target);
  for (const asset of graph.assets)
    for (const producer of asset.producers) for (const consumer of asset.consumers) add(producer.dag_id, consumer);
  for (const candidate of candidates)
    for (const producer of producers.get(candidate.id)?.known ?? []) add(producer, candidate.dag_id);
  return new Map([...targets].map(([source, found]) => [source, [...found].sort(compareText)]));
}

function findCycles(components: readonly string[][], edges: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const cycles = new Map<string, string[]>();
  for (const component of components)
    for (const member of component)
      if (component.length > 1 || edges.get(member)?.includes(member))
        cycles.set(
          member,
          component.filter((other) => other !== member),
        );
  return cycles;
}
