import type { AnalysisDocument, Sink } from '../../../model/analysis.js';

/** One line of what a task reads or writes. */
export interface AccessLine {
  readonly verb: string;
  readonly text: string;
  readonly note: string;
}

const sinkVerbs: Record<Sink['mode'], string> = {
  overwrite_partition: 'overwrites a partition of',
  overwrite: 'overwrites',
  merge: 'merges into',
  append: 'appends to',
  delete: 'deletes from',
  side_effect: 'acts on',
  unknown: 'writes',
};

const deliveryNotes: Record<Sink['second_delivery'], string> = {
  harmless: 'a second delivery is harmless',
  harmful: 'a second delivery does harm',
  unknown: 'what a second delivery does is not known',
};

/** What each task reads and writes, by DAG and task; empty in documents of before it was worked out. */
export function taskAccess({ task_resources: resources = [], sinks = [] }: AnalysisDocument): (dagId: string) => ReadonlyMap<string, readonly AccessLine[]> {
  const found = new Map<string, Map<string, AccessLine[]>>();
  const add = (dagId: string, taskId: string, line: AccessLine): void => {
    const tasks = found.get(dagId) ?? new Map<string, AccessLine[]>();
    found.set(dagId, tasks.set(taskId, [...(tasks.get(taskId) ?? []), line]));
  };
  const sunk = new Set(sinks.map(({ dag_id, task_id, target }) => JSON.stringify([dag_id, task_id, target])));
  for (const { dag_id: dagId, task_id: taskId, reads, writes, unknowns } of resources) {
    for (const { resource, confidence } of reads) add(dagId, taskId, { verb: 'reads', text: resource.text, note: confidence === 'high' ? '' : `${confidence} confidence` });
    for (const { resource, confidence } of writes) {
      if (sunk.has(JSON.stringify([dagId, taskId, resource.text]))) continue;
      add(dagId, taskId, { verb: 'writes', text: resource.text, note: confidence === 'high' ? '' : `${confidence} confidence` });
    }
    for (const { reason } of unknowns) add(dagId, taskId, { verb: 'not known:', text: reason, note: '' });
  }
  for (const { dag_id: dagId, task_id: taskId, target, mode, second_delivery: delivery, dedupe_key: key } of sinks) {
    add(dagId, taskId, { verb: sinkVerbs[mode], text: target, note: deliveryNotes[delivery] + (key === null ? '' : `; key ${key}`) });
  }
  const none: ReadonlyMap<string, readonly AccessLine[]> = new Map();
  return (dagId) => found.get(dagId) ?? none;
}
