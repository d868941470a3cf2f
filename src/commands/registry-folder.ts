import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { KnownError } from '../errors.js';

const registryFile = /(\.json|\.ya?ml)$/;

/** The texts of a registry's folder by their path in it, with slashes; empty where there is no folder yet. */
export function readRegistry(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  let entries;
  try {
    entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return found;
    throw new KnownError(`${folder} can't be read as a folder of contracts`, 'give the folder that `dag2event contracts` wrote', { cause });
  }
  for (const entry of entries) {
    if (!entry.isFile() || !registryFile.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    found.set(path.relative(folder, file).split(path.sep).join('/'), readFileSync(file, 'utf8'));
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
