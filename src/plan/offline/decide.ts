import type { Dag } from '../../model/graph.js';
import type { Stage } from '../../model/plan.js';
import { unknownCures } from '../../model/unknown-cures.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import type { UnusableReason } from '../facts/usable.js';
import { describeCandidate, unusableQuestions, unusableWords } from '../facts/usable.js';
import { cadenceRatio, changesCadence } from '../facts/cadence.js';
import { followsCalendar } from '../facts/calendar.js';
import { isConfirmed } from '../facts/user-context.js';
import { waitsLeft } from '../facts/waits.js';
import { clockBound } from '../tables/clock-bound.js';
import { answerHazard } from '../tables/hazard-answers.js';
import type { Legs } from './choose-legs.js';
import { chooseLegs } from './choose-legs.js';
import { deliveryOf, joinProblem } from './trigger.js';

/** How far a DAG goes, and why not further. */
export interface Decision {
  target: Stage['target'];
  /** Why it doesn't go further than `target`; empty when it goes all the way, or has no clock to leave. */
  reasons: readonly string[];
  questions: readonly string[];
  legs: Legs;
  /** DAGs that hold this one back, because they rely on its clock and don't leave theirs. */
  heldBy: readonly string[];
}

/** What may go on beside the trigger: it neither starts the whole DAG nor has to be there before it starts. */
const standsAside: ReadonlySet<UnusableReason> = new Set<UnusableReason>(['clock', 'mid_dag', 'already_pushed']);

/** Enough to see the cause; the whole list is in the graph document. */
const UNKNOWNS_ASKED_PER_DAG = 3;

/** Decides DAG by DAG, consumers first: a producer may leave its clock only when those that rely on it have left theirs. */
export function decideAll(facts: PlanFacts): ReadonlyMap<string, Decision> {
  const decisions = new Map<string, Decision>();
  for (const dagId of facts.consumersFirst) {
    const dag = facts.dags.get(dagId);
    if (dag) decisions.set(dagId, decide(dag, facts, decisions));
  }
  return decisions;
}

function decide(dag: Dag, facts: PlanFacts, decided: ReadonlyMap<string, Decision>): Decision {
  const legs = chooseLegs(dag.dag_id, facts);
  const keep = keepTarget(dag, facts);
  if (keep) return { target: keep, reasons: [], questions: unknownQuestions(dag), legs, heldBy: [] };
  const stay = whyStay(dag, legs, facts, decided);
  const questions = [...unknownQuestions(dag), ...candidateQuestions(legs, facts), ...cadenceQuestions(dag, legs, facts)];
  if (stay) return { target: 'cron', reasons: stay.reasons, questions, legs, heldBy: stay.heldBy };
  const cap = whyHybrid(dag, legs, facts, decided);
  const target = cap.reasons.length === 0 ? 'event' : 'hybrid';
  return { target, reasons: cap.reasons, questions: [...questions, ...cap.questions], legs, heldBy: cap.heldBy };
}

/** What has no clock of its own to leave keeps its start. */
function keepTarget(dag: Dag, facts: PlanFacts): Stage['target'] | undefined {
  const today = facts.today.get(dag.dag_id);
  return today === 'event' || today === 'manual' || today === 'hybrid' ? today : undefined;
}

interface Hold {
  reasons: string[];
  heldBy: string[];
}

/** The ladder of what keeps a DAG on cron: the first rung that holds is the reason. */
function whyStay(
  dag: Dag,
  legs: Legs,
  facts: PlanFacts,
  decided: ReadonlyMap<string, Decision>,
): Hold | undefined {
  const stays = (...reasons: string[]): Hold => ({ reasons: [...new Set(reasons.map((reason) => sentence(reason, facts)))], heldBy: [] });
  const verdict = facts.verdicts.get(dag.dag_id);
  if (dag.schedule.kind === 'unknown') return stays(`Its schedule is not known: ${dag.schedule.reason}.`);
  if (dag.schedule.kind === 'once') return stays('It runs once; there is no clock to leave.');
  if (dag.status === 'opaque') return stays('Its graph could not be read, so nothing about it can be promised.');
  if (verdict?.verdict === 'stay_on_cron')
    return verdict.reasons.length > 0 ? stays(...verdict.reasons) : stays('The analysis says that it belongs on the clock.');
  const rules = new Set((facts.hazardsOf.get(dag.dag_id) ?? []).map(({ rule }) => rule));
  const bound = clockBound.find((row) => row.rules.every((rule) => rules.has(rule)));
  if (bound) return stays(bound.reason);
  const cycle = facts.cycles.get(dag.dag_id);
  if (cycle) return stays(cycleReason(cycle));
  if (legs.chosen.length === 0) return stays(...noLegReasons(legs, facts));
  const [wait] = waitsLeft(dag.dag_id, legs.chosen, facts);
  if (wait)
    return stays(
      `Its task ${wait.task_id} waits for a run of ${wait.external_dag_id ?? 'a DAG that is not known'} by logical date, which an event run does not have.`,
    );
  const problem = joinProblem(legs.chosen, legs.join, facts);
  if (problem !== undefined) return stays(problem);
  if (changesCadence(dag.dag_id, legs.chosen, legs.join, facts)) return stays(cadenceReason(dag.dag_id, legs, facts));
  return heldBySensors(dag.dag_id, facts, decided);
}

function cadenceReason(dagId: string, legs: Legs, facts: PlanFacts): string {
  const times = Math.round(cadenceRatio(dagId, legs.chosen, legs.join, facts));
  return `Events would start it ${times} times as often as its clock does, and nobody has said that this is wanted.`;
}

