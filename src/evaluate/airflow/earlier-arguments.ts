import { earlierArguments } from '../../knowledge/airflow/api.js';
import type { ReleaseGap } from '../../knowledge/airflow/api.js';
import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { judgeRelease } from './provider-releases.js';
import { worldOf } from './world.js';

interface Change {
  /** The class that lost the argument, or requires it by now. */
  readonly path: string;
  readonly gap: ReleaseGap;
}

/** Whether the installed release may take an argument that today's releases refuse. Where that is open, the file is in doubt. */
export function isLost(rt: Runtime, path: string, name: string, place: Place): boolean {
  const change = changeOf(rt, path, name, 'lost');
  return change !== undefined && isBefore(rt, change, `took ${name} before`, place);
}

/** Whether the installed release may do without an argument that today's require. Where that is open, the file is in doubt. */
export function isLate(rt: Runtime, path: string, name: string, place: Place): boolean {
  const change = changeOf(rt, path, name, 'late');
  return change !== undefined && isBefore(rt, change, `did not require ${name} before`, place);
}

/** The change to an argument of a class or of what it derives from. */
function changeOf(rt: Runtime, path: string, name: string, what: 'lost' | 'late'): Change | undefined {
  const ancestors = what === 'lost' ? (worldOf(rt).api.operator(path)?.bases ?? []) : [];
  for (const each of [path, ...ancestors]) {
    const changes = earlierArguments(each)[what];
    const gap = changes !== undefined && Object.hasOwn(changes, name) ? changes[name] : undefined;
    if (gap !== undefined) return { path: each, gap };
  }
  return undefined;
}

function isBefore(rt: Runtime, { path, gap }: Change, what: string, place: Place): boolean {
  const { side, text } = judgeRelease(rt, path, gap);
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (side === 'before') rt.assume('package', `${name} ${what} ${gap.gone}: ${text}`, place);
  if (side === 'open') rt.mayFail(rt.unknown('version', `${name} ${what} ${gap.gone} of its provider; ${text}`, place));
  return side !== 'after';
}
