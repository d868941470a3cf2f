import { statSync } from 'node:fs';

/** What a path is; undefined when nothing that can be looked at is there. */
export function pathKind(target: string): 'file' | 'folder' | 'other' | undefined {
  try {
    const stat = statSync(target);
    if (stat.isFile()) return 'file';
    return stat.isDirectory() ? 'folder' : 'other';
  } catch {
    return undefined;
  }
}
