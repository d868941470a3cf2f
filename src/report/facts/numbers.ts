import type { AnalysisDocument, Severity, SourceKind, Verdict } from '../../model/analysis.js';
import type { DagStatus, GraphDocument } from '../../model/graph.js';
import { compareText } from '../../model/place.js';
import type { PlanDocument, Stage } from '../../model/plan.js';

/** How many of each member of a closed union; members that don't occur count 0. */
function tally<Member extends string>(members: Record<Member, 0>, values: Iterable<Member>): Record<Member, number> {
  const counts: Record<Member, number> = { ...members };
  for (const value of values) counts[value] += 1;
  return counts;
}

export interface GraphNumbers {
  readonly dags: number;
  readonly tasks: number;
  readonly files: number;
  readonly status: Record<DagStatus, number>;
  readonly importErrors: number;
}

/** The numbers that a graph's reports print. */
export function countGraph(graph: GraphDocument): GraphNumbers {
  return {
    dags: graph.dags.length,
    tasks: graph.dags.reduce((sum, dag) => sum + dag.tasks.length, 0),
    files: graph.files.length,
    status: tally({ exact: 0, partial: 0, opaque: 0 }, graph.dags.map((dag) => dag.status)),
    importErrors: graph.import_errors.length,
  };
}

export interface AnalysisNumbers {
  readonly graph: GraphNumbers;
  readonly verdicts: Record<Verdict['verdict'], number>;
  readonly hazards: Record<Severity, number>;
  readonly candidates: number;
  /** Kinds of source that occur, the commonest first. */
  readonly sources: readonly { kind: SourceKind; count: number }[];
}

function countSources(analysis: AnalysisDocument): AnalysisNumbers['sources'] {
  const counts = new Map<SourceKind, number>();
  for (const { source_kind: kind } of analysis.candidates) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .map(([kind, count]) => ({ kind, count }))
    .sort((a, b) => b.count - a.count || compareText(a.kind, b.kind));
}

/** The numbers that an analysis' reports print. */
export function countAnalysis(analysis: AnalysisDocument): AnalysisNumbers {
  return {
    graph: countGraph(analysis.graph),
    verdicts: tally(
      { ready: 0, needs_work: 0, stay_on_cron: 0, event_driven: 0, manual: 0 },
      analysis.verdicts.map((verdict) => verdict.verdict),
    ),
    hazards: tally({ high: 0, medium: 0, low: 0 }, analysis.hazards.map((hazard) => hazard.severity)),
    candidates: analysis.candidates.length,
    sources: countSources(analysis),
  };
}

export interface PlanNumbers extends AnalysisNumbers {
  readonly targets: Record<Stage['target'], number>;
  /** What becomes of each DAG; every DAG counts once. */
  readonly moves: Record<Move, number>;
  /** DAGs that change their mode. */
  readonly moving: number;
  /** Hazards of DAGs that stay on cron: they matter only if that changes. */
  readonly restingHazards: number;
  readonly onCronToday: number;
  readonly phases: number;
  readonly questions: number;
}

/** From a clock to events, to both, nowhere; or on events, or without a schedule, already. */
export type Move = 'event' | 'hybrid' | 'cron' | 'already' | 'manual';

function moveOf({ today, target }: Stage): Move {
  if (target === 'cron' || target === 'manual') return target;
  return today === target || today === 'event' ? 'already' : target;
}

/** The numbers that a plan's reports print. */
export function countPlan(plan: PlanDocument): PlanNumbers {
  const moves = tally({ event: 0, hybrid: 0, cron: 0, already: 0, manual: 0 }, plan.stages.map(moveOf));
  const resting = new Set(plan.stages.filter((stage) => stage.target === 'cron').map((stage) => stage.dag_id));
  return {
    ...countAnalysis(plan.analysis),
    moves,
    targets: tally({ cron: 0, hybrid: 0, event: 0, manual: 0 }, plan.stages.map((stage) => stage.target)),
    moving: moves.event + moves.hybrid,
    restingHazards: plan.analysis.hazards.filter((hazard) => resting.has(hazard.dag_id)).length,
    onCronToday: plan.stages.filter((stage) => stage.today === 'cron').length,
    phases: plan.phases.length,
    questions: plan.questions.length,
  };
}

/** What becomes of the DAGs, in one line whose numbers add up to all of them. */
export function describeMoves({ moves }: Pick<PlanNumbers, 'moves'>): string {
  const parts = [
    `${moves.event} leave cron for events`,
    `${moves.hybrid} get events beside the clock`,
    `${moves.cron} stay on cron`,
    ...(moves.already > 0 ? [`${moves.already} on events already`] : []),
    ...(moves.manual > 0 ? [`${moves.manual} manual`] : []),
  ];
  return parts.join(', ');
}
