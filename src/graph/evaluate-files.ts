import { createRuntime } from '../evaluate/create.js';
import type { Interpreter, ParseFile } from '../evaluate/create.js';
import { evaluateFile } from '../evaluate/file.js';
import type { FileResult } from '../evaluate/file.js';
import { otherOrders } from '../evaluate/order.js';
import { librarySource } from '../knowledge/library/sources.js';
import type { Dag, ImportError } from '../model/graph.js';
import { defaultPython, toPythonVersion } from '../model/python.js';
import type { Repository } from '../model/repository.js';
import type { Binding } from '../parse/binding.js';
import { parseModule } from '../parse/parse.js';
import type { ModuleNode } from '../parse/syntax.js';
import { redactWithin } from '../util/redact.js';
import type { FileFacts } from './file-facts.js';
import { judgeOrders } from './orders.js';
import { refusalsOf } from './refusals.js';
import { dagDocument, uniqueUnknowns } from './documents.js';

/** Evaluates DAG files one after another in one runtime, as they are asked for: modules that they share are evaluated once. */
export function* evaluateFiles(repository: Repository, binding: Binding, files: readonly string[]): Generator<FileFacts> {
  const reader = sourceReader(repository, binding);
  const runtime = createRuntime(repository, reader);
  const inOtherOrders = otherOrderFacts(repository, reader);
  for (const file of files) {
    const result = evaluateFile(runtime, file);
    const facts = fileFacts(runtime, result);
    const judged = result.orders.length === 0 ? facts : judgeOrders(facts, inOtherOrders(file), uniqueUnknowns(result.orders, { file, line: 1 }));
    // Nothing behind this line has seen a secret: neither threads, caches, documents nor models.
    yield redactWithin(judged);
  }
}

/** After so many files the parser's memory is freed: seldom enough to cost no time. */
const FILES_PER_TURN = 16;

/** Evaluates DAG files and hands each one's facts on; what lies outside the JavaScript heap is freed on the way. */
export async function evaluateAll(repository: Repository, binding: Binding, files: readonly string[], use: (facts: FileFacts) => void): Promise<void> {
  let done = 0;
  for (const facts of evaluateFiles(repository, binding, files)) {
    use(facts);
    done += 1;
    if (done % FILES_PER_TURN === 0) await binding.freeTrees();
  }
}

/**
 * What a file gives when listings and sets are taken in other orders. Those have runtimes of their own, which are made
 * when they are first needed: most repositories never do.
 */
function otherOrderFacts(repository: Repository, reader: ParseFile): (file: string) => FileFacts[] {
  const runtimes: Interpreter[] = [];
  return (file) => {
    if (runtimes.length === 0) runtimes.push(...otherOrders.map((order) => createRuntime(repository, reader, order)));
    return runtimes.map((runtime) => fileFacts(runtime, evaluateFile(runtime, file)));
  };
}

/** Parses files on demand; modules that several files import are kept, DAG files are let go. */
function sourceReader(repository: Repository, binding: Binding): (file: string) => ModuleNode | undefined {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const dagFiles = new Set(repository.dagFiles);
  const python = toPythonVersion(repository.pythonVersion?.version);
  const parsed = new Map<string, ModuleNode>();
  return (file) => {
    const known = parsed.get(file);
    if (known !== undefined) return known;
    const own = librarySource(file);
    const bytes = own ?? repository.files.read(file);
    if (bytes === undefined) return undefined;
    let module: ModuleNode;
    try {
      module = parseModule(binding, file, decoder.decode(bytes), own === undefined ? python : defaultPython);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      module = { file, source: '', body: [], problems: [{ message: 'the file is not UTF-8', line: 1 }] };
    }
    if (!dagFiles.has(file)) parsed.set(file, module);
    return module;
  };
}

function fileFacts(runtime: Interpreter, result: FileResult): FileFacts {
  const importErrors: ImportError[] = result.importError === undefined ? [] : [result.importError];
  const byId = new Map<string, Dag>();
  const made = result.dags.map((state) => dagDocument(runtime, state, result.assumptions));
  const refusals = refusalsOf(made);
  importErrors.push(...new Set(refusals.values()));
  for (const dag of made) {
    if (refusals.has(dag)) continue;
    const twin = byId.get(dag.dag_id);
    byId.set(dag.dag_id, twin === undefined ? dag : twice(dag));
  }
  return {
    file: result.file,
    dags: [...byId.values()],
    importErrors,
    unknowns: uniqueUnknowns(result.unknowns, { file: result.file, line: 1 }),
    inputs: result.inputs,
  };
}

/** Of two DAGs with one id in one file Airflow keeps one, and doesn't say which. */
function twice(dag: Dag): Dag {
  const reason = `dag_id ${dag.dag_id} is used twice in this file; which of the two Airflow keeps is not defined`;
  return { ...dag, status: 'partial', unknowns: [...dag.unknowns, { kind: 'condition', reason, file: dag.file, line: dag.line }] };
}
