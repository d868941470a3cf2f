import type { SqlSystemName } from '../../knowledge/sql-systems.js';
import { sqlSystems } from '../../knowledge/sql-systems.js';
import type { Confidence, AccessSource, Resource, ResourceKind } from '../../model/analysis.js';
import type { Place } from '../../model/place.js';
import { hasHole, showTyped } from '../template/holes.js';

/** Something with a path: an object, a file, or all that lies below a prefix. */
export interface PathResource {
  form: 'path';
  kind: Extract<ResourceKind, 's3' | 'gcs' | 'azure_blob' | 'object' | 'file'>;
  /** What the path is below: `s3://bucket`, `sftp://connection`, or nothing for a disk. */
  root: string;
  path: string;
}

/** A table: its name's parts, the last one its own, and where the name is valid. */
export interface TableResource {
  form: 'table';
  kind: 'table';
  system: SqlSystemName | null;
  /** The connection that leads to it, with the database where one is named; null when it isn't known. */
  scope: string | null;
  parts: readonly string[];
}

/** Everything that is the same when its name is: topics, queues, endpoints, models, jobs, assets. */
export interface NamedResource {
  form: 'named';
  kind: Exclude<ResourceKind, PathResource['kind'] | 'table'>;
  name: string;
}

/** A resource as lineage compares it. Names hold typed holes. */
export type Found = PathResource | TableResource | NamedResource;

/** How one statement or call changes what it writes: `create` fails when it is there already, `define` makes an empty table. */
export type WriteKind = 'append' | 'overwrite' | 'overwrite_part' | 'merge' | 'update' | 'delete' | 'create' | 'define' | 'unknown';

/** Whether something to read comes of it: neither deleting nor naming columns makes rows. */
export function makesData(write: WriteKind | undefined): boolean {
  return write !== 'delete' && write !== 'define';
}

/** One resource that a task reads or writes, before it is cited. */
export interface Access {
  direction: 'read' | 'write';
  found: Found;
  how: AccessSource;
  confidence: Confidence;
  reasons: readonly string[];
  place: Place;
  /** The text at the place that says so. */
  text: string;
  /** Whether the task waits for it, so that more than the clock keeps the order. */
  isWait?: boolean;
  write?: WriteKind;
}

export interface Gap {
  reason: string;
  place: Place;
}

/** All that is known of what a task reads and writes. */
export interface TaskAccesses {
  accesses: Access[];
  gaps: Gap[];
}

/** A resource as documents show it. */
export function resourceOf(found: Found): Resource {
  const key = keyOf(found);
  return { kind: found.kind, key, text: textOf(found) };
}

/** Equal keys are the same thing. */
export function keyOf(found: Found): string {
  if (found.form === 'path') return `${found.root}${found.path}`;
  if (found.form === 'named') return `${found.kind}:${found.name}`;
  return `table:${found.scope ?? found.system ?? '?'}/${found.parts.join('.')}`;
}

function textOf(found: Found): string {
  if (found.form === 'path') return showTyped(`${found.root}${found.path}`);
  if (found.form === 'named') return showTyped(found.name);
  const name = showTyped(found.parts.join('.'));
  if (found.system === 'bigquery') return `${name} in BigQuery`;
  if (found.scope !== null) return `${name} over ${showTyped(found.scope)}`;
  return found.system === null ? name : `${name} in ${sqlSystems[found.system].title}`;
}

/** Whether a name says anything: one that is nothing but holes and marks does not. */
export function isTelling(found: Found): boolean {
  if (found.form === 'table') return /[a-z0-9]/i.test(showTyped(found.parts.at(-1) ?? ''));
  if (found.form === 'named') return /[a-z0-9]/i.test(showTyped(found.name));
  return /[a-z0-9]/i.test(showTyped(found.path)) || (found.root !== '' && !hasHole(found.root));
}
