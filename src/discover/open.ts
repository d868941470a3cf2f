import path from 'node:path';
import type { AirflowVersion, ImportError } from '../model/graph.js';
import { compareText } from '../model/place.js';
import type { Repository, RepositoryFiles } from '../model/repository.js';
import { asksForVirtualenv } from './requirements.js';
import { detectFromProject, detectFromSources, readVersionOption } from './airflow-version.js';
import { findSourceProblem } from './encoding.js';
import { openArchive, topModules } from './archive.js';
import { clueFolders } from './clue-files.js';
import { openFiles } from './files.js';
import { MAX_DATA_BYTES } from './limits.js';
import { readInputs } from './inputs/read-inputs.js';
import { detectProviders } from './providers.js';
import { detectPython, readPythonOption } from './python-version.js';
import { readGivenRequirements } from './given-requirements.js';
import { readRegularFile } from './read-file.js';
import { mayHoldDag } from './safe-mode.js';
import type { Shape } from './shape.js';
import { findImportRoots, findOwnPackage, findShape } from './shape.js';
import type { Trace } from './trace.js';
import type { WalkResult } from './walk.js';
import { walkDagsFolder } from './walk.js';

export interface OpenOptions {
  /** Absolute path of the repository, its dags folder, or a folder in it. */
  path: string;
  dagsRoot?: string | undefined;
  airflowVersion?: string | undefined;
  pythonVersion?: string | undefined;
  /** Absolute path of an export of Airflow Variables. */
  variablesFile?: string | undefined;
  /** Absolute path of an export of Airflow connections; only ids and types are kept of it. */
  connectionsFile?: string | undefined;
  /** Absolute path of a file of NAME=VALUE lines. */
  environmentFile?: string | undefined;
  /** Absolute path of what `pip freeze` prints where Airflow runs, or of a requirements file. */
  requirementsFile?: string | undefined;
  environment: ReadonlyMap<string, string>;
  /** Whether inputs that the repository ships are left aside. */
  onlyGivenInputs?: boolean | undefined;
  /** Keeps what is seen of the disk, here and by the files of the repository. */
  trace?: Trace | undefined;
}

/** A repository, and what a user should know about how it was found. */
export interface OpenedRepository extends Repository {
  notes: readonly string[];
}

/** Finds what Airflow would read in a repository, without running any of it. */
export function openRepository(options: OpenOptions): OpenedRepository {
  const stated = options.airflowVersion === undefined ? undefined : readVersionOption(options.airflowVersion);
  const statedPython = options.pythonVersion === undefined ? undefined : readPythonOption(options.pythonVersion);
  const { trace } = options;
  const shape = findShape(options.path, options.dagsRoot, trace);
  const files = openFiles(shape.root, trace);
  const folders = projectFolders(shape.dagsRoot);
  const requirements = readGivenRequirements(options.requirementsFile, trace);
  const airflowVersion = stated ?? requirements?.airflowVersion ?? detectFromProject(files, folders) ?? detectByStyle(shape, files, trace);
  const walk = walkAs(shape, airflowVersion, trace);
  const packed = packedSources(walk.archives, shape.root, trace);
  const sources = sortSources([...walk.python, ...packed.python].sort(compareText), files, airflowVersion);
  const { inputs, notes } = readInputs(files, {
    variablesFile: options.variablesFile,
    connectionsFile: options.connectionsFile,
    environmentFile: options.environmentFile,
    environment: options.environment,
    onlyGiven: options.onlyGivenInputs,
    trace,
    folders: [...new Set(['', folderBeside(shape.dagsRoot), shape.dagsRoot])],
  });
  return {
    location: shape.root,
    name: path.basename(shape.root) || 'repository',
    dagsRoot: shape.dagsRoot,
    dagFiles: sources.dagFiles,
    skippedFiles: [...sources.withoutDag, ...walk.ignored.filter((file) => file.endsWith('.py'))].sort(compareText),
    unreadable: [...walk.problems, ...packed.problems, ...sources.unreadable].sort((a, b) => compareText(a.file, b.file)),
    emptyFiles: sources.empty,
    importRoots: findImportRoots(shape.root, shape.dagsRoot, trace),
    ownPackage: findOwnPackage(shape.root, trace),
    files,
    airflowVersion,
    pythonVersion: statedPython ?? detectPython(files, folders),
    inputs,
    asksForVirtualenv: requirements?.asksForVirtualenv ?? (options.onlyGivenInputs !== true && asksForVirtualenv(files)),
    providers: requirements?.providers ?? (options.onlyGivenInputs === true ? undefined : detectProviders(files, folders)),
    notes: [...shape.notes, ...notes, ...walk.notes, ...ignoredNotes(walk), ...sources.notes],
  };
}

