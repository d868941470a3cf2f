import type { Confidence } from '../../model/analysis.js';
import { piecesOf } from '../template/holes.js';
import { unifyPaths } from './unify-paths.js';
import { unifyTables } from './unify-tables.js';
import type { Found } from './resource.js';

/** How sure it is that two resources are one, and why. */
export interface Match {
  confidence: Confidence;
  reasons: readonly string[];
}

/** Whether what one task writes is what another one reads; undefined when nothing says so. */
export function unify(written: Found, read: Found): Match | undefined {
  if (written.form === 'path' && read.form === 'path') return unifyPaths(written, read);
  if (written.form === 'table' && read.form === 'table') return unifyTables(written, read);
  if (written.form !== 'named' || read.form !== 'named' || written.kind !== read.kind || written.name !== read.name) return undefined;
  return { confidence: 'high', reasons: [`both name ${written.name}`] };
}

/**
 * What two resources must share to be one, so that only those are compared: the root of a path, the last part of a table's
 * name. A name with holes falls into the group of its kind.
 */
export function groupOf(found: Found): string {
  if (found.form === 'path') return found.root.includes('{') ? `path:${found.kind}` : `path:${found.root}`;
  if (found.form === 'named') return `named:${found.kind}:${found.name}`;
  const last = found.parts.at(-1) ?? '';
  const [first] = piecesOf(last);
  return `table:${first?.kind === 'text' ? first.text.slice(0, 3) : ''}`;
}
