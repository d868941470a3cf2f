import { constants, readdirSync, realpathSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import path from 'node:path';
import { compareText } from '../model/place.js';
import type { RepositoryFiles } from '../model/repository.js';
import { listArchive, openArchive, splitArchivePath } from './archive.js';
import type { Archive } from './archive.js';
import { toUtf8Source } from './encoding.js';
import { MAX_DATA_BYTES, MAX_SOURCE_BYTES } from './limits.js';
import { readOpened, readRegularFile } from './read-file.js';
import type { Trace } from './trace.js';

/** Whether `target` is `root` or lies below it; both absolute and free of symbolic links. */
export function isInside(root: string, target: string): boolean {
  const relative = path.relative(root, target);
  return relative === '' || (!relative.startsWith(`..${path.sep}`) && relative !== '..' && !path.isAbsolute(relative));
}

/** The real path of something inside `root`, or undefined when it doesn't exist or leads out of it. */
export function realPathInside(root: string, relative: string): string | undefined {
  try {
    const real = realpathSync(path.resolve(root, relative));
    return isInside(root, real) ? real : undefined;
  } catch {
    return undefined;
  }
}

/** What lies at an absolute path; undefined when nothing that can be looked at does. */
export function statOf(absolute: string): Stats | undefined {
  try {
    return statSync(absolute);
  } catch {
    return undefined;
  }
}

/** Real paths of folders inside `root`, each looked up once. */
class Folders {
  readonly #known = new Map<string, string | undefined>();

  constructor(private readonly root: string) {}

  realPath(relative: string): string | undefined {
    if (!this.#known.has(relative)) this.#known.set(relative, realPathInside(this.root, relative));
    return this.#known.get(relative);
  }
}

/** Refuses to open a symbolic link; Windows has no such flag, so that every path is looked up there. */
const NO_FOLLOW: number | undefined = process.platform === 'win32' ? undefined : constants.O_NOFOLLOW;

/** Read-only access to a folder: nothing outside of it can be reached, symbolic links included. */
export function openFiles(root: string, trace?: Trace): RepositoryFiles {
  const look = (relative: string): string => {
    const absolute = path.resolve(root, relative);
    trace?.look(absolute);
    return absolute;
  };
  const folders = new Folders(root);
  const archives = new Map<string, Archive | undefined>();
  /** The archive that a path leads into, where that is one. */
  const inArchive = (target: string): { archive: Archive; name: string } | undefined => {
    const split = splitArchivePath(target);
    const absolute = split === undefined ? undefined : look(split.archive);
    const real = split === undefined ? undefined : realPathInside(root, split.archive);
    if (split === undefined || absolute === undefined || real === undefined || statOf(real)?.isFile() !== true) return undefined;
    if (!archives.has(real)) {
      const bytes = readRegularFile(real, MAX_DATA_BYTES);
      trace?.read(absolute, bytes);
      archives.set(real, bytes === undefined ? undefined : openArchive(bytes));
    }
    const archive = archives.get(real);
    return archive === undefined ? undefined : { archive, name: split.name };
  };
  return {
    read(file) {
      const isSource = file.endsWith('.py');
      const packed = inArchive(file);
      if (packed !== undefined) {
        const bytes = packed.archive.entries.get(packed.name);
        return bytes !== undefined && isSource ? (bytes.length <= MAX_SOURCE_BYTES ? toUtf8Source(bytes) : undefined) : bytes;
      }
      const limit = isSource ? MAX_SOURCE_BYTES : MAX_DATA_BYTES;
      const absolute = look(file);
      const bytes = readPlainly(folders, file, limit) ?? readByRealPath(root, file, limit);
      trace?.read(absolute, bytes);
      return bytes && isSource ? toUtf8Source(bytes) : bytes;
    },
    kind(target) {
      const packed = inArchive(target);
      if (packed !== undefined) {
        if (packed.archive.entries.has(packed.name)) return 'file';
        return listArchive(packed.archive, packed.name) === undefined ? undefined : 'directory';
      }
      look(target);
      const real = realPathInside(root, target);
      if (real === undefined) return undefined;
      const stat = statOf(real);
      if (stat?.isFile()) return 'file';
      return stat?.isDirectory() ? 'directory' : undefined;
    },
    list(folder) {
      const packed = inArchive(folder);
      if (packed !== undefined) return listArchive(packed.archive, packed.name);
      const absolute = look(folder);
      const real = realPathInside(root, folder);
      const names = real === undefined ? undefined : namesIn(real);
      trace?.listed(absolute, names);
      return names;
    },
  };
}

/** Names in a folder, sorted by code unit; undefined when it can't be read. */
export function namesIn(absolute: string): string[] | undefined {
  try {
    return readdirSync(absolute).sort(compareText);
  } catch {
    return undefined;
  }
}

/** The usual case without asking for the real path of each file: a file that is no link, in a folder that is known. */
function readPlainly(folders: Folders, file: string, limit: number): Uint8Array | undefined {
  const name = path.posix.basename(file);
  if (NO_FOLLOW === undefined || name === '' || name === '.' || name === '..') return undefined;
  const folder = folders.realPath(path.posix.dirname(file));
  if (folder === undefined) return undefined;
  return readOpened(path.join(folder, name), constants.O_RDONLY | constants.O_NONBLOCK | NO_FOLLOW, limit);
}

function readByRealPath(root: string, file: string, limit: number): Uint8Array | undefined {
  const real = realPathInside(root, file);
  return real === undefined ? undefined : readRegularFile(real, limit);
}
