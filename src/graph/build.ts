import { splitArchivePath } from '../discover/archive.js';
import type { Trace } from '../discover/trace.js';
import type { Dag, GraphDocument, ImportError, RequiredInput, SourceFile } from '../model/graph.js';
import { comparePlaces, compareText } from '../model/place.js';
import type { Repository } from '../model/repository.js';
import type { UnknownFact } from '../model/unknown.js';
import { GRAPH_SCHEMA_VERSION, TOOL_VERSION } from '../model/version.js';
import { loadBinding } from '../parse/binding.js';
import type { Binding, ParserChoice } from '../parse/binding.js';
import { collectAssets, collectDependencies } from './dag-links.js';
import { evaluateAll } from './evaluate-files.js';
import type { FileFacts } from './file-facts.js';
import { holdFacts, holdPacked, holdPlain } from './held-dags.js';
import type { DagOutline, HeldDag, HeldFacts, HoldDag } from './held-dags.js';
import { evaluateInThreads, threadsFor } from './pool.js';

export interface BuildOptions {
  readonly parser: ParserChoice;
  /** Worker threads that share the files; the result doesn't depend on it. */
  readonly jobs: number;
  /** Keeps what threads see of the disk; the repository's own files have it already. */
  readonly trace?: Trace | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** A graph whose DAGs are kept apart. */
export interface HeldGraph {
  /** The document without its DAGs. */
  readonly frame: GraphDocument;
  readonly dags: readonly HeldDag[];
}

/** Builds the graph that Airflow would build from a repository. Never throws for what stands in its files. */
export async function buildGraph(repository: Repository, options: BuildOptions): Promise<GraphDocument> {
  return wholeGraph(await holdGraph(repository, options, holdPlain));
}

/** The same graph to be written only: needs a tenth of the memory. */
export async function packGraph(repository: Repository, options: BuildOptions): Promise<HeldGraph> {
  return holdGraph(repository, options, holdPacked);
}

export function wholeGraph({ frame, dags }: HeldGraph): GraphDocument {
  return { ...frame, dags: dags.map((dag) => dag.read()) };
}

async function holdGraph(repository: Repository, options: BuildOptions, hold: HoldDag): Promise<HeldGraph> {
  const binding = await loadBinding(options.parser);
  const { dagFiles } = repository;
  const { onProgress } = options;
  const threads = threadsFor(repository, options.jobs);
  let done = 0;
  const step = () => onProgress?.((done += 1), dagFiles.length);
  const facts: HeldFacts[] = [];
  const use = (each: FileFacts) => facts.push(holdFacts(each, hold));
  if (threads > 1) (await evaluateInThreads(repository, { ...options, threads, onProgress: step })).forEach(use);
  else {
    await evaluateAll(repository, binding, dagFiles, (each) => {
      use(each);
      step();
    });
  }
  return assemble(repository, binding.name, facts, hold);
}

/** The graph that files' facts make. */
export function assembleGraph(repository: Repository, parser: Binding['name'], facts: readonly FileFacts[]): GraphDocument {
  return wholeGraph(assemble(repository, parser, facts.map((each) => holdFacts(each, holdPlain)), holdPlain));
}

/** Joins what the files gave: the first file in order is shown with a dag_id that several use, links and assets are drawn over all. */
function assemble(repository: Repository, parser: Binding['name'], facts: readonly HeldFacts[], hold: HoldDag): HeldGraph {
  const importErrors = [...repository.unreadable, ...facts.flatMap((each) => each.importErrors)];
  const dags = new Map<string, HeldDag>();
  const owners = new Map<string, string>();
  const brokenArchives = archivesWithErrors(facts);
  for (const { file, dags: own } of facts) {
    for (const each of own) {
      const dag = brokenArchives.has(splitArchivePath(file)?.archive ?? '') ? hold(besideBroken(each.read(), file)) : each;
      const { dag_id } = dag.outline;
      const first = dags.get(dag_id);
      if (first === undefined) {
        dags.set(dag_id, dag);
        owners.set(dag_id, file);
      } else {
        dags.set(dag_id, hold(besideTwin(first.read(), file)));
        importErrors.push({ kind: 'duplicate_dag_id', reason: `dag_id ${dag_id} is already used in ${first.outline.file}`, file, line: dag.outline.file === file ? dag.outline.line : 1 });
      }
    }
  }
  const sorted = [...dags.values()].sort((a, b) => compareText(a.outline.dag_id, b.outline.dag_id));
  const outlines = sorted.map((dag) => dag.outline);
  const assets = collectAssets(outlines);
  const frame: GraphDocument = {
    schema: 'dag2event/graph',
    schema_version: GRAPH_SCHEMA_VERSION,
    tool_version: TOOL_VERSION,
    name: repository.name,
    airflow_version: repository.airflowVersion,
    ...(repository.pythonVersion === undefined ? {} : { python_version: repository.pythonVersion }),
    parser,
    files: sourceFiles(repository, facts, importErrors, owners),
    import_errors: importErrors.sort((a, b) => comparePlaces(a, b) || compareText(a.reason, b.reason)),
    dags: [],
    assets,
    dag_dependencies: collectDependencies(outlines, assets),
    inputs: mergeInputs(facts.flatMap((each) => each.inputs)),
    opaque_modules: opaqueModules(outlines),
    unknowns: [...emptyFiles(repository), ...facts.flatMap((each) => each.unknowns)].sort((a, b) => comparePlaces(a, b) || compareText(a.reason, b.reason)),
  };
  return { frame, dags: sorted };
}

function archivesWithErrors(facts: readonly HeldFacts[]): Set<string> {
  return new Set(facts.flatMap(({ file, importErrors }) => (importErrors.length > 0 ? [splitArchivePath(file)?.archive ?? file] : [])));
}

/** A module of an archive that fails makes Airflow forget DAGs of those before it that no variable holds. */
function besideBroken(dag: Dag, file: string): Dag {
  const reason = 'another module of the archive raises while it is imported, which can make Airflow forget this DAG';
  return { ...dag, status: dag.status === 'exact' ? 'partial' : dag.status, unknowns: [...dag.unknowns, { kind: 'condition', reason, file, line: dag.file === file ? dag.line : 1 }] };
}

/** Airflow reads files in the order in which the disk lists them, and the first (in a processor: the last) keeps the id. */
function besideTwin(dag: Dag, file: string): Dag {
  const reason = `dag_id ${dag.dag_id} is also used in ${file}; which of the two Airflow keeps depends on the order of the files`;
  return { ...dag, status: dag.status === 'exact' ? 'partial' : dag.status, unknowns: [...dag.unknowns, { kind: 'condition', reason, file: dag.file, line: dag.line }] };
}

/** Airflow passes over an empty file without a word; a person should know. */
function emptyFiles(repository: Repository): UnknownFact[] {
  return (repository.emptyFiles ?? []).map((file) => ({ kind: 'parse', reason: 'the file is empty', file, line: 1 }));
}

function sourceFiles(repository: Repository, facts: readonly HeldFacts[], importErrors: readonly ImportError[], owners: ReadonlyMap<string, string>): SourceFile[] {
  const broken = new Set(importErrors.map((error) => error.file));
  const files = facts.map(({ file, dags }): SourceFile => {
    const ids = dags.map((dag) => dag.outline.dag_id).filter((id) => owners.get(id) === file);
    return { file, status: ids.length > 0 ? 'dags' : broken.has(file) ? 'broken' : 'no_dags', dag_ids: ids.sort(compareText) };
  });
  for (const file of repository.skippedFiles) files.push({ file, status: 'skipped', dag_ids: [] });
  const listed = new Set(files.map((each) => each.file));
  for (const { file } of repository.unreadable) if (!listed.has(file)) files.push({ file, status: 'broken', dag_ids: [] });
  return files.sort((a, b) => compareText(a.file, b.file));
}

function mergeInputs(inputs: readonly RequiredInput[]): RequiredInput[] {
  const merged = new Map<string, RequiredInput>();
  for (const input of inputs) {
    const key = `${input.kind}\n${input.name}\n${input.state}`;
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { ...input, places: [...input.places] });
    else {
      for (const place of input.places) {
        if (!known.places.some((each) => each.file === place.file && each.line === place.line)) known.places.push(place);
      }
    }
  }
  for (const input of merged.values()) input.places.sort((a, b) => comparePlaces(a, b));
  return [...merged].sort(([a], [b]) => compareText(a, b)).map(([, input]) => input);
}

function opaqueModules(dags: readonly DagOutline[]): GraphDocument['opaque_modules'] {
  const modules = new Map<string, Set<string>>();
  for (const dag of dags) {
    for (const unknown of dag.unknowns) {
      const name = /^(?:module (\S+) is not in the repository|library (\S+) is not modelled)$/.exec(unknown.reason)?.slice(1).find((each) => each);
      if (name === undefined) continue;
      modules.set(name, (modules.get(name) ?? new Set()).add(dag.dag_id));
    }
  }
  return [...modules].sort(([a], [b]) => compareText(a, b)).map(([module, ids]) => ({ module, dags: [...ids].sort(compareText) }));
}
