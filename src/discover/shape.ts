import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { KnownError } from '../errors.js';
import { compareText } from '../model/place.js';
import { isInside, statOf } from './files.js';
import type { Trace } from './trace.js';

/** Where things are in a repository of DAGs. */
export interface Shape {
  /** Absolute real path of the repository. */
  root: string;
  /** The dags folder, relative to the root. */
  dagsRoot: string;
  /** What the user asked for, relative to the root: the whole dags folder, or a folder in it. */
  only: string;
  notes: string[];
}

/** Usual places of the dags folder in a repository, the likeliest first. */
const usualDagsFolders = ['dags', 'airflow/dags', 'src/dags'];

/** What lies beside the dags folder in the root of a project. */
const projectMarkers = [
  /^\.git$/,
  /^(airflow|plugins|include)$/,
  /^(requirements|constraints).*\.txt$/,
  /^(pyproject\.toml|setup\.cfg|setup\.py|Pipfile)$/,
  /^(airflow_)?variables\.(json|ya?ml)$/,
  /^airflow_settings\.ya?ml$/,
  /^(Dockerfile|docker-compose\.ya?ml|packages\.txt)$/,
];

/** Finds the repository and its dags folder around the folder that the user named. */
export function findShape(given: string, dagsRoot: string | undefined, trace?: Trace): Shape {
  const start = realFolder(given, trace);
  if (dagsRoot !== undefined) return shapeWithDagsRoot(start, realFolder(dagsRoot, trace), trace);
  const above = dagsFolderAtOrAbove(start, trace);
  if (above !== undefined) return shapeBelowDags(start, above, trace);
  const found = usualDagsFolders.find((folder) => isFolder(path.join(start, folder), trace));
  if (found === undefined) return { root: start, dagsRoot: '', only: '', notes: [] };
  return { root: start, dagsRoot: found, only: found, notes: [`dags folder: ${found}/`] };
}

/** Folders in which absolute imports resolve, in Airflow's order: the dags folder, plugins, then the project's own. */
export function findImportRoots(root: string, dagsRoot: string, trace?: Trace): string[] {
  const beside = dagsRoot === '' ? '' : slashed(path.dirname(dagsRoot)).replace(/^\.$/, '');
  const candidates = [dagsRoot, join(beside, 'plugins'), 'plugins', beside, '', join(beside, 'src'), 'src'];
  return [...new Set(candidates)].filter((folder) => folder === '' || isFolder(path.join(root, folder), trace));
}

/**
 * The dotted name of the root when it is a package of Airflow itself: an installed Airflow imports its examples by it.
 * Any other package is only importable when the folder around it is on `sys.path`, which nobody can tell.
 */
export function findOwnPackage(root: string, trace?: Trace): string | undefined {
  const parts: string[] = [];
  const isPackage = (folder: string) => {
    const sign = path.join(folder, '__init__.py');
    trace?.look(sign);
    return existsSync(sign);
  };
  for (let folder = root; isPackage(folder); folder = path.dirname(folder)) parts.unshift(path.basename(folder));
  return parts.length > 1 && parts[0] === 'airflow' ? parts.join('.') : undefined;
}

function shapeWithDagsRoot(start: string, dags: string, trace: Trace | undefined): Shape {
  if (isInside(start, dags)) {
    const dagsRoot = relativeTo(start, dags);
    return { root: start, dagsRoot, only: dagsRoot, notes: [] };
  }
  if (isInside(dags, start)) return { ...shapeBelowDags(start, dags, trace), notes: [] };
  throw new KnownError(
    `--dags-root ${dags} is neither inside ${start} nor around it`,
    'give the repository as PATH, and a folder in it as --dags-root',
  );
}

/** `start` is the dags folder or below it. A project around it is taken as the repository: its plugins, pins and inputs count. */
function shapeBelowDags(start: string, dags: string, trace: Trace | undefined): Shape {
  const parent = path.dirname(dags);
  trace?.look(parent);
  const names = readdirSync(parent);
  trace?.listed(parent, [...names].sort(compareText));
  const marker = names.find((name) => projectMarkers.some((pattern) => pattern.test(name)));
  const root = marker === undefined ? dags : parent;
  const notes = marker === undefined ? [] : [`repository: ${root} (it holds ${marker} beside the dags folder)`];
  return { root, dagsRoot: relativeTo(root, dags), only: relativeTo(root, start), notes };
}

function dagsFolderAtOrAbove(start: string, trace: Trace | undefined): string | undefined {
  for (let folder = start; path.dirname(folder) !== folder; folder = path.dirname(folder)) {
    if (path.basename(folder) === 'dags') return folder;
    const checkout = path.join(folder, '.git');
    trace?.look(checkout);
    if (existsSync(checkout)) return undefined;
  }
  return undefined;
}

function realFolder(given: string, trace: Trace | undefined): string {
  trace?.look(given);
  let real: string;
  try {
    real = realpathSync(given);
  } catch (cause) {
    throw new KnownError(`${given} doesn't exist`, 'give the folder that holds the DAG files', { cause });
  }
  if (!statSync(real).isDirectory()) {
    throw new KnownError(`${given} is not a folder`, 'give the folder that holds the DAG files, not one of them');
  }
  try {
    readdirSync(real);
  } catch (cause) {
    throw new KnownError(`${given} can't be read`, 'allow reading the folder, or give another one', { cause });
  }
  return real;
}

function isFolder(absolute: string, trace: Trace | undefined): boolean {
  trace?.look(absolute);
  return statOf(absolute)?.isDirectory() ?? false;
}

function relativeTo(root: string, target: string): string {
  return slashed(path.relative(root, target));
}

function slashed(text: string): string {
  return text.split(path.sep).join('/');
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