/** Folders that may say what a deployment runs on: those of the project, and those of the DAGs. */
function projectFolders(dagsRoot: string): readonly string[] {
  return [...new Set([...clueFolders, folderBeside(dagsRoot), dagsRoot])];
}

/** The folder that holds the dags folder. */
function folderBeside(dagsRoot: string): string {
  const beside = path.posix.dirname(dagsRoot || '.');
  return beside === '.' ? '' : beside;
}

function walkAs(shape: Shape, version: AirflowVersion, trace: Trace | undefined): WalkResult {
  const syntax = majorOf(version) >= 3 ? 'glob' : 'regexp';
  return walkDagsFolder({ root: shape.root, dagsRoot: shape.dagsRoot, only: shape.only, syntax, trace });
}

function detectByStyle(shape: Shape, files: RepositoryFiles, trace: Trace | undefined): AirflowVersion {
  // The ignore files can't be read before the version is known, so that ignored files have a voice too.
  const { python } = walkDagsFolder({ root: shape.root, dagsRoot: shape.dagsRoot, only: shape.only, syntax: 'none', trace });
  return detectFromSources(textsOf(python, files));
}

/** The modules at the top of archives, which Airflow reads for DAGs, and what in them can't be read. */
function packedSources(archives: readonly string[], root: string, trace: Trace | undefined): { python: string[]; problems: ImportError[] } {
  const python: string[] = [];
  const problems: ImportError[] = [];
  for (const file of archives) {
    const absolute = path.join(root, file);
    trace?.look(absolute);
    const bytes = readRegularFile(absolute, MAX_DATA_BYTES);
    trace?.read(absolute, bytes);
    const archive = bytes === undefined ? undefined : openArchive(bytes);
    const reasons = archive?.problems ?? ["the archive can't be read"];
    problems.push(...reasons.map((reason): ImportError => ({ kind: 'unreadable', reason, file, line: 1 })));
    if (archive !== undefined) python.push(...topModules(archive).map((name) => `${file}/${name}`));
  }
  return { python, problems };
}

function* textsOf(python: readonly string[], files: RepositoryFiles): Iterable<string> {
  for (const file of python) {
    const bytes = files.read(file);
    if (bytes) yield Buffer.from(bytes).toString('latin1');
  }
}

interface SortedSources {
  dagFiles: string[];
  withoutDag: string[];
  unreadable: ImportError[];
  notes: string[];
  empty: string[];
}

/** Parts what Airflow would load from what its safe mode passes over and from what nobody can read. */
function sortSources(python: readonly string[], files: RepositoryFiles, version: AirflowVersion): SortedSources {
  const sorted: SortedSources = { dagFiles: [], withoutDag: [], unreadable: [], empty: [], notes: [] };
  for (const file of python) {
    const bytes = files.read(file);
    const problem = bytes ? findSourceProblem(bytes) : undefined;
    if (bytes === undefined) sorted.unreadable.push({ kind: 'unreadable', reason: "the file can't be read", file, line: 1 });
    else if (problem) sorted.unreadable.push({ kind: 'encoding', ...problem, file });
    else if (mayHoldDag(bytes, majorOf(version))) sorted.dagFiles.push(file);
    else sorted.withoutDag.push(file);
    if (bytes?.length === 0 && !file.endsWith('__init__.py')) {
      sorted.empty.push(file);
      sorted.notes.push(`${file} is empty`);
    }
  }
  return sorted;
}

function ignoredNotes(walk: WalkResult): string[] {
  return walk.ignored.filter((name) => name.endsWith('/')).map((folder) => `${folder} is left out by .airflowignore`);
}

function majorOf(version: AirflowVersion): number {
  return Number.parseInt(version.version, 10);
}
