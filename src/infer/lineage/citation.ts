import type { Citation } from '../evidence.js';
import type { Side } from './links.js';
import { resourceOf } from './resource.js';

/** Cites the line that says that a task reads or writes something. */
export function accessCitation({ dag, task, access }: Side): Citation {
  const { key, text } = resourceOf(access.found);
  const verb = access.direction === 'read' ? 'reads' : 'writes';
  return { dag, task, label: `${verb}:${key}`, text: `${dag.dag_id}.${task.task_id} ${verb} ${text}`, place: access.place };
}
