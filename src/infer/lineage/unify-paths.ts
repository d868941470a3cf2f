import { showTyped } from '../template/holes.js';
import { segmentsOf } from './paths.js';
import type { PathResource } from './resource.js';
import type { Match } from './unify.js';
import { compareParts } from './unify-text.js';

/** Folders that every program uses for itself: a file there is seldom meant for another DAG. */
const scratch = /^\/(?:tmp|var\/tmp|dev)(?:\/|$)/;

/** Whether one path is the other one, or lies below it. */
export function unifyPaths(written: PathResource, read: PathResource): Match | undefined {
  if (written.kind !== read.kind) return undefined;
  const root = written.root === read.root ? 'same' : compareParts(written.root, read.root);
  if (root === 'other') return undefined;
  const [write, wait] = [segmentsOf(written), segmentsOf(read)];
  const shared = Math.min(write.length, wait.length);
  const likeness = write.slice(0, shared).map((part, index) => compareParts(part, wait[index] ?? ''));
  if (likeness.includes('other')) return undefined;
  const isAlike = root === 'alike' || likeness.includes('alike');
  return judge({ written, read, isAlike, fixed: fixedParts(write.slice(0, shared)), isSame: write.length === wait.length });
}

interface Compared {
  written: PathResource;
  read: PathResource;
  isAlike: boolean;
  /** How many shared parts are fixed texts. */
  fixed: number;
  isSame: boolean;
}

function judge({ written, read, isAlike, fixed, isSame }: Compared): Match | undefined {
  const [w, r] = [showTyped(`${written.root}${written.path}`), showTyped(`${read.root}${read.path}`)];
  const reasons = isSame ? (w === r ? [`both name ${w}`] : [`${w} and ${r} can be the same`]) : [written.path.length > read.path.length ? `${w} lies below ${r}` : `${r} lies below ${w}`];
  // A whole bucket, or a path of nothing but holes, is no claim about one object.
  if (fixed === 0) return undefined;
  if (scratch.test(read.path) && read.root === '') return { confidence: 'low', reasons: [...reasons, 'a folder for what a task needs itself'] };
  if (isAlike) return { confidence: 'medium', reasons: [...reasons, 'a part of the path is only known at run time'] };
  if (!isSame) return { confidence: 'medium', reasons };
  return read.root === '' ? { confidence: 'medium', reasons: [...reasons, 'whether both run on the same disk is not known'] } : { confidence: 'high', reasons };
}

/** Parts that say something: a name, or a pattern with a word in it; an ending alone does not. */
function fixedParts(parts: readonly string[]): number {
  return parts.map(showTyped).filter((part) => (part.includes('*') ? /[a-z]{3,}/i.test(part.replace(/\.\w+$/, '')) : /[a-z\d]/i.test(part))).length;
}
