/** A place in a registry file that both a person and the plan have changed since it was written. */
export interface Conflict {
  path: string;
  /** JSON pointer into the file. */
  at: string;
  kept: unknown;
  planned: unknown;
}

export interface Merged {
  content: unknown;
  /** Where the file differs from what is planned because a person edited it. */
  edited: string[];
  conflicts: Omit<Conflict, 'path'>[];
}

/**
 * Merges what is planned now with what stands in the file, given what was written last. A field that nobody edited
 * follows the plan; an edited one is kept, and when the plan changed it too that is a conflict.
 */
export function mergeContent(written: unknown, found: unknown, planned: unknown): Merged {
  const edited: string[] = [];
  const conflicts: Merged['conflicts'] = [];
  const merge = (before: unknown, now: unknown, next: unknown, at: string): unknown => {
    if (same(now, next) || same(now, before)) return next;
    if (isRecord(now) && isRecord(next)) {
      const base = isRecord(before) ? before : {};
      const keys = [...new Set([...Object.keys(next), ...Object.keys(now)])];
      const entries = keys.flatMap((key) => {
        const value = merge(own(base, key), own(now, key), own(next, key), `${at}/${key}`);
        return value === undefined ? [] : [[key, value] as const];
      });
      return Object.fromEntries(entries);
    }
    edited.push(at);
    if (!same(before, next)) conflicts.push({ at, kept: now, planned: next });
    return now;
  };
  return { content: merge(written, found, planned, ''), edited, conflicts };
}

function own(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Deep equality of JSON values; the order of keys doesn't count. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}
