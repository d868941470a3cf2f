import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import path from 'node:path';
import { compareText } from '../model/place.js';
import type { RepositoryFiles } from '../model/repository.js';
import { listArchive, openArchive, splitArchivePath } from './archive.js';
import type { Archive } from './archive.js';
import { toUtf8Source } from './encoding.js';
import { MAX_DATA_BYTES, MAX_SOURCE_BYTES } from './limits.js';

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

/** Bytes of a regular file up to `limit`; undefined for anything else, without ever waiting for a pipe or device. */
export function readRegularFile(absolute: string, limit: number): Uint8Array | undefined {
  let descriptor: number | undefined;
  try {
    // Non-blocking, because opening a named pipe would wait for a writer that never comes.
    descriptor = openSync(absolute, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(descriptor);
    return stat.isFile() && stat.size <= limit ? readFileSync(descriptor) : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
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

/** Read-only access to a folder: nothing outside of it can be reached, symbolic links included. */
export function openFiles(root: string): RepositoryFiles {
  const archives = new Map<string, Archive | undefined>();
  /** The archive that a path leads into, where that is one. */
  const inArchive = (target: string): { archive: Archive; name: string } | undefined => {
    const split = splitArchivePath(target);
    const real = split === undefined ? undefined : realPathInside(root, split.archive);
    if (split === undefined || real === undefined || statOf(real)?.isFile() !== true) return undefined;
    if (!archives.has(real)) {
      const bytes = readRegularFile(real, MAX_DATA_BYTES);
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
      const real = realPathInside(root, file);
      if (real === undefined) return undefined;
      const bytes = readRegularFile(real, isSource ? MAX_SOURCE_BYTES : MAX_DATA_BYTES);
      return bytes && isSource ? toUtf8Source(bytes) : bytes;
    },
    kind(target) {
      const packed = inArchive(target);
      if (packed !== undefined) {
        if (packed.archive.entries.has(packed.name)) return 'file';
        return listArchive(packed.archive, packed.name) === undefined ? undefined : 'directory';
      }
      const real = realPathInside(root, target);
      if (real === undefined) return undefined;
      const stat = statOf(real);
      if (stat?.isFile()) return 'file';
      return stat?.isDirectory() ? 'directory' : undefined;
    },
    list(folder) {
      const packed = inArchive(folder);
      if (packed !== undefined) return listArchive(packed.archive, packed.name);
      const real = realPathInside(root, folder);
      if (real === undefined) return undefined;
      try {
        return readdirSync(real).sort(compareText);
      } catch {
        return undefined;
      }
    },
  };
}
