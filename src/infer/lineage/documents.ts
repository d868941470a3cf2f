import type { LineageLink, ResourceAccess, TaskResources } from '../../model/analysis.js';
import { compareText } from '../../model/place.js';
import type { InferContext } from '../context.js';
import { accessCitation } from './citation.js';
import type { FoundLink, Side } from './links.js';
import { resourceOf } from './resource.js';

/** What each task reads and writes, with evidence. Tasks of which nothing is known have none. */
export function taskResources(context: InferContext): TaskResources[] {
  return context.graph.dags.flatMap((dag) =>
    dag.tasks.flatMap((task): TaskResources[] => {
      const { accesses, gaps } = context.accessesOf(dag, task);
      if (accesses.length === 0 && gaps.length === 0) return [];
      const of = (direction: 'read' | 'write'): ResourceAccess[] =>
        accesses.filter((access) => access.direction === direction).map((access) => documented({ dag, task, access }, context)).sort((a, b) => compareText(a.resource.key, b.resource.key));
      const unknowns = [...new Map(gaps.map((gap) => [JSON.stringify(gap), { reason: gap.reason, place: gap.place }])).values()];
      return [{ dag_id: dag.dag_id, task_id: task.task_id, reads: of('read'), writes: of('write'), unknowns }];
    }),
  ).sort((a, b) => compareText(a.dag_id, b.dag_id) || compareText(a.task_id, b.task_id));
}

function documented(side: Side, { book }: InferContext): ResourceAccess {
  const { found, how, confidence, reasons } = side.access;
  return { resource: resourceOf(found), how, confidence, reasons: [...reasons], evidence: [book.cite(accessCitation(side))] };
}

/** Links as documents tell them. */
export function lineageLinks(links: readonly FoundLink[], { book }: InferContext): LineageLink[] {
  const told = links.map(({ reader, writer, match }) => ({
    id: `l:${writer.dag.dag_id}/${writer.task.task_id}>${reader.dag.dag_id}/${reader.task.task_id}#${resourceOf(reader.access.found).key}`,
    writer: { dag_id: writer.dag.dag_id, task_id: writer.task.task_id },
    reader: { dag_id: reader.dag.dag_id, task_id: reader.task.task_id },
    written: resourceOf(writer.access.found),
    read: resourceOf(reader.access.found),
    confidence: match.confidence,
    reasons: [...match.reasons],
    evidence: [book.cite(accessCitation(reader)), book.cite(accessCitation(writer))],
  }));
  return told.sort((a, b) => compareText(a.id, b.id));
}
