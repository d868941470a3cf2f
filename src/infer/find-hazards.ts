import type { Hazard } from '../model/analysis.js';
import type { InferContext } from './context.js';
import { hazardRules } from './hazards/registry.js';
import type { HazardMatch, HazardRule, HazardScope } from './hazards/rule.js';

/** Runs every hazard rule over one DAG. */
export function findHazards(scope: HazardScope): Hazard[] {
  return hazardRules.flatMap((rule) => rule.find(scope).map((match) => finish(rule, match, scope)));
}

function finish(rule: HazardRule, match: HazardMatch, { facts, context }: HazardScope): Hazard {
  return {
    id: hazardId(rule, match, facts.dag.dag_id),
    rule: rule.doc.id,
    title: rule.doc.title,
    severity: match.severity,
    dag_id: facts.dag.dag_id,
    task_id: match.task?.task_id ?? null,
    message: match.message,
    cure: match.cure ?? rule.doc.cure,
    evidence: citeAll(match, context),
  };
}

function hazardId(rule: HazardRule, match: HazardMatch, dagId: string): string {
  const subject = match.subject === undefined ? '' : `#${match.subject}`;
  return `${rule.doc.id}:${dagId}/${match.task?.task_id ?? ''}${subject}`;
}

function citeAll(match: HazardMatch, context: InferContext): string[] {
  return [...new Set(match.evidence.map((citation) => context.book.cite(citation)))];
}
