import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { oncePerRun } from '../define.js';
import { join, normalize } from './posix.js';

/** Where the repository's root seems to be: `__file__` of its files starts with it. */
export const repositoryPath = '/repo';

// Where the usual images and services keep `dags` and `plugins`. A path there is read from the repository, and said so.
const airflowHomes = ['/opt/airflow', '/usr/local/airflow', '/home/airflow/gcs', '/home/airflow', '/root/airflow', '/opt/bitnami/airflow'];

/**
 * The repository file (or folder) that a path means, relative to the root; undefined when it lies outside. A relative
 * path is taken from the root, which is where `currentFile` lies too.
 */
export function toRepositoryFile(path: string, currentFile: string): string | undefined {
  const full = normalize(path.startsWith('/') || currentFile === '' ? path : join(repositoryPath, path));
  const absolute = full.startsWith('/') ? full : join(repositoryPath, full);
  if (absolute === repositoryPath) return '';
  return absolute.startsWith(`${repositoryPath}/`) ? absolute.slice(repositoryPath.length + 1) : undefined;
}

/** Where a path leads: a place in the repository, or outside of what can be seen. */
export type Location = { readonly inside: string; readonly isCertain: boolean } | undefined;

/** Finds what a path means; `isCertain` is false for one that depends on where Airflow runs. */
export function locate(rt: Runtime, path: string, place: Place): Location {
  const direct = toRepositoryFile(path, place.file);
  if (direct !== undefined && path.startsWith('/')) return { inside: direct, isCertain: true };
  const found = direct !== undefined && rt.repository.files.kind(direct) !== undefined ? direct : deployed(rt, path);
  // What a relative folder holds depends on where Airflow was started; a file of that name is most likely the repository's.
  if (found === undefined || (!path.startsWith('/') && rt.repository.files.kind(found) === 'directory')) return undefined;
  rt.assume('file', `'${path}' is read from '${found}' of the repository`, place);
  return { inside: found, isCertain: false };
}

/** The repository's counterpart of a path below an Airflow home. */
function deployed(rt: Runtime, path: string): string | undefined {
  const full = normalize(path);
  for (const home of airflowHomes) {
    if (!full.startsWith(`${home}/`)) continue;
    const rest = full.slice(home.length + 1);
    const inDags = rest === 'dags' || rest.startsWith('dags/') ? join(rt.repository.dagsRoot, rest.slice(5)) : undefined;
    const found = [inDags, rest].find((candidate) => candidate !== undefined && rt.repository.files.kind(candidate) !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A file or folder below another, relative to it. */
export interface Entry {
  readonly path: string;
  readonly isFolder: boolean;
}

const allEntries = {};

/** Everything in the repository, sorted by path; folders stand before what they hold. */
function everything(rt: Runtime): readonly Entry[] {
  return oncePerRun(rt, allEntries, () => {
    const entries: Entry[] = [];
    const visit = (folder: string): void => {
      for (const name of rt.repository.files.list(folder) ?? []) {
        const path = folder === '' ? name : `${folder}/${name}`;
        const isFolder = rt.repository.files.kind(path) === 'directory';
        entries.push({ path, isFolder });
        if (isFolder) visit(path);
      }
    };
    visit('');
    return entries;
  });
}

/** Everything below a folder, sorted, relative to it. */
export function entriesBelow(rt: Runtime, folder: string): Entry[] {
  if (folder === '') return [...everything(rt)];
  const prefix = `${folder}/`;
  return everything(rt).flatMap((entry) =>
    entry.path.startsWith(prefix) ? [{ path: entry.path.slice(prefix.length), isFolder: entry.isFolder }] : []);
}

/** What a listing gives, in the order that is tried: Python gives that of the file system. */
export function listed<T>(rt: Runtime, found: readonly T[], what: string, place: Place): T[] {
  return rt.inAnyOrder(found, () => rt.unknown('random', `${what} gives its entries in an order that differs from machine to machine; sort them`, place));
}
