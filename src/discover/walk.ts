import { realpathSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import path from 'node:path';
import type { ImportError } from '../model/graph.js';
import { compareText } from '../model/place.js';
import { isInside, namesIn, statOf } from './files.js';
import { IGNORE_FILE_NAME, isIgnored, parseIgnoreFile } from './ignore-file.js';
import type { IgnoreRule, IgnoreSyntax } from './ignore-file.js';
import { MAX_DATA_BYTES, MAX_FOLDER_DEPTH, MAX_SOURCE_BYTES } from './limits.js';
import { readRegularFile } from './read-file.js';
import type { Trace } from './trace.js';

/** Folders of tools, never of DAGs. Airflow itself would walk them, so that each one skipped is said. */
const toolFolders: ReadonlySet<string> = new Set([
  '.eggs',
  '.git',
  '.hg',
  '.mypy_cache',
  '.nox',
  '.pytest_cache',
  '.ruff_cache',
  '.svn',
  '.tox',
  '.venv',
  '__pycache__',
  'node_modules',
  'site-packages',
]);

/** Folders that every checkout has; naming them would only be noise. */
const silentFolders: ReadonlySet<string> = new Set(['__pycache__', '.git']);

export interface WalkOptions {
  /** Absolute real path of the repository. */
  root: string;
  /** The dags folder relative to the root. */
  dagsRoot: string;
  /** `none` reads no ignore file. */
  syntax: IgnoreSyntax | 'none';
  /** Only files below this folder (relative to the root) are wanted; ignore files above it still count. */
  only: string;
  trace?: Trace | undefined;
}

export interface WalkResult {
  /** Python files that no ignore file excludes, relative to the root, sorted. */
  python: string[];
  /** Zip archives that no ignore file excludes, relative to the root, sorted. */
  archives: string[];
  /** Python files and folders (with a `/` at the end) that an ignore file excludes. */
  ignored: string[];
  problems: ImportError[];
  notes: string[];
}

interface Folder {
  relative: string;
  rules: readonly IgnoreRule[];
  depth: number;
}

/** Walks the dags folder as Airflow does: into symbolic links too, with the ignore files of every folder on the way. */
export function walkDagsFolder(options: WalkOptions): WalkResult {
  const result: WalkResult = { python: [], archives: [], ignored: [], problems: [], notes: [] };
  const seen = new Set([realpathSync(path.join(options.root, options.dagsRoot))]);
  const open: Folder[] = [{ relative: options.dagsRoot, rules: [], depth: 0 }];
  for (let folder = open.pop(); folder; folder = open.pop()) open.push(...walkFolder(folder, options, seen, result));
  for (const list of [result.python, result.archives, result.ignored, result.notes]) list.sort(compareText);
  result.problems.sort((a, b) => compareText(a.file, b.file));
  return result;
}

function walkFolder(folder: Folder, options: WalkOptions, seen: Set<string>, result: WalkResult): Folder[] {
  const absolute = path.join(options.root, folder.relative);
  options.trace?.look(absolute);
  const names = namesIn(absolute);
  options.trace?.listed(absolute, names);
  if (names === undefined) {
    result.problems.push(unreadable(folder.relative, "the folder can't be read"));
    return [];
  }
  const rules = [...folder.rules, ...readRules(folder.relative, names, options, result)];
  const folders: Folder[] = [];
  for (const name of names) {
    const relative = folder.relative === '' ? name : `${folder.relative}/${name}`;
    if (!isOnTheWay(relative, options.only)) continue;
    options.trace?.look(path.join(options.root, relative));
    const target = follow(path.join(options.root, relative));
    const isDirectory = target?.stat.isDirectory() ?? false;
    const isCandidate = isDirectory || /\.(py|zip)$/.test(name);
    if (isCandidate && isIgnored({ path: fromDagsRoot(relative, options.dagsRoot), name, isDirectory }, rules)) {
      result.ignored.push(isDirectory ? `${relative}/` : relative);
    } else if (isDirectory && target) {
      if (enterFolder(relative, target.real, folder.depth, options, seen, result)) {
        folders.push({ relative, rules, depth: folder.depth + 1 });
      }
    } else {
      const problem = judgeFile(relative, target, options.root);
      if (problem) result.problems.push(problem);
      else if (isCandidate) (name.endsWith('.zip') ? result.archives : result.python).push(relative);
    }
  }
  return folders;
}

/** Whether to walk into a folder; says why not where a user would miss it. */
function enterFolder(
  relative: string,
  real: string,
  depth: number,
  options: WalkOptions,
  seen: Set<string>,
  result: WalkResult,
): boolean {
  const problem = (reason: string) => result.problems.push(unreadable(relative, reason));
  if (isToolFolder(relative, real, options.trace)) {
    if (!silentFolders.has(path.basename(relative))) result.notes.push(`${relative}/ is not read: a folder of tools, not of DAGs`);
    return false;
  }
  if (!isInside(options.root, real)) problem('the symbolic link leads out of the repository: not followed');
  else if (seen.has(real)) problem('the same folder by another path: Airflow refuses such a dags folder');
  else if (depth >= MAX_FOLDER_DEPTH) problem(`more than ${MAX_FOLDER_DEPTH} folders deep: not walked`);
  else {
    seen.add(real);
    if (relative.endsWith('.py')) result.notes.push(`${relative}/ is a folder with the name of a Python file: what is in it is read, as Airflow does`);
    return true;
  }
  return false;
}

/** Why something that isn't a folder can't be read as Airflow would read it. */
function judgeFile(relative: string, target: Target | undefined, root: string): ImportError | undefined {
  const isArchive = relative.endsWith('.zip');
  if (!relative.endsWith('.py') && !isArchive) return undefined;
  if (target === undefined) return unreadable(relative, 'the symbolic link leads nowhere');
  if (!target.stat.isFile()) return unreadable(relative, 'not a regular file');
  if (!isInside(root, target.real)) return unreadable(relative, 'the symbolic link leads out of the repository: not read');
  const limit = isArchive ? MAX_DATA_BYTES : MAX_SOURCE_BYTES;
  if (target.stat.size <= limit) return undefined;
  const reason = `${megabytes(target.stat.size)} of ${isArchive ? 'archive' : 'Python'}; files above ${megabytes(limit)} are not read`;
  return { kind: 'too_large', reason, file: relative, line: 1 };
}

function megabytes(bytes: number): string {
  return `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`;
}

interface Target {
  real: string;
  stat: Stats;
}

function follow(absolute: string): Target | undefined {
  try {
    const real = realpathSync(absolute);
    return { real, stat: statSync(real) };
  } catch {
    return undefined;
  }
}

function isToolFolder(relative: string, real: string, trace: Trace | undefined): boolean {
  if (toolFolders.has(path.basename(relative))) return true;
  // A virtual environment has any name, but always this file.
  const sign = path.join(real, 'pyvenv.cfg');
  trace?.look(sign);
  return statOf(sign) !== undefined;
}

function readRules(folder: string, names: readonly string[], options: WalkOptions, result: WalkResult): IgnoreRule[] {
  const { syntax } = options;
  if (syntax === 'none' || !names.includes(IGNORE_FILE_NAME)) return [];
  const file = folder === '' ? IGNORE_FILE_NAME : `${folder}/${IGNORE_FILE_NAME}`;
  const absolute = path.join(options.root, file);
  options.trace?.look(absolute);
  const bytes = readRegularFile(absolute, MAX_DATA_BYTES);
  options.trace?.read(absolute, bytes);
  if (bytes === undefined) return [];
  const text = new TextDecoder().decode(bytes);
  const { rules, invalid } = parseIgnoreFile(text, fromDagsRoot(folder, options.dagsRoot), syntax);
  for (const pattern of invalid) result.notes.push(`${file}: ${JSON.stringify(pattern)} is no valid pattern and is left out`);
  return rules;
}

function fromDagsRoot(relative: string, dagsRoot: string): string {
  return dagsRoot === '' ? relative : relative.slice(dagsRoot.length + 1);
}

function isWanted(relative: string, only: string): boolean {
  return only === '' || relative === only || relative.startsWith(`${only}/`);
}

function isOnTheWay(relative: string, only: string): boolean {
  return isWanted(relative, only) || only.startsWith(`${relative}/`);
}

function unreadable(file: string, reason: string): ImportError {
  return { kind: 'unreadable', reason, file, line: 1 };
}
