import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import path from 'node:path';
import { compareText } from '../model/place.js';
import { MAX_DATA_BYTES, MAX_SOURCE_BYTES } from './limits.js';
import { readRegularFile } from './read-file.js';

/** A file that is changed twice within this time may show the same times: coarse clocks of file systems tick in 2 s. */
const CLOCK_TICK_MS = 2000;

type Kind = 'absent' | 'file' | 'directory' | 'other';

/** What a run saw of one path: enough to tell later whether it would see the same. */
export interface Observation {
  readonly path: string;
  /** Where symbolic links lead; empty when nothing is there. */
  readonly real: string;
  readonly kind: Kind;
  /** Of a file its size. */
  readonly size: number;
  /** Times and number of the file: equal ones spare reading it again. */
  readonly stamp: string;
  readonly newest: number;
  /** Hash of a file's bytes or a folder's names, where they were asked for. */
  digest?: string;
}

/** Keeps what a run sees of the disk. A path that shows two faces in one run makes the whole untellable. */
export class Trace {
  readonly #seen = new Map<string, Observation>();
  readonly #folders = new RealFolders();
  /** Whether everything stayed the same while it was looked at. */
  isSteady = true;

  /** To be called before the path is asked for anything. */
  look(absolute: string): Observation {
    const known = this.#seen.get(absolute);
    if (known !== undefined) return known;
    const fresh = observe(absolute, this.#folders);
    this.#seen.set(absolute, fresh);
    return fresh;
  }

  /** What was read from a path that was looked at before; undefined when it couldn't be read. */
  read(absolute: string, bytes: Uint8Array | undefined): void {
    this.#give(absolute, bytes === undefined ? 'unreadable' : hashOf(bytes));
  }

  /** The names that a folder gave. */
  listed(absolute: string, names: readonly string[] | undefined): void {
    this.#give(absolute, names === undefined ? 'unreadable' : hashOfNames(names));
  }

  /** Adds what a thread of the same run saw. */
  add(observations: Iterable<Observation>, isSteady: boolean): void {
    this.isSteady &&= isSteady;
    for (const each of observations) {
      const known = this.#seen.get(each.path);
      if (known === undefined) this.#seen.set(each.path, { ...each });
      else if (known.real !== each.real || known.kind !== each.kind || known.size !== each.size) this.isSteady = false;
      else if (each.digest !== undefined) this.#give(each.path, each.digest);
    }
  }

  observations(): Observation[] {
    return [...this.#seen.values()];
  }

  #give(absolute: string, digest: string): void {
    const known = this.look(absolute);
    if (known.digest !== undefined && known.digest !== digest) this.isSteady = false;
    known.digest = digest;
  }
}

/** Whether everything that a run saw, which began at `started` (milliseconds), is still as it was. */
export function isUnchanged(observations: readonly Observation[], started: number): boolean {
  const folders = new RealFolders();
  return observations.every((before) => isSame(before, observe(before.path, folders), started));
}

function isSame(before: Observation, now: Observation, started: number): boolean {
  if (before.kind !== now.kind || before.real !== now.real || before.size !== now.size) return false;
  if (before.digest === undefined) return true;
  const isTold = before.stamp === now.stamp && before.newest < started - CLOCK_TICK_MS;
  return isTold || (before.digest !== 'unreadable' && digestOf(now) === before.digest);
}

function digestOf({ path: file, kind }: Observation): string | undefined {
  if (kind === 'directory') {
    try {
      return hashOfNames(readdirSync(file).sort(compareText));
    } catch {
      return undefined;
    }
  }
  const bytes = readRegularFile(file, Math.max(MAX_DATA_BYTES, MAX_SOURCE_BYTES));
  return bytes === undefined ? undefined : hashOf(bytes);
}

/** Real paths of folders, each asked for once. */
class RealFolders {
  readonly #known = new Map<string, string>();

  of(folder: string): string {
    let real = this.#known.get(folder);
    if (real === undefined) this.#known.set(folder, (real = realpathSync.native(folder)));
    return real;
  }
}

function observe(absolute: string, folders: RealFolders): Observation {
  try {
    const own = lstatSync(absolute);
    const isLink = own.isSymbolicLink();
    const folder = path.dirname(absolute);
    const real = isLink || folder === absolute ? realpathSync.native(absolute) : path.join(folders.of(folder), path.basename(absolute));
    const stat = isLink ? statSync(real) : own;
    const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : 'other';
    return { path: absolute, real, kind, size: kind === 'file' ? stat.size : 0, stamp: stampOf(stat), newest: Math.max(stat.mtimeMs, stat.ctimeMs) };
  } catch {
    return { path: absolute, real: '', kind: 'absent', size: 0, stamp: '', newest: 0 };
  }
}

/** The change time tells also of bytes that were replaced under an old modification time. */
function stampOf({ mtimeMs, ctimeMs, ino, dev }: Stats): string {
  return [mtimeMs, ctimeMs, ino, dev].join(' ');
}

function hashOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('base64');
}

function hashOfNames(names: readonly string[]): string {
  return hashOf(names.join('\0'));
}
