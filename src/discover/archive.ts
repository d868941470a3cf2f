import { unzipSync } from 'fflate';
import { compareText } from '../model/place.js';

/** A larger archive of DAGs isn't unpacked: code is small, and packed data may be a bomb. */
const MAX_UNPACKED_BYTES = 64 * 1024 * 1024;

/** More entries than a packed project with all its libraries has. */
const MAX_ENTRIES = 20_000;

/** What an archive holds, by its name in it. */
export interface Archive {
  readonly entries: ReadonlyMap<string, Uint8Array>;
  /** Why parts of it, or all of it, aren't read. */
  readonly problems: readonly string[];
}

/** Unpacks a zip archive in memory. Never throws: what can't be unpacked is a problem, and so is a name that leads out of it. */
export function openArchive(bytes: Uint8Array): Archive {
  const problems: string[] = [];
  let size = 0;
  let count = 0;
  const accept = (file: { name: string; originalSize: number }): boolean => {
    count += 1;
    size += file.originalSize;
    if (count > MAX_ENTRIES || size > MAX_UNPACKED_BYTES || file.name.endsWith('/')) return false;
    if (isSafe(file.name)) return true;
    problems.push(`${JSON.stringify(file.name)} leads out of the archive: not read`);
    return false;
  };
  // Airflow passes over a file that only has the name of an archive.
  if (!hasDirectory(bytes)) return { entries: new Map(), problems: [] };
  try {
    const entries = Object.entries(unzipSync(bytes, { filter: accept })).sort(([a], [b]) => compareText(a, b));
    if (count > MAX_ENTRIES) return { entries: new Map(), problems: [`the archive has more than ${MAX_ENTRIES.toString()} entries: not read`] };
    if (size > MAX_UNPACKED_BYTES) return { entries: new Map(), problems: [`the archive unpacks to more than ${(MAX_UNPACKED_BYTES / 1024 / 1024).toString()} MB: not read`] };
    return { entries: new Map(entries), problems };
  } catch (error) {
    return { entries: new Map(), problems: [`no zip archive that can be read: ${error instanceof Error ? error.message : String(error)}`] };
  }
}

/** Whether the bytes end with a zip archive's directory, as Python's `zipfile.is_zipfile` asks. */
function hasDirectory(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf('PK\u0005\u0006', undefined, 'latin1') !== -1;
}

function isSafe(name: string): boolean {
  return !/^[/\\]|^[A-Za-z]:|\0|\\/.test(name) && !name.split('/').some((part) => part === '..' || part === '.');
}

/** The archive that a path leads into and the name in it: `dags/a.zip/b.py` is `b.py` of `dags/a.zip`. */
export function splitArchivePath(path: string): { archive: string; name: string } | undefined {
  const found = /^(.*?\.zip)\/(.+)$/.exec(path);
  return found === null ? undefined : { archive: found[1] ?? '', name: found[2] ?? '' };
}

/** Names of the modules at the top of an archive: only those are read for DAGs. */
export function topModules(archive: Archive): string[] {
  return [...archive.entries.keys()].filter((name) => name.endsWith('.py') && !name.includes('/'));
}

/** What lies in a folder of an archive (`''` is its top); undefined when there is no such folder. */
export function listArchive(archive: Archive, folder: string): string[] | undefined {
  const prefix = folder === '' ? '' : `${folder}/`;
  const names = [...archive.entries.keys()].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length).split('/')[0] ?? '');
  return names.length === 0 ? undefined : [...new Set(names)].sort(compareText);
}
