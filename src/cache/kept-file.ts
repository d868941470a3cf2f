// Files that are kept between runs and can be made again at any time: whatever is wrong with one, it isn't there.
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const DIGEST_BYTES = 32;

/** What `writeKept` put into a file; undefined unless it is whole and the user's own. Never throws. */
export function readKept(file: string): Buffer | undefined {
  try {
    const found = lstatSync(file);
    if (!found.isFile() || (process.getuid !== undefined && (found.uid !== process.getuid() || (found.mode & 0o022) !== 0))) return undefined;
    const bytes = readFileSync(file);
    const content = bytes.subarray(DIGEST_BYTES);
    return digest([content]).equals(bytes.subarray(0, DIGEST_BYTES)) ? content : undefined;
  } catch {
    return undefined;
  }
}

/** Writes a file whole or not at all, whoever else writes it at the same time. Never throws. */
export function writeKept(file: string, parts: readonly Uint8Array[]): void {
  const temporary = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(temporary, Buffer.concat([digest(parts), ...parts]), { mode: 0o600, flag: 'wx' });
    chmodSync(temporary, 0o600);
    renameSync(temporary, file);
  } catch {
    // What isn't faster next time is no reason to say anything.
    removeQuietly(temporary);
  }
}

/** Marks a file as used, so that others are dropped before it. */
export function touchKept(file: string): void {
  try {
    const now = new Date();
    utimesSync(file, now, now);
  } catch {
    // It is gone, or the folder can't be written: nothing to keep.
  }
}

/** Drops the files of a folder that were used longest ago until the rest has at most `limit` bytes. Never throws. */
export function pruneKept(folder: string, limit: number): void {
  let total = 0;
  for (const { file, size } of filesOf(folder)) {
    total += size;
    if (total > limit) removeQuietly(file);
  }
}

/** The files of a folder, the last used first. */
function filesOf(folder: string): { file: string; size: number; used: number }[] {
  const found: { file: string; size: number; used: number }[] = [];
  for (const name of namesIn(folder)) {
    const file = path.join(folder, name);
    try {
      const stat = lstatSync(file);
      if (stat.isFile()) found.push({ file, size: stat.size, used: stat.mtimeMs });
    } catch {
      // Another process dropped it first.
    }
  }
  return found.sort((a, b) => b.used - a.used);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It stays until a later run may remove it.
  }
}

function digest(parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
