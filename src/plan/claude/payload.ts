import type { TriggerCandidate } from '../../model/analysis.js';
import { compareText } from '../../model/place.js';
import type { PlanDocument, Stage } from '../../model/plan.js';
import { coupledProducers } from '../facts/coupled-producers.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import { describeSchedule } from '../facts/today.js';
import { moves } from '../offline/waves.js';
import { allowedKeyFields } from '../tables/dedupe-keys.js';
import type { Aliases } from './aliases.js';
import { nameAliases } from './aliases.js';
import { fence, outgoing } from './text.js';

/** What is sent, and the names under which it is. */
export interface Payload {
  data: string;
  aliases: Aliases;
  /** DAG ids that Claude sees and may speak about. */
  dagIds: ReadonlySet<string>;
  phaseIds: ReadonlySet<string>;
  /** Stages that are left to the rules because there are too many. */
  leftOut: number;
}

/** So many stages still get an answer that fits one reply. */
export const MAX_STAGES_SENT = 60;
/** An estate of more parts than this is refined in its first movers only; the rest keeps what the rules say. */
const MAX_PAYLOADS = 10;
/** A cron expression or a class name fits; a story doesn't. */
const SHORT_TEXT = 80;

/** The plan as a compact graph: aliases, kinds and counts, no source, no ids, no arguments, no values. */
export function buildPayload(plan: PlanDocument, facts: PlanFacts): Payload {
  const [first] = buildPayloads(plan, facts);
  return first ?? payloadOf([], 0, plan, facts);
}

/** The plan in parts of a size that one reply can hold: DAGs that hang together stay together while they fit. */
export function buildPayloads(plan: PlanDocument, facts: PlanFacts): Payload[] {
  const worthwhile = plan.stages.filter((stage) => isWorthwhile(stage, facts)).sort(compareImportance);
  const groups = packed(connected(worthwhile, facts));
  const leftOut = groups.slice(MAX_PAYLOADS).reduce((sum, group) => sum + group.length, 0);
  return groups.slice(0, MAX_PAYLOADS).map((group, index) => payloadOf(group, index === 0 ? leftOut : 0, plan, facts));
}

/** Stages that rely on each other, in the order of their most important member. */
function connected(stages: readonly Stage[], facts: PlanFacts): Stage[][] {
  const byDag = new Map(stages.map((stage) => [stage.dag_id, stage]));
  const placed = new Set<string>();
  const neighbours = (dagId: string): string[] => [
    ...(facts.consumersOf.get(dagId) ?? []).map(({ consumer }) => consumer),
    ...(facts.reliesOn.get(dagId) ?? []).map(({ producer }) => producer),
    ...(facts.candidatesOf.get(dagId) ?? []).flatMap(({ id }) => facts.producers.get(id)?.known ?? []),
  ];
  return stages.flatMap((stage) => {
    const found = placed.has(stage.dag_id) ? [] : [stage.dag_id];
    for (const dagId of found) {
      placed.add(dagId);
      for (const other of neighbours(dagId)) if (byDag.has(other) && !placed.has(other) && !found.includes(other)) found.push(other);
    }
    return found.length === 0 ? [] : [found.flatMap((dagId) => byDag.get(dagId) ?? [])];
  });
}

/** Groups side by side until a reply is full; a group that is too large alone is cut. */
function packed(groups: readonly Stage[][]): Stage[][] {
  const full: Stage[][] = [];
  let open: Stage[] = [];
  for (const group of groups.flatMap(cut)) {
    if (open.length + group.length > MAX_STAGES_SENT) {
      full.push(open);
      open = [];
    }
    open = [...open, ...group];
  }
  return open.length === 0 ? full : [...full, open];
}

function cut(group: readonly Stage[]): Stage[][] {
  const pieces: Stage[][] = [];
  for (let at = 0; at < group.length; at += MAX_STAGES_SENT) pieces.push(group.slice(at, at + MAX_STAGES_SENT));
  return pieces;
}

function payloadOf(members: readonly Stage[], leftOut: number, plan: PlanDocument, facts: PlanFacts): Payload {
  const stages = [...members].sort((a, b) => compareText(a.dag_id, b.dag_id));
  const dagIds = new Set(stages.map(({ dag_id }) => dag_id));
  const stageIds = new Set(stages.map(({ id }) => id));
  const phases = plan.phases.filter(({ changes, emits }) => [...changes.map(({ stage }) => stage), ...emits].every((id) => stageIds.has(id)));
  const candidates = stages.flatMap(({ dag_id }) => facts.candidatesOf.get(dag_id) ?? []);
  const aliases = nameAliases({
    dag: [...facts.dags.keys()],
    cand: candidates.map(({ id }) => id),
    haz: stages.flatMap((stage) => stage.hazards.map(({ hazard }) => hazard)),
    phase: phases.map(({ id }) => id),
    src: candidates.map(sourceIdentity),
  });
  const document = {
    airflow: outgoing(facts.version, SHORT_TEXT),
    dags: stages.map((stage) => describeStage(stage, facts, aliases)),
    fan_ins: plan.analysis.fan_ins
      .filter(({ dag_id }) => dagIds.has(dag_id))
      .map(({ dag_id, join, legs }) => ({ dag: aliases.of('dag', dag_id), join, legs: named(legs, 'cand', aliases) })),
    phases: phases.map((phase) => describePhase(phase, plan, facts, aliases)),
  };
  return {
    data: `<dag_data>\n${fence(document)}\n</dag_data>`,
    aliases,
    dagIds,
    phaseIds: new Set(phases.map(({ id }) => id)),
    leftOut,
  };
}

