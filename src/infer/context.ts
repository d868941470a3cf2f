import type { Dag, GraphDocument } from '../model/graph.js';
import { createEvidenceBook, type EvidenceBook } from './evidence.js';
import { waitingTasks, type WaitingTask } from './sensors.js';
import { topologyOf, type Topology } from './topology.js';

/** What the detectors and rules of one run share. Nothing here outlives the run. */
export interface InferContext {
  graph: GraphDocument;
  /** The analysed Airflow release, e.g. `2.11.2`. */
  release: string;
  dags: ReadonlyMap<string, DagFacts>;
  book: EvidenceBook;
}

/** A DAG with what is looked up about it again and again. */
export interface DagFacts {
  dag: Dag;
  topology: Topology;
  waiting: readonly WaitingTask[];
}

/** Indexes a graph for inference. */
export function createInferContext(graph: GraphDocument): InferContext {
  const dags = graph.dags.map((dag) => [dag.dag_id, factsOf(dag)] as const);
  return { graph, release: graph.airflow_version.version, dags: new Map(dags), book: createEvidenceBook() };
}

function factsOf(dag: Dag): DagFacts {
  const topology = topologyOf(dag);
  return { dag, topology, waiting: waitingTasks(dag, topology) };
}
