import type { Finding, Hazard } from '../../model/analysis.js';
import type { Dag } from '../../model/graph.js';
import { otherPlaces, placeOf, type Estate, type FindingDraft } from './rule.js';

/** Whether events start the DAG today. */
export function isOnEvents(dag: Dag | undefined): boolean {
  return dag?.schedule.kind === 'assets' || dag?.schedule.kind === 'assets_or_time';
}

/** Findings for hazards of one rule, where `levelOf` wants one. The hazard's id tells several at one task apart. */
export function fromHazards(estate: Estate, rule: string, levelOf: (hazard: Hazard, dag: Dag) => Finding['level'] | undefined): FindingDraft[] {
  return estate.analysis.hazards.flatMap((hazard) => {
    const dag = estate.dag(hazard.dag_id);
    const level = hazard.rule === rule && dag !== undefined ? levelOf(hazard, dag) : undefined;
    if (dag === undefined || level === undefined) return [];
    const task = hazard.task_id === null ? undefined : estate.task(hazard.dag_id, hazard.task_id);
    const place = placeOf(task ?? dag);
    return [
      {
        level,
        dag_id: hazard.dag_id,
        task_id: hazard.task_id,
        subject: `${rule}${hazard.id.slice(hazard.id.indexOf('/'))}`,
        message: hazard.message,
        cure: hazard.cure,
        place,
        related: otherPlaces(estate.places(hazard.evidence), place),
      },
    ];
  });
}
