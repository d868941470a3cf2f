import { earlierName, legacyAlias } from '../../knowledge/airflow/api.js';
import type { EarlierName } from '../../knowledge/airflow/api.js';
import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { Unknown } from '../values.js';
import type { Value } from '../values.js';
import { operatorClass } from './operator-class.js';
import { judgeRelease } from './provider-releases.js';
import { worldOf } from './world.js';

/** What a path of today or of Airflow 1.10 meant in releases of providers that are not the tables' any more. */
export function findEarlier(full: string): { readonly path: string; readonly name: EarlierName } | undefined {
  const own = earlierName(full);
  if (own !== undefined) return { path: full, name: own };
  const moved = legacyAlias(full) ?? '';
  const name = earlierName(moved);
  return name === undefined ? undefined : { path: moved, name };
}

/**
 * Imports a name that today's releases don't have. Undefined when the repository's pins say that it is gone; where they
 * leave it open, all of the file hangs on it, because Airflow would refuse the file.
 */
export function importEarlier(rt: Runtime, path: string, name: EarlierName, place: Place): Value | undefined {
  const { side, text } = judgeRelease(rt, path, name);
  if (side === 'after') return undefined;
  const short = path.slice(path.lastIndexOf('.') + 1);
  if (side === 'before') rt.assume('package', `${short} is there: ${text}`, place);
  else rt.mayFail(rt.unknown('version', `${short} is gone since ${name.gone} of its provider, so that Airflow refuses the file or not; ${text}`, place));
  const target = name.path ?? path;
  if (name.operator !== undefined || worldOf(rt).api.operator(target) !== undefined) return operatorClass(rt, target);
  return new Unknown({ kind: 'version', text: `${short} is of provider releases before ${name.gone}, which are not modelled`, place }, path);
}
