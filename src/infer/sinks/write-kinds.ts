import type { Sink } from '../../model/analysis.js';
import type { Access, WriteKind } from '../lineage/resource.js';

/** How something is written, whether twice does what once does, and why. */
export interface SinkJudgement {
  mode: Sink['mode'];
  second: Sink['second_delivery'];
  reasons: string[];
}

const byKind: Readonly<Record<WriteKind, SinkJudgement>> = {
  append: { mode: 'append', second: 'harmful', reasons: ['rows are added without a look at those that are there'] },
  overwrite: { mode: 'overwrite', second: 'harmless', reasons: ['each run replaces what the last one wrote'] },
  overwrite_part: { mode: 'overwrite_partition', second: 'harmless', reasons: ['each run replaces its own part'] },
  merge: { mode: 'merge', second: 'harmless', reasons: ['rows are recognised by a key, or passed over when they are there'] },
  update: { mode: 'unknown', second: 'unknown', reasons: ['whether an UPDATE twice is an UPDATE once depends on its expressions'] },
  delete: { mode: 'delete', second: 'harmless', reasons: ['what is gone stays gone'] },
  create: { mode: 'overwrite', second: 'unknown', reasons: ['a second delivery fails, because the target is there already'] },
  define: { mode: 'overwrite', second: 'harmless', reasons: ['it only names columns'] },
  unknown: { mode: 'unknown', second: 'unknown', reasons: ['how it writes is not known'] },
};

/** What one access does at a second delivery, by the kind of writing and by the name that it writes to. */
export function judgeWrite(access: Access): SinkJudgement {
  const { found, write = 'unknown', how } = access;
  if (found.kind === 'job') return { mode: 'unknown', second: 'unknown', reasons: ['what the job writes is outside of the DAG'] };
  if (found.kind === 'topic' || found.kind === 'queue') return { mode: 'append', second: 'harmful', reasons: ['each run sends its messages again'] };
  if (found.form !== 'path' || (write !== 'overwrite' && write !== 'unknown')) return { ...byKind[write] };
  // Programs of one's own may add to a folder; stores and copies replace an object of the same name.
  const replaces = write === 'overwrite' || how !== 'argument' || access.confidence === 'high';
  if (!replaces) return { ...byKind.unknown };
  if (found.path.includes('{run}')) return { mode: 'append', second: 'harmful', reasons: ['the name holds the run: a second delivery writes beside the first'] };
  if (/\{(?:\?|xcom|conf)/.test(found.path)) return { mode: 'unknown', second: 'unknown', reasons: ['whether a second delivery gives the same name is only known at run time'] };
  return found.path.includes('{date}') ? { mode: 'overwrite_partition', second: 'harmless', reasons: ['the name holds the date of the run: each delivery of it writes the same place'] } : { ...byKind.overwrite };
}
