import type { AnalysisDocument, Hazard, TriggerCandidate } from '../model/analysis.js';
import type { GraphDocument } from '../model/graph.js';
import { compareText } from '../model/place.js';
import { finishCandidates } from './candidate.js';
import { createInferContext, type DagFacts, type InferContext } from './context.js';
import { findFanIns } from './fan-ins.js';
import { findFanOuts } from './fan-outs.js';
import { findHazards } from './find-hazards.js';
import { findClockCouplings, type ClockCoupling } from './lineage/coupling.js';
import { lineageLinks, taskResources } from './lineage/documents.js';
import { findLinks } from './lineage/links.js';
import { rankDags } from './ranking/rank.js';
import { lineageDrafts } from './sources/lineage.js';
import { detectSources } from './sources/registry.js';
import { findSinks } from './sinks/find-sinks.js';
import { hasSql } from './sql/has-sql.js';
import { loadSqlParser } from './sql/parser.js';
import { verdictFor } from './verdicts.js';
import { ANALYSIS_SCHEMA_VERSION } from '../model/version.js';

/** Loads what inference over this graph needs; once before `inferAnalysis`. */
export async function prepareInference(graph: GraphDocument): Promise<void> {
  if (hasSql(graph)) await loadSqlParser();
}

/** What would start each DAG instead of the clock, where events meet, and what would break: from the graph alone. */
export function inferAnalysis(graph: GraphDocument): AnalysisDocument {
  const context = createInferContext(graph);
  const all = [...context.dags.values()];
  const links = findLinks(context);
  const coupled = findClockCouplings(links, context);
  const couplings = groupBy(coupled, (coupling) => coupling.reader.dag.dag_id);
  const candidates = new Map(all.map((facts) => [facts.dag.dag_id, candidatesOf(facts, couplings, context)] as const));
  const ofDag = (dagId: string) => candidates.get(dagId) ?? [];
  const fanIns = all.flatMap((facts) => findFanIns(facts, ofDag(facts.dag.dag_id), context));
  const hazards = all.map((facts) => hazardsOf(facts, { couplings, ofDag, context }));
  const verdicts = all.map((facts, index) =>
    verdictFor({ dag: facts.dag, candidates: ofDag(facts.dag.dag_id), hazards: hazards[index] ?? [], context }),
  );
  const hazardsById = new Map(all.map((facts, index) => [facts.dag.dag_id, hazards[index] ?? []]));
  const ranking = rankDags({ verdicts, candidatesOf: ofDag, hazardsOf: hazardsById, couplings: coupled, context });
  const fanOuts = findFanOuts(context.cascades, graph, context.book);
  const resources = taskResources(context);
  const lineage = lineageLinks(links, context);
  const sinks = findSinks(ofDag, context);
  return {
    schema: 'dag2event/analysis',
    schema_version: ANALYSIS_SCHEMA_VERSION,
    tool_version: graph.tool_version,
    graph,
    evidence: context.book.list(),
    candidates: [...candidates.values()].flat().sort(byDagThenId),
    fan_ins: fanIns.sort(byDagThenId),
    hazards: hazards.flat().sort(byDagThenId),
    verdicts: verdicts.sort((a, b) => compareText(a.dag_id, b.dag_id)),
    fan_outs: fanOuts.sort((a, b) => compareText(a.dag_id, b.dag_id)),
    ranking,
    task_resources: resources,
    lineage,
    sinks,
  };
}

type Couplings = ReadonlyMap<string, ClockCoupling[]>;

function candidatesOf(facts: DagFacts, couplings: Couplings, context: InferContext): TriggerCandidate[] {
  const lineage = lineageDrafts(couplings.get(facts.dag.dag_id) ?? [], context);
  return finishCandidates([...detectSources(facts, context), ...lineage], context);
}

interface HazardInput {
  couplings: Couplings;
  ofDag: (dagId: string) => readonly TriggerCandidate[];
  context: InferContext;
}

function hazardsOf(facts: DagFacts, { couplings, ofDag, context }: HazardInput): Hazard[] {
  const { dag_id: dagId } = facts.dag;
  return findHazards({ facts, candidates: ofDag(dagId), couplings: couplings.get(dagId) ?? [], candidatesOf: ofDag, context });
}

function groupBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}

function byDagThenId(a: { dag_id: string; id: string }, b: { dag_id: string; id: string }): number {
  return compareText(a.dag_id, b.dag_id) || compareText(a.id, b.id);
}
