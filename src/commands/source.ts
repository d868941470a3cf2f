import type { AnalysisDocument } from '../model/analysis.js';
import type { PlanDocument } from '../model/plan.js';
import type { StoredDocument } from '../options/document.js';
import type { Options } from '../options/options.js';
import { pathKind } from '../options/path-kind.js';
import type { GraphResult, GraphUse } from '../cached-graph.js';
import { cachedGraph, graphResult } from '../cached-graph.js';
import { analyzeGraph, quoteEvidence } from '../pipeline.js';
import type { Io } from './io.js';
import { makePlan } from './make-plan.js';

/** The graph of a repository, or the one in a stored document. */
export async function graphFrom(options: Options, io: Io, use: GraphUse): Promise<GraphResult> {
  const stored = await storedDocument(options);
  if (stored === undefined) return cachedGraph({ ...options }, options.cache, io, use);
  return graphResult(analysisIn(stored).graph);
}

/** The analysis of a repository, or a stored one. */
export async function analysisFrom(options: Options, io: Io): Promise<AnalysisDocument> {
  const stored = await storedDocument(options);
  if (stored) return analysisIn(stored);
  const graph = (await cachedGraph({ ...options }, options.cache, io)).document();
  return quoteEvidence(await analyzeGraph(graph), options);
}

/** A plan for a repository or a stored analysis, or a stored plan. */
export async function planFrom(options: Options, io: Io): Promise<PlanDocument> {
  const stored = await storedDocument(options);
  if (stored?.kind === 'plan') return stored.plan;
  return makePlan(stored ? stored.analysis : await analysisFrom(options, io), options, io);
}

async function storedDocument({ path, givenPath }: Options): Promise<StoredDocument | undefined> {
  const isFile = pathKind(path) === 'file';
  // Another kind of file is refused where the repository is opened, which says that a folder is wanted.
  if (!givenPath.endsWith('.json') && (!isFile || path.endsWith('.py'))) return undefined;
  const { readDocument } = await import('../options/document.js');
  return readDocument(path);
}

function analysisIn(stored: StoredDocument): AnalysisDocument {
  return stored.kind === 'plan' ? stored.plan.analysis : stored.analysis;
}
