import type { FanIn, TriggerCandidate, Verdict } from '../../../model/analysis.js';
import type { Dag } from '../../../model/graph.js';
import type { Place } from '../../../model/place.js';
import type { Stage } from '../../../model/plan.js';
import { sentence } from '../../facts/plural.js';
import { describeSchedule } from '../../facts/schedule.js';
import { describeSource } from '../../facts/source.js';
import { sourceWords } from '../../words.js';
import { nothing } from '../safe.js';
import type { SafeHtml } from '../safe.js';
import type { PlanContext } from './context.js';
import { groupHazards } from './hazards.js';
import type { HazardGroup, HazardView } from './hazards.js';

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
  readonly graph: SafeHtml;
}

const PLACES_IN_TABLE = 2;

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
    graph,
  };
}
