import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import path from 'node:path';
import { compareText } from '../model/place.js';
import type { RepositoryFiles } from '../model/repository.js';
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
  return {
    read(file) {
      const real = realPathInside(root, file);
      if (real === undefined) return undefined;
      const isSource = file.endsWith('.py');
      const bytes = readRegularFile(real, isSource ? MAX_SOURCE_BYTES : MAX_DATA_BYTES);
      return bytes && isSource ? toUtf8Source(bytes) : bytes;
    },
    kind(target) {
      const real = realPathInside(root, target);
      if (real === undefined) return undefined;
      const stat = statOf(real);
      if (stat?.isFile()) return 'file';
      return stat?.isDirectory() ? 'directory' : undefined;
    },
    list(folder) {
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
