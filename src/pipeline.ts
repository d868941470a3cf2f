import type { Trace } from './discover/trace.js';
import { KnownError } from './errors.js';
import type { BuildOptions, HeldGraph } from './graph/build.js';
import type { AnalysisDocument, Finding } from './model/analysis.js';
import type { UserContext } from './model/context.js';
import type { GraphDocument } from './model/graph.js';
import type { PlanDocument } from './model/plan.js';
import type { Changes } from './report/facts/changes.js';
import type { Repository } from './model/repository.js';

/** Which repository, and what is known about it beforehand. */
export interface AnalysisRequest {
  /** Absolute path of the repository or its dags folder. */
  path: string;
  dagsRoot?: string | undefined;
  airflowVersion?: string | undefined;
  pythonVersion?: string | undefined;
  variablesFile?: string | undefined;
  connectionsFile?: string | undefined;
  environmentFile?: string | undefined;
  requirementsFile?: string | undefined;
  onlyGivenInputs?: boolean | undefined;
  environment?: ReadonlyMap<string, string> | undefined;
  parser?: 'auto' | 'native' | 'wasm' | undefined;
  jobs?: number | undefined;
  /** Whether a repository without any DAG is an answer, not a mistake. */
  isEmptyAllowed?: boolean | undefined;
  /** Keeps what the run sees of the disk. */
  trace?: Trace | undefined;
}

/** Whom to tell what a person may want to know while it runs. */
export interface Listener {
  note(text: string): void;
  progress(done: number, total: number): void;
}

const silent: Listener = { note: () => undefined, progress: () => undefined };

// Each stage is loaded when it is reached: `--help` must not wait for a parser.

/** The repository as Airflow would find it. */
export async function openedRepository(request: AnalysisRequest, listener: Listener): Promise<Repository> {
  const { openRepository } = await import('./discover/open.js');
  const repository = openRepository({ ...request, environment: request.environment ?? new Map() });
  for (const note of repository.notes) listener.note(note);
  if (repository.dagFiles.length === 0 && repository.unreadable.length === 0 && request.isEmptyAllowed !== true) {
    const skipped = repository.skippedFiles.length;
    throw new KnownError(
      `no DAG file in ${request.path}${skipped === 0 ? '' : ` (${skipped} Python files don't mention airflow and dag, or are ignored)`}`,
      'give the repository or its dags folder, or say where the DAGs are with --dags-root',
    );
  }
  return repository;
}

/** Files -> graph: what Airflow would build. */
export async function graphRepository(request: AnalysisRequest, listener: Listener = silent): Promise<GraphDocument> {
  const { buildGraph } = await import('./graph/build.js');
  return fromRepository(request, listener, buildGraph);
}

/** The same for who only writes it: DAGs are kept as packed text. */
export async function packRepository(request: AnalysisRequest, listener: Listener = silent): Promise<HeldGraph> {
  const { packGraph } = await import('./graph/build.js');
  return fromRepository(request, listener, packGraph);
}

async function fromRepository<T>(request: AnalysisRequest, listener: Listener, build: (repository: Repository, options: BuildOptions) => Promise<T>): Promise<T> {
  const repository = await openedRepository(request, listener);
  return build(repository, {
    parser: request.parser ?? 'auto',
    jobs: request.jobs ?? 1,
    trace: request.trace,
    onProgress: (done, total) => listener.progress(done, total),
  });
}

/** The repository around the folder that is asked for: absolute, without links. */
export async function rootOf({ path, dagsRoot }: Pick<AnalysisRequest, 'path' | 'dagsRoot'>): Promise<string> {
  const { findShape } = await import('./discover/shape.js');
  return findShape(path, dagsRoot).root;
}

/** Graph -> analysis: what could start each DAG, and what would break. */
export async function analyzeGraph(graph: GraphDocument): Promise<AnalysisDocument> {
  const { inferAnalysis, prepareInference } = await import('./infer/infer.js');
  await prepareInference(graph);
  return inferAnalysis(graph);
}

/** The analysis with the lines of code that its evidence stands on: for whoever reads it. */
export async function quoteEvidence(analysis: AnalysisDocument, request: Pick<AnalysisRequest, 'path' | 'dagsRoot'>): Promise<AnalysisDocument> {
  const { quoteLines } = await import('./discover/quote-lines.js');
  return quoteLines(analysis, request);
}

/** Files -> analysis. */
export async function analyzeRepository(request: AnalysisRequest, listener: Listener = silent): Promise<AnalysisDocument> {
  return quoteEvidence(await analyzeGraph(await graphRepository(request, listener)), request);
}

/** Analysis -> plan, by rules alone; `context` is what the team knows and no code says. */
export async function planAnalysis(analysis: AnalysisDocument, context: UserContext = {}): Promise<PlanDocument> {
  const { planOffline } = await import('./plan/offline/plan-offline.js');
  return planOffline(analysis, context);
}

/** Analysis -> findings, for a pull request. */
export async function checkDocument(analysis: AnalysisDocument): Promise<Finding[]> {
  const { checkAnalysis } = await import('./check/check.js');
  return checkAnalysis(analysis);
}

/** Plan -> one HTML file; with what changed since an earlier plan where that is given. */
export async function reportPlan(plan: PlanDocument, changes?: Changes): Promise<string> {
  const { renderHtml } = await import('./report/html/render.js');
  return renderHtml(plan, changes);
}
