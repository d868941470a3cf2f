import type { Hazard } from '../../model/analysis.js';
import type { Dag } from '../../model/graph.js';
import { compareText } from '../../model/place.js';
import type { Stage } from '../../model/plan.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import { describeSchedule } from '../facts/today.js';
import { describeCandidate } from '../facts/usable.js';
import { defaultKey } from '../tables/dedupe-keys.js';
import { clockDelivery } from '../tables/deliveries.js';
import { answerHazard } from '../tables/hazard-answers.js';
import type { Decision } from './decide.js';
import { buildTrigger, deliveryOf, sourceKinds } from './trigger.js';

/** The stage of a DAG. `wave` is 0 and `controls` null until all stages and phases are known. */
export function buildStage(dag: Dag, decision: Decision, facts: PlanFacts): Stage {
  const today = facts.today.get(dag.dag_id) ?? 'unknown';
  return {
    id: stageId(dag.dag_id),
    dag_id: dag.dag_id,
    wave: 0,
    today,
    target: decision.target,
    stay_reason: decision.target === 'cron' ? decision.reasons.join(' ') : '',
    ...deliveryPart(dag, decision, facts),
    waits_on: waitsOn(dag, decision, facts),
    hazards: (facts.hazardsOf.get(dag.dag_id) ?? []).map((hazard) => ({
      hazard: hazard.id,
      answer: answerWhere(hazard, decision, today),
    })),
    questions: [...new Set(decision.questions)],
    rationale: rationale(dag, decision),
    controls: null,
    author: 'rules',
  };
}

/** The standing answers are about the move: where nothing moves they must not be promised. */
function answerWhere(hazard: Hazard, { target }: Decision, today: Stage['today']): string {
  if (target === 'cron') return `Nothing is done while the DAG stays on cron. If it is to move later: ${answerHazard(hazard).answer}`;
  const isKept = today === 'event' || today === 'hybrid';
  return isKept ? `No phase touches this DAG: events start it already, so the hazard is there today. ${hazard.cure}` : answerHazard(hazard).answer;
}

/** A stage is named after its DAG: one DAG, one stage. */
export function stageId(dagId: string): string {
  return `stage:${dagId}`;
}

type DeliveryPart = Pick<Stage, 'trigger' | 'delivery' | 'delivery_reason' | 'dedupe_key' | 'replay'>;

const REPLAY_CLOCK = 'Clear the run of the interval; its tasks run again with the same interval.';
const REPLAY_EVENT =
  'An event whose key is already stored is skipped. To do it again on purpose, clear the run that did it, or remove its key and send the event again.';
const REPLAY_MANUAL = 'Start it again by hand with the same parameters.';

function deliveryPart(dag: Dag, decision: Decision, facts: PlanFacts): DeliveryPart {
  if (decision.target === 'manual')
    return { trigger: null, ...wording(clockDelivery.manual), dedupe_key: [], replay: REPLAY_MANUAL };
  if (decision.target === 'cron') {
    const row = dag.catchup === true ? clockDelivery.catchup : clockDelivery.no_catchup;
    return { trigger: null, ...wording(row), dedupe_key: [...defaultKey(['clock'])], replay: REPLAY_CLOCK };
  }
  const legs = decision.legs.chosen;
  if (legs.length === 0 || facts.today.get(dag.dag_id) !== 'cron') return keptEvent(dag);
  return {
    trigger: buildTrigger({ legs, join: decision.legs.join, target: decision.target }, facts),
    ...wording(deliveryOf(legs, decision.target)),
    dedupe_key: defaultKey(sourceKinds(legs)),
    replay: REPLAY_EVENT,
  };
}

/** A DAG that events start today keeps its start as it is. */
function keptEvent(dag: Dag): DeliveryPart {
  const byAssets = dag.schedule.kind === 'assets' || dag.schedule.kind === 'assets_or_time';
  const kind = byAssets ? 'asset' : 'dag_completion';
  return {
    trigger: {
      source_kind: kind,
      candidates: [],
      join: 'single',
      text: byAssets ? 'the assets of its schedule, as today' : 'another DAG starts it, as today',
      mechanism: 'as it is today',
    },
    delivery: 'at_least_once',
    delivery_reason: 'As today: Airflow stores the start in its database, and a retried or cleared sender starts it again.',
    dedupe_key: defaultKey([kind]),
    replay: REPLAY_EVENT,
  };
}

function wording(row: { delivery: Stage['delivery']; reason: string }): Pick<Stage, 'delivery' | 'delivery_reason'> {
  return { delivery: row.delivery, delivery_reason: row.reason };
}

function waitsOn(dag: Dag, decision: Decision, facts: PlanFacts): string[] {
  const moves = decision.target === 'hybrid' || decision.target === 'event';
  if (!moves || facts.today.get(dag.dag_id) !== 'cron') return [];
  return producersOf(
    decision.legs.chosen.map(({ id }) => id),
    facts,
  );
}

/** The DAGs of this repository that must announce themselves for these candidates. */
export function producersOf(candidateIds: readonly string[], facts: PlanFacts): string[] {
  const known = candidateIds.flatMap((id) => facts.producers.get(id)?.known ?? []);
  return [...new Set(known)].sort(compareText);
}

function rationale(dag: Dag, { target, legs, reasons }: Decision): string {
  const today = `Today: ${describeSchedule(dag.schedule)}.`;
  if (reasons.length === 0 && target !== 'event') return today;
  if (target === 'cron') return `${today} ${reasons.join(' ')}`;
  if (legs.chosen.length === 0) return today;
  const sources = legs.chosen.map((leg) => `${describeCandidate(leg)} [${leg.confidence}]`).join(', ');
  const clock = target === 'hybrid' ? ` The clock stays as the safety net. ${reasons.join(' ')}` : '';
  return `${today} It is started by ${sources}.${clock}`;
}
