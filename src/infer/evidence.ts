import type { Evidence } from '../model/analysis.js';
import type { Dag, Task } from '../model/graph.js';
import { comparePlaces, compareText, type Place } from '../model/place.js';

/** A source line that supports a claim, before it has an id. `label` tells apart what one task is cited for. */
export interface Citation {
  dag: Dag;
  task: Task | null;
  label: string;
  text: string;
  place: Place;
}

/** Gathers citations of one run; the same citation always gets the same id. */
export interface EvidenceBook {
  cite(citation: Citation): string;
  list(): Evidence[];
}

/** Long arguments say nothing more after this many characters; the place leads to the rest. */
const longestText = 240;

/** An empty book of evidence. */
export function createEvidenceBook(): EvidenceBook {
  const byId = new Map<string, Evidence>();
  return {
    cite(citation) {
      const evidence = evidenceOf(citation);
      const id = freeId(byId, evidence);
      byId.set(id, { ...evidence, id });
      return id;
    },
    list: () => [...byId.values()].sort(compareEvidence),
  };
}

/** Cites the line that makes a task. */
export function taskCitation(dag: Dag, task: Task, text: string, label = 'task'): Citation {
  return { dag, task, label, text, place: { file: task.file, line: task.line } };
}

/** Cites the line that makes a DAG. */
export function dagCitation(dag: Dag, text: string, label = 'dag'): Citation {
  return { dag, task: null, label, text, place: { file: dag.file, line: dag.line } };
}

function evidenceOf({ dag, task, label, text, place }: Citation): Evidence {
  const subject = task ? `${dag.dag_id}/${task.task_id}` : dag.dag_id;
  const short = text.length > longestText ? `${text.slice(0, longestText)}…` : text;
  return { id: `e:${subject}#${label}`, dag_id: dag.dag_id, task_id: task?.task_id ?? null, text: short, place };
}

function freeId(byId: ReadonlyMap<string, Evidence>, evidence: Evidence): string {
  let id = evidence.id;
  for (let number = 2; ; number += 1) {
    const taken = byId.get(id);
    if (!taken || isSame(taken, evidence)) return id;
    id = `${evidence.id}~${number}`;
  }
}

function isSame(a: Evidence, b: Evidence): boolean {
  return a.text === b.text && comparePlaces(a.place, b.place) === 0;
}

function compareEvidence(a: Evidence, b: Evidence): number {
  return compareText(a.dag_id, b.dag_id) || comparePlaces(a.place, b.place) || compareText(a.id, b.id);
}