/** The question that lets a DAG move whose events come more often than its clock. */
function cadenceQuestions(dag: Dag, legs: Legs, facts: PlanFacts): string[] {
  if (legs.chosen.length === 0 || !changesCadence(dag.dag_id, legs.chosen, legs.join, facts)) return [];
  const times = Math.round(cadenceRatio(dag.dag_id, legs.chosen, legs.join, facts));
  return [`May ${dag.dag_id} run after each event, ${times} times as often as today (cadence in dag2event.context.yaml)? Or which of the runs before it is the one to wait for?`];
}

/** A reason of the analysis may be a mere clause. A DAG's name stays as it is written. */
function sentence(text: string, facts: PlanFacts): string {
  const isName = facts.dags.has(text.split(' ', 1)[0] ?? '');
  const begun = isName ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

function cycleReason(others: readonly string[]): string {
  if (others.length === 0) return 'It waits for its own earlier run: started by its own event it would never stop.';
  return `It depends on itself through ${others.join(', ')}: started by events the circle would never stop.`;
}

function noLegReasons(legs: Legs, facts: PlanFacts): string[] {
  if (legs.unusable.length === 0) return ['Nothing was found that could start it instead of the clock.'];
  return legs.unusable.map(({ candidate, reason }) => `${describeCandidate(candidate)} ${unusableWords[reason](candidate, facts)}`);
}

function heldBySensors(dagId: string, facts: PlanFacts, decided: ReadonlyMap<string, Decision>): Hold | undefined {
  const holders = holdersOf(dagId, 'sensor', facts, decided);
  if (holders.length === 0) return undefined;
  const reason = `${holders.join(', ')} polls for its runs by logical date and does not leave the clock itself.`;
  return { reasons: [reason], heldBy: holders };
}

/** Consumers that rely on this DAG's clock and won't be started by its event instead. */
function holdersOf(
  dagId: string,
  kind: 'sensor' | 'clock',
  facts: PlanFacts,
  decided: ReadonlyMap<string, Decision>,
): string[] {
  return (facts.consumersOf.get(dagId) ?? [])
    .filter((coupling) => coupling.kind === kind && !leavesClock(coupling.consumer, facts, decided))
    .map(({ consumer }) => consumer);
}

function leavesClock(dagId: string, facts: PlanFacts, decided: ReadonlyMap<string, Decision>): boolean {
  return facts.today.get(dagId) === 'cron' && decided.get(dagId)?.target === 'event';
}

/** Everything that keeps the clock as a safety net. */
function whyHybrid(
  dag: Dag,
  legs: Legs,
  facts: PlanFacts,
  decided: ReadonlyMap<string, Decision>,
): Hold & { questions: string[] } {
  const reasons: string[] = [];
  const questions: string[] = [];
  if (dag.status === 'partial') reasons.push('A part of its graph could not be read.');
  for (const leg of legs.chosen.filter((candidate) => candidate.confidence !== 'high' && !isConfirmed(candidate, facts.context))) {
    reasons.push(`That it waits for ${describeCandidate(leg)} is likely, not certain.`);
    questions.push(`Is it true that ${dag.dag_id} waits for ${describeCandidate(leg)}?`);
  }
  for (const { candidate, reason } of legs.unusable)
    if (!standsAside.has(reason))
      reasons.push(`It also seems to need ${describeCandidate(candidate)}, which ${unusableWords[reason](candidate, facts)}.`);
  for (const producer of partialProducers(legs, facts))
    reasons.push(`Where the last task of ${producer} is could not be read in full, so its event might come too early.`);
  if (deliveryOf(legs.chosen, 'event').delivery === 'at_most_once') reasons.push('Its events can be lost on the way, so the clock stays.');
  if (followsCalendar(dag.dag_id, facts)) reasons.push('It follows the calendar too, which no event carries.');
  for (const hazard of facts.hazardsOf.get(dag.dag_id) ?? [])
    if (hazard.severity === 'high' && !answerHazard(hazard).isKnown)
      reasons.push(`Hazard ${hazard.rule} is severe and has no standing answer.`);
  const heldBy = holdersOf(dag.dag_id, 'clock', facts, decided);
  if (heldBy.length > 0) reasons.push(`${heldBy.join(', ')} relies on the hour at which it is done and keeps its own clock.`);
  return { reasons: [...new Set(reasons)], questions, heldBy };
}

function partialProducers(legs: Legs, facts: PlanFacts): string[] {
  const producers = legs.chosen.flatMap(({ id }) => {
    const { known = [], announced } = facts.producers.get(id) ?? {};
    return known.filter((dagId) => !announced?.has(dagId));
  });
  return [...new Set(producers)].filter((dagId) => facts.dags.get(dagId)?.status === 'partial').sort();
}

function unknownQuestions(dag: Dag): string[] {
  const questions = dag.unknowns.map(
    ({ kind, reason, file, line }) => `${file}:${line}: ${reason}. What helps: ${unknownCures[kind]}.`,
  );
  return [...new Set(questions)].slice(0, UNKNOWNS_ASKED_PER_DAG);
}

/** A job that the DAG starts and then awaits is one piece of work: nobody is asked to split it. */
function candidateQuestions(legs: Legs, facts: PlanFacts): string[] {
  return legs.unusable
    .filter(({ candidate, reason }) => !(reason === 'mid_dag' && candidate.source_kind === 'job_completion'))
    .flatMap(({ candidate, reason }) => unusableQuestions[reason]?.(candidate, facts) ?? []);
}
