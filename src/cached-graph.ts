import type { ResultCache } from './cache/results.js';
import type { GraphDocument } from './model/graph.js';
import type { AnalysisRequest, Listener } from './pipeline.js';
import { graphRepository, packRepository } from './pipeline.js';

/** A graph as whoever asks needs it: stored text is only read into a document when the document is wanted. */
export interface GraphResult {
  readonly name: string;
  document(): GraphDocument;
  /** The document as a JSON file, in parts. */
  parts(): Iterable<Uint8Array | string>;
}

/** A graph that is only written needs less memory than one that is read. */
export type GraphUse = 'read' | 'write';

/** Files -> graph, from the cache where nothing that the graph follows from has changed. */
export async function cachedGraph(request: AnalysisRequest, cache: ResultCache | undefined, listener: Listener, use: GraphUse = 'read'): Promise<GraphResult> {
  const make = use === 'read' ? freshGraph : packedGraph;
  if (cache === undefined) return make(request, listener);
  const { findResult, keepResult } = await import('./cache/results.js');
  const question = questionOf(request, await import('./parse/native-packages.js'));
  const known = findResult(cache, question);
  if (known !== undefined) {
    for (const note of known.notes) listener.note(note);
    return { ...known, document: () => documentOf(known.parts()) };
  }
  const { Trace } = await import('./discover/trace.js');
  const started = Date.now();
  const trace = new Trace();
  const notes: string[] = [];
  const note = (text: string) => {
    notes.push(text);
    listener.note(text);
  };
  const result = await make({ ...request, trace }, { note, progress: (done, total) => listener.progress(done, total) });
  if (trace.isSteady) keepResult(cache, question, { name: result.name, notes, parts: () => result.parts() }, { started, observations: trace.observations() });
  return result;
}

async function freshGraph(request: AnalysisRequest, listener: Listener): Promise<GraphResult> {
  return graphResult(await graphRepository(request, listener));
}

async function packedGraph(request: AnalysisRequest, listener: Listener): Promise<GraphResult> {
  const [{ renderJsonParts }, { wholeGraph }] = [await import('./report/json.js'), await import('./graph/build.js')];
  const held = await packRepository(request, listener);
  return { name: held.frame.name, document: () => wholeGraph(held), parts: () => renderJsonParts(held.frame, { dags: held.dags }) };
}

/** A document that is there already. */
export async function graphResult(document: GraphDocument): Promise<GraphResult> {
  const { renderJsonParts } = await import('./report/json.js');
  return { name: document.name, document: () => document, parts: () => renderJsonParts(document) };
}

/** The text was made from a document of this very build, and came with its digest. */
function documentOf(parts: Iterable<Uint8Array | string>): GraphDocument {
  return JSON.parse([...parts].map((part) => (typeof part === 'string' ? part : new TextDecoder().decode(part))).join('')) as GraphDocument;
}

/** All that was asked. How many threads answer makes no difference. */
function questionOf(request: AnalysisRequest, { nativePackages }: typeof import('./parse/native-packages.js')): unknown {
  const { path, dagsRoot, airflowVersion, pythonVersion, variablesFile, connectionsFile, environmentFile, requirementsFile, onlyGivenInputs, environment, parser } = request;
  const files = { path, dagsRoot, variablesFile, connectionsFile, environmentFile, requirementsFile };
  return { files, airflowVersion, pythonVersion, onlyGivenInputs, environment: [...(environment ?? [])], parser, native: parser === 'wasm' ? [] : nativePackages() };
}
