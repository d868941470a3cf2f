import type { FanIn, RankedDag, TriggerCandidate, Verdict } from '../../../model/analysis.js';
import type { Dag } from '../../../model/graph.js';
import type { Place } from '../../../model/place.js';
import type { Phase, Stage } from '../../../model/plan.js';
import type { Reliance } from '../../facts/reliances.js';
import type { WeekOfRuns } from '../../facts/sample-week.js';
import { sentence } from '../../facts/plural.js';
import { describeSchedule } from '../../facts/schedule.js';
import { describeSource } from '../../facts/source.js';
import { sourceWords } from '../../words.js';
import { nothing } from '../safe.js';
import type { SafeHtml } from '../safe.js';
import type { PlanContext } from './context.js';
import { groupHazards } from './hazards.js';
import type { HazardGroup, HazardView } from './hazards.js';
import type { AccessLine } from './task-access.js';

/** Everything that the page says about one DAG. */
export interface DagView {
  readonly dag: Dag;
  readonly anchor: string;
  readonly schedule: string;
  readonly stage: Stage | null;
  readonly verdict: Verdict | null;
  readonly candidates: readonly TriggerCandidate[];
  readonly fanIns: readonly FanIn[];
  readonly hazards: readonly HazardView[];
  /** The same, those that share rule, cure and answer together. */
  readonly hazardGroups: readonly HazardGroup[];
  /** What starts it after the migration, or why it stays, in a few words. */
  readonly trigger: string;
  readonly evidence: readonly Place[];
  /** The phases that touch it, and what each does with it. */
  readonly phases: readonly { readonly phase: Phase; readonly does: string }[];
  readonly rank: RankedDag | null;
  /** How many DAGs have a place in the order. */
  readonly ranked: number;
  readonly week: WeekOfRuns | null;
  readonly reliances: readonly Reliance[];
  readonly access: ReadonlyMap<string, readonly AccessLine[]>;
  readonly graph: SafeHtml;
}

const PLACES_IN_TABLE = 1;

function answersOf(stage: Stage | null): ReadonlyMap<string, string> {
  return new Map((stage?.hazards ?? []).map(({ hazard, answer }) => [hazard, answer]));
}

function triggerOf(stage: Stage | null, candidates: readonly TriggerCandidate[]): string {
  if (stage === null) return '';
  if (stage.stay_reason !== '') return stage.stay_reason;
  if (stage.trigger === null) return '';
  const ids = new Set(stage.trigger.candidates);
  // A DAG that is started as today has no candidates in its plan: what starts it is what was found.
  const { source_kind: source } = stage.trigger;
  const found = ids.size === 0 ? candidates.filter((each) => each.source_kind === source) : candidates.filter((each) => ids.has(each.id));
  const names = [...new Set(found.map(shortName))];
  const kind = sentence(sourceWords[stage.trigger.source_kind]);
  return names.length === 0 ? kind : `${kind}: ${names.join(', ')}`;
}

/** An asset by its name: its address is often long, and begins like all the others. */
function shortName(candidate: TriggerCandidate): string {
  const { name } = candidate.fields;
  return candidate.source_kind === 'asset' && name !== undefined ? name : describeSource(candidate);
}

function evidenceOf(dagId: string, context: PlanContext): Place[] {
  const items = [...(context.candidates.get(dagId) ?? []), ...(context.hazards.get(dagId) ?? [])];
  const places = items.flatMap((item) => item.evidence).flatMap((id) => context.evidence.get(id)?.place ?? []);
  const distinct = new Map(places.map((place) => [`${place.file}:${place.line}`, place]));
  return [...distinct.values()].slice(0, PLACES_IN_TABLE);
}

function doesIn({ emits, changes }: Phase, stageId: string): string {
  const change = changes.find(({ stage }) => stage === stageId);
  if (change !== undefined) return `${change.from} → ${change.to}`;
  return emits.includes(stageId) ? 'announces its success' : '';
}

export function dagView(dag: Dag, context: PlanContext, graph: SafeHtml = nothing): DagView {
  const stage = context.stages.get(dag.dag_id) ?? null;
  const candidates = context.candidates.get(dag.dag_id) ?? [];
  const answers = answersOf(stage);
  const hazards = (context.hazards.get(dag.dag_id) ?? []).map((hazard) => ({ hazard, answer: answers.get(hazard.id) ?? '' }));
  return {
    dag,
    anchor: context.anchors(dag.dag_id) ?? '',
    schedule: describeSchedule(dag.schedule),
    stage,
    verdict: context.verdicts.get(dag.dag_id) ?? null,
    candidates,
    fanIns: context.fanIns.get(dag.dag_id) ?? [],
    hazards,
    hazardGroups: groupHazards(hazards),
    trigger: triggerOf(stage, candidates),
    evidence: evidenceOf(dag.dag_id, context),
    phases: (stage === null ? [] : (context.phases.get(stage.id) ?? [])).map((phase) => ({ phase, does: doesIn(phase, stage?.id ?? '') })),
    rank: context.ranking.get(dag.dag_id) ?? null,
    ranked: context.ranking.size,
    week: context.weeks(dag) ?? null,
    reliances: context.reliances.get(dag.dag_id) ?? [],
    access: context.access(dag.dag_id),
    graph,
  };
}
