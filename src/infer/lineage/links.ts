import type { Dag, Task } from '../../model/graph.js';
import type { InferContext } from '../context.js';
import { hasHole, piecesOf } from '../template/holes.js';
import { segmentsOf } from './paths.js';
import { keyOf, makesData, type Access, type Found } from './resource.js';
import { unify, type Match } from './unify.js';

/** One side of a link. */
export interface Side {
  dag: Dag;
  task: Task;
  access: Access;
}

/** What one task writes is what another one reads. */
export interface FoundLink {
  writer: Side;
  reader: Side;
  match: Match;
}

/** All links between tasks of one DAG or of two. Pairs whose names match with low confidence are no links. */
export function findLinks(context: InferContext): FoundLink[] {
  const { reads, writes } = sidesOf(context);
  const index = indexed(writes);
  const owned = ownedKeys(writes);
  return reads.flatMap((reader) => {
    const candidates = new Set(groupsOfRead(reader.access.found).flatMap((group) => index.get(group) ?? []));
    const links = [...candidates].flatMap((writer): FoundLink[] => {
      if (writer.task === reader.task) return [];
      const match = unify(writer.access.found, reader.access.found);
      return match && match.confidence !== 'low' ? [{ writer, reader, match: judged(match, writer, reader) }] : [];
    });
    // What a DAG makes itself it doesn't get from another one: a staging table of its own, a table that it keeps.
    const isOwn = owned.get(reader.dag.dag_id)?.has(keyOf(reader.access.found)) === true || links.some((link) => link.writer.dag === reader.dag && link.match.confidence === 'high');
    return best(isOwn ? links.filter((link) => link.writer.dag === reader.dag) : links);
  });
}

function sidesOf(context: InferContext): { reads: Side[]; writes: Side[] } {
  const reads: Side[] = [];
  const writes: Side[] = [];
  for (const dag of context.graph.dags) {
    for (const task of dag.tasks) {
      for (const access of context.accessesOf(dag, task).accesses) {
        if (access.direction === 'read') reads.push({ dag, task, access });
        else if (makesData(access.write)) writes.push({ dag, task, access });
      }
    }
  }
  return { reads, writes };
}

/** Resources that a DAG makes itself; rows that it only marks were made by somebody else. */
function ownedKeys(writes: readonly Side[]): ReadonlyMap<string, ReadonlySet<string>> {
  const owned = new Map<string, Set<string>>();
  for (const { dag, access } of writes) {
    if (access.write === 'update') continue;
    const keys = owned.get(dag.dag_id) ?? new Set<string>();
    owned.set(dag.dag_id, keys.add(keyOf(access.found)));
  }
  return owned;
}

const levels = { high: 2, medium: 1, low: 0 } as const;

/** A link is as sure as its least sure part. */
function judged(match: Match, writer: Side, reader: Side): Match {
  const parts = [match, writer.access, reader.access];
  const least = parts.reduce((low, part) => (levels[part.confidence] < levels[low.confidence] ? part : low));
  const unsure = [writer.access, reader.access].filter(({ confidence }) => confidence !== 'high').flatMap(({ reasons }) => [...reasons]);
  return { confidence: least.confidence, reasons: [...match.reasons, ...unsure] };
}

/** Of several resources that link the same two tasks each is told; of one resource only the surest match. */
function best(links: readonly FoundLink[]): FoundLink[] {
  const found = new Map<string, FoundLink>();
  for (const link of links) {
    const key = `${link.writer.dag.dag_id}\n${link.writer.task.task_id}`;
    const before = found.get(key);
    if (!before || levels[link.match.confidence] > levels[before.match.confidence]) found.set(key, link);
  }
  return [...found.values()];
}

/** So many letters of a name with holes are asked for, before all of its kind are compared. */
const shortest = 3;

interface Grouped {
  /** What all spellings share. */
  base: string;
  /** The part that tells one from another, when it is fixed. */
  fixed: string | null;
  start: string;
}

function grouped(found: Found): Grouped {
  if (found.form === 'named') return { base: found.kind, fixed: found.name, start: '' };
  const name = found.form === 'table' ? (found.parts.at(-1) ?? '') : (segmentsOf(found)[0] ?? '');
  const base = found.form === 'table' ? 'table' : `${found.kind} ${hasHole(found.root) ? '' : found.root}`;
  const [first] = piecesOf(name);
  const isFixed = !hasHole(name) && !name.includes('*') && !(found.form === 'path' && hasHole(found.root));
  return { base, fixed: isFixed ? name : null, start: first?.kind === 'text' ? first.text.replace(/\*.*/s, '').slice(0, shortest) : '' };
}

function indexed(writes: readonly Side[]): Map<string, Side[]> {
  const index = new Map<string, Side[]>();
  for (const write of writes) {
    const { base, fixed, start } = grouped(write.access.found);
    for (const group of [fixed === null ? `${base}\nopen ${start}` : `${base}\nfixed ${fixed}`, `${base}\nall ${start}`]) index.set(group, [...(index.get(group) ?? []), write]);
  }
  return index;
}

function groupsOfRead(found: Found): string[] {
  const { base, fixed, start } = grouped(found);
  return fixed === null ? [`${base}\nall ${start}`] : [`${base}\nfixed ${fixed}`, `${base}\nopen ${start}`];
}
