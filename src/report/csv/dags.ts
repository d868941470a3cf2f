import type { PlanDocument } from '../../model/plan.js';
import { describeSchedule } from '../facts/schedule.js';
import { waitsOf } from '../facts/waits.js';
import { severities } from '../words.js';
import { renderCsv } from './table.js';

/** The table of DAGs: a row each, values as the document has them, so that a program can read them. */
export function renderDagsCsv({ analysis, stages, ...plan }: PlanDocument): string {
  const verdicts = new Map(analysis.verdicts.map((verdict) => [verdict.dag_id, verdict.verdict]));
  const stageOf = new Map(stages.map((stage) => [stage.dag_id, stage]));
  const ranks = new Map((analysis.ranking ?? []).map((rank) => [rank.dag_id, rank]));
  const waits = new Map(waitsOf({ analysis, stages, ...plan }).map((wait) => [wait.dagId, wait]));
  const hazards = new Map<string, number>();
  for (const { dag_id: dagId, severity } of analysis.hazards) hazards.set(`${severity} ${dagId}`, (hazards.get(`${severity} ${dagId}`) ?? 0) + 1);
  const rows = analysis.graph.dags.map((dag) => {
    const stage = stageOf.get(dag.dag_id);
    const wait = waits.get(dag.dag_id);
    return [
      dag.dag_id, dag.file, dag.line, dag.owner ?? '', dag.tags.join(' '), dag.tasks.length, dag.status, describeSchedule(dag.schedule),
      verdicts.get(dag.dag_id) ?? '', stage?.today ?? '', stage?.target ?? '', stage === undefined || stage.wave === 0 ? '' : stage.wave,
      stage?.trigger?.source_kind ?? '', stage?.trigger?.text ?? '', stage?.stay_reason ?? '', stage?.delivery ?? '', stage?.dedupe_key.join(' ') ?? '',
      ...severities.map((severity) => hazards.get(`${severity} ${dag.dag_id}`) ?? 0),
      ranks.get(dag.dag_id)?.position ?? '', wait?.today ?? '', wait?.after ?? '', ranks.get(dag.dag_id)?.factors.slot_hours.value ?? '',
    ];
  });
  return renderCsv(head, rows);
}

const head = [
  'dag_id', 'file', 'line', 'owner', 'tags', 'tasks', 'known', 'schedule',
  'verdict', 'today', 'after', 'phase',
  'trigger_source', 'trigger', 'stay_reason', 'delivery', 'dedupe_key',
  ...severities.map((severity) => `${severity}_hazards`),
  'position', 'wait_today_seconds', 'wait_after_seconds', 'slot_hours_a_day',
];
