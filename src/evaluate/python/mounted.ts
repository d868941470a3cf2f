import type { Repository } from '../../model/repository.js';
import { inertModules, libraryModules } from '../library/modules.js';

// What the files of a repository import never changes while they are read.
const memos = new WeakMap<Repository, Map<string, string | undefined>>();

/**
 * The folder of the repository that stands for a package which nothing in it is called: a deployment puts the repository
 * or its DAGs under a name of its own (`dags/company_pipelines`), and its files import themselves by that name. Taken for
 * it is a folder that holds every module which is imported from the package; undefined where there is none.
 */
export function mountedFolder(repository: Repository, top: string): string | undefined {
  if (top === 'airflow' || inertModules.has(top) || Object.hasOwn(libraryModules, top)) return undefined;
  const memo = memos.get(repository) ?? new Map<string, string | undefined>();
  memos.set(repository, memo);
  if (!memo.has(top)) memo.set(top, findFolder(repository, top));
  return memo.get(top);
}

function findFolder(repository: Repository, top: string): string | undefined {
  const paths = importedPaths(repository, top);
  if (paths.size === 0) return undefined;
  return candidates(repository, top).find((folder) => [...paths].every((path) => isModule(repository, folder === '' ? path : `${folder}/${path}`)));
}

/** Folders around the DAGs that have the package's name, then the dags folder and the repository itself. */
function candidates({ dagsRoot, name }: Repository, top: string): readonly string[] {
  const parts = dagsRoot === '' ? [] : dagsRoot.split('/');
  const around = parts.map((_part, index) => parts.slice(0, parts.length - index).join('/'));
  const named = around.filter((folder) => folder.slice(folder.lastIndexOf('/') + 1) === top);
  return [...new Set([...named, ...(name === top ? [''] : []), dagsRoot, ''])];
}

function isModule({ files }: Repository, path: string): boolean {
  return files.kind(`${path}.py`) === 'file' || files.kind(path) === 'directory';
}

/** Modules below a package that the DAG files import, as paths: `a/b` for `from package.a.b import c`. */
function importedPaths({ dagFiles, files }: Repository, top: string): ReadonlySet<string> {
  const statement = new RegExp(`^[ \\t]*(?:from|import)[ \\t]+${top.replaceAll(/\W/g, '')}\\.([\\w.]+)`, 'gm');
  const found = new Set<string>();
  for (const file of dagFiles) {
    const bytes = files.read(file);
    const text = bytes === undefined ? '' : Buffer.from(bytes).toString('latin1');
    for (const match of text.matchAll(statement)) found.add((match[1] ?? '').replaceAll('.', '/'));
  }
  return found;
}