/** A DAG without a source, a hazard or a move has nothing to talk about. */
function isWorthwhile(stage: Stage, facts: PlanFacts): boolean {
  return moves(stage) || stage.hazards.length > 0 || (facts.candidatesOf.get(stage.dag_id)?.length ?? 0) > 0 || stage.wave > 0;
}

function compareImportance(a: Stage, b: Stage): number {
  return Number(moves(b)) - Number(moves(a)) || a.wave - b.wave || compareText(a.dag_id, b.dag_id);
}

function describeStage(stage: Stage, facts: PlanFacts, aliases: Aliases) {
  const dag = facts.dags.get(stage.dag_id);
  const candidates = facts.candidatesOf.get(stage.dag_id) ?? [];
  const kinds = [...new Set((stage.trigger?.candidates ?? []).flatMap((id) => facts.candidates.get(id)?.source_kind ?? []))];
  return {
    id: aliases.of('dag', stage.dag_id),
    status: dag?.status,
    schedule: dag && dag.schedule.kind !== 'unknown' ? outgoing(describeSchedule(dag.schedule), SHORT_TEXT) : 'unknown',
    today: stage.today,
    target: stage.target,
    verdict: facts.verdicts.get(stage.dag_id)?.verdict,
    in_cycle: facts.cycles.has(stage.dag_id),
    tasks: dag?.tasks.length,
    unknowns: [...new Set((dag?.unknowns ?? []).map(({ kind }) => kind))].sort(),
    candidates: candidates.map((candidate) => describeCandidate(candidate, facts, aliases)),
    trigger: stage.trigger && { candidates: named(stage.trigger.candidates, 'cand', aliases), join: stage.trigger.join },
    delivery: stage.delivery,
    dedupe_key: stage.dedupe_key,
    key_fields: kinds.length > 0 ? [...allowedKeyFields(kinds)].sort() : [],
    waits_on: named(stage.waits_on, 'dag', aliases),
    relied_on_by: (facts.consumersOf.get(stage.dag_id) ?? []).map(({ kind, consumer }) => ({ dag: aliases.of('dag', consumer), by: kind })),
    hazards: (facts.hazardsOf.get(stage.dag_id) ?? []).map(({ id, rule, severity }) => ({
      id: aliases.of('haz', id),
      rule: outgoing(rule, SHORT_TEXT),
      severity,
    })),
  };
}

function describeCandidate(candidate: TriggerCandidate, facts: PlanFacts, aliases: Aliases) {
  return {
    id: aliases.of('cand', candidate.id),
    kind: candidate.source_kind,
    source: aliases.of('src', sourceIdentity(candidate)),
    confidence: candidate.confidence,
    way: candidate.mechanism.kind,
    mid_dag: candidate.is_mid_dag,
    polled_by: candidate.replaces ? outgoing(candidate.replaces.operator, SHORT_TEXT) : '',
    from: named(facts.producers.get(candidate.id)?.known ?? [], 'dag', aliases),
  };
}

function describePhase(phase: PlanDocument['phases'][number], plan: PlanDocument, facts: PlanFacts, aliases: Aliases) {
  const dagOf = new Map(plan.stages.map(({ id, dag_id }) => [id, dag_id]));
  const dagIds = phase.changes.flatMap(({ stage }) => dagOf.get(stage) ?? []);
  const moving = new Set(plan.stages.filter(moves).map(({ dag_id }) => dag_id));
  return {
    id: aliases.of('phase', phase.id),
    kind: phase.kind,
    dags: named(phase.kind === 'observe' ? phase.emits.flatMap((id) => dagOf.get(id) ?? []) : dagIds, 'dag', aliases),
    restore_first: coupledProducers(dagIds, moving, facts).map((dagId) => ({
      dag: aliases.of('dag', dagId),
      step: `Set ${aliases.of('dag', dagId) ?? ''}: cron`,
    })),
    canary: { metric: phase.canary.metric, hours: phase.canary.hours, stop_rule: phase.canary.stop_rule },
    rollback_minutes: phase.rollback.minutes,
  };
}

function named(ids: readonly string[], kind: 'dag' | 'cand', aliases: Aliases): string[] {
  return ids.flatMap((id) => aliases.of(kind, id) ?? []);
}

/** Candidates with the same kind and fields are the same source, whatever it is called. */
function sourceIdentity({ source_kind, fields }: TriggerCandidate): string {
  return JSON.stringify([source_kind, Object.entries(fields).sort(([a], [b]) => compareText(a, b))]);
}
