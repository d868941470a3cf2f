import { createHash } from 'node:crypto';

/** The ids of a page's DAG sections: safe in HTML and URLs, unique, and the same in every run for the same dag_id. */
export type Anchors = (dagId: string) => string | undefined;

const plainId = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,95}$/;
const LONGEST_SLUG = 48;
const HASH_LENGTH = 10;

function anchorOf(dagId: string): string {
  if (plainId.test(dagId)) return `dag-${dagId}`;
  const slug = dagId.replace(/[^A-Za-z0-9_.-]+/g, '-').slice(0, LONGEST_SLUG);
  // A plain id holds no `~`, so that a hashed one can't meet it.
  return `dag-${slug}~${createHash('sha256').update(dagId).digest('hex').slice(0, HASH_LENGTH)}`;
}

/** Anchors of the DAGs that have a section; undefined for every other id. */
export function anchorsOf(dagIds: readonly string[]): Anchors {
  const anchors = new Map(dagIds.map((dagId) => [dagId, anchorOf(dagId)]));
  return (dagId) => anchors.get(dagId);
}
