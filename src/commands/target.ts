import path from 'node:path';
import type { Options } from '../options/options.js';
import { pathKind } from '../options/path-kind.js';

/** Where reports go when the user doesn't say. */
const DEFAULT_FOLDER = 'reports';

/** File for a result of a command that prints it by default. */
export function printedTarget(options: Options, name: string, extension: string): string {
  const { output } = options;
  if (output === undefined || output === '-') return '-';
  return output.endsWith('/') || pathKind(output) === 'folder' ? path.join(output, `${fileName(name)}.${extension}`) : output;
}

/** File for a result of a command that writes it by default: below the output folder, or the very file that is named. */
export function writtenTarget(options: Options, name: string, extension: string): string {
  const { output, workingDirectory } = options;
  if (output === '-') return '-';
  const given = output ?? path.join(workingDirectory, DEFAULT_FOLDER);
  const isFile = !given.endsWith('/') && /\.(html?|json|md|csv|svg)$/.test(given) && pathKind(given) !== 'folder';
  if (!isFile) return path.join(given, `${fileName(name)}.${extension}`);
  return given.endsWith(`.${extension}`) ? given : given.replace(/\.\w+$/, `.${extension}`);
}

/** A path as a person wants to read it: from where they are, when that is shorter. */
export function shownPath(options: Options, target: string): string {
  const relative = path.relative(options.workingDirectory, target);
  return relative.startsWith('..') || path.isAbsolute(relative) ? target : relative;
}

/** A repository's name as a file name; the folder may be called anything. */
function fileName(name: string): string {
  const plain = name.replace(/[/\\:*?"<>|\p{Cc}]/gu, '-').replace(/^\.+/, '');
  return plain === '' ? 'report' : plain;
}
