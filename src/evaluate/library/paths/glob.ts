import type { Runtime } from '../../runtime.js';
import { entriesBelow } from './repository.js';

/** Regular expression source of one path part of a glob: `*`, `?` and `[...]`. */
export function globPart(part: string): string {
  let source = '';
  for (let index = 0; index < part.length; index += 1) {
    const letter = part[index] ?? '';
    const close = letter === '[' ? part.indexOf(']', index + (part[index + 1] === '!' ? 3 : 2)) : -1;
    if (letter === '*') source += '[^/]*';
    else if (letter === '?') source += '[^/]';
    else if (close > 0) {
      const inside = part.slice(index + 1, close).replace(/[\\\]^]/g, '\\$&');
      source += inside.startsWith('!') ? `[^${inside.slice(1)}]` : `[${inside}]`;
      index = close;
    } else source += letter.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  }
  return source;
}

/** `fnmatch.fnmatchcase`. */
export function matchesName(name: string, pattern: string): boolean {
  return new RegExp(`^(?:${globPart(pattern).replaceAll('[^/]', '[\\s\\S]')})$`).test(name);
}

/** A glob's rules: `glob` hides dot files and takes `**` for files too, `pathlib` doesn't. */
export interface GlobStyle {
  readonly hidesDots: boolean;
  readonly recursive: boolean;
  /** Whether a final `**` gives files beside folders. */
  readonly starsGiveFiles: boolean;
}

/** Paths below a repository folder that a relative pattern matches, sorted; `` is the folder itself. */
export function globBelow(rt: Runtime, folder: string, pattern: string, style: GlobStyle): string[] {
  const wanted = pattern.split('/').filter((part) => part !== '' && part !== '.');
  const onlyFolders = pattern.endsWith('/');
  const candidates = [{ path: '', isFolder: true }, ...entriesBelow(rt, folder)];
  return candidates
    .filter((entry) => !onlyFolders || entry.isFolder)
    .filter((entry) => matches(entry.path === '' ? [] : entry.path.split('/'), wanted, style, entry.isFolder))
    .map((entry) => entry.path);
}

function matches(parts: readonly string[], wanted: readonly string[], style: GlobStyle, isFolder: boolean): boolean {
  const [first, ...rest] = wanted;
  if (first === undefined) return parts.length === 0;
  if (first === '**' && style.recursive) {
    if (rest.length === 0) return (isFolder || style.starsGiveFiles) && parts.every((part) => visible(part, style));
    if (matches(parts, rest, style, isFolder)) return true;
    return parts[0] !== undefined && visible(parts[0], style) && matches(parts.slice(1), wanted, style, isFolder);
  }
  const part = parts[0];
  if (part === undefined) return false;
  const hasMagic = /[*?[]/.test(first);
  if (hasMagic && !first.startsWith('.') && !visible(part, style)) return false;
  if (hasMagic ? !matchesName(part, first) : part !== first) return false;
  return matches(parts.slice(1), rest, style, isFolder);
}

function visible(part: string, style: GlobStyle): boolean {
  return !style.hidesDots || !part.startsWith('.');
}
