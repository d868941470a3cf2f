import type { Confidence } from '../../model/analysis.js';
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
