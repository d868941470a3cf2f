import type { AnalysisDocument, Finding } from '../../model/analysis.js';
import type { PresetName, RuleLevel } from '../../model/check.js';
import type { Dag, Task } from '../../model/graph.js';
import type { Place } from '../../model/place.js';
import type { PlanDocument } from '../../model/plan.js';
import type { RuleDoc } from '../../model/rule.js';

/** Something that a check rule reports, before it has a fingerprint. */
export interface FindingDraft {
  level: Finding['level'];
  dag_id: string | null;
  task_id: string | null;
  /** Tells apart findings of one rule at one task; never a file, a line or a wording. */
  subject: string;
  message: string;
  /** When this finding has a cure of its own. */
  cure?: string;
  place: Place;
  related: Place[];
}

/** A rule of the pull-request check: its whole story and its matcher, in one file. */
export interface CheckRule {
  doc: RuleDoc & { kind: 'check'; level: Finding['level'] };
  /** Where a preset's level isn't the common one: a draft's own, and one higher in `strict`. */
  presets?: Partial<Record<PresetName, RuleLevel>> | undefined;
  find(estate: Estate): FindingDraft[];
}

/** An analysis with what rules look up again and again. */
export interface Estate {
  analysis: AnalysisDocument;
  /** The migration plan that the team has committed to. */
  plan?: PlanDocument | undefined;
  dag(dagId: string): Dag | undefined;
  task(dagId: string, taskId: string): Task | undefined;
  places(evidence: readonly string[]): Place[];
}

/** Indexes an analysis for the rules. */
export function createEstate(analysis: AnalysisDocument, plan?: PlanDocument): Estate {
  const dags = new Map(analysis.graph.dags.map((dag) => [dag.dag_id, dag]));
  const tasks = new Map(analysis.graph.dags.map((dag) => [dag.dag_id, new Map(dag.tasks.map((task) => [task.task_id, task]))]));
  const places = new Map(analysis.evidence.map((evidence) => [evidence.id, evidence.place]));
  return {
    analysis,
    plan,
    dag: (dagId) => dags.get(dagId),
    task: (dagId, taskId) => tasks.get(dagId)?.get(taskId),
    places: (evidence) => evidence.flatMap((id) => places.get(id) ?? []),
  };
}

/** The place of a task, or of its DAG. */
export function placeOf(owner: Pick<Dag | Task, 'file' | 'line'>): Place {
  return { file: owner.file, line: owner.line };
}

/** Places other than the finding's own, each once. */
export function otherPlaces(places: readonly Place[], own: Place): Place[] {
  const seen = new Set([`${own.file}:${own.line}`]);
  return places.filter((place) => {
    const key = `${place.file}:${place.line}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
