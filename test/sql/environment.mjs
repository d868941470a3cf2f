import { fileURLToPath } from 'node:url';
import { preparePackages } from '../conformance/environments.mjs';

const packages = ['sqlglot==27.8.0'];

/** A Python with sqlglot, made when it isn't there. */
export function judgePython(say) {
  return preparePackages({ folder: fileURLToPath(new URL('../../.cache/sql', import.meta.url)), packages, say });
}
