import { isAtLeast } from '../../util/release.js';

/** Whether `since <= release < until`; an empty bound is open. What isn't a release is older than everything. */
export function isWithin(release: string, since: string, until: string): boolean {
  return isAtLeast(release, since) && (until === '' || !isAtLeast(release, until));
}
