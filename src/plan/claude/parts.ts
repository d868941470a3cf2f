import type { Stage, Phase, PlanDocument } from '../../model/plan.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import { joinOf } from '../offline/choose-legs.js';
import { producersOf } from '../offline/stage.js';
import { buildTrigger, deliveryOf } from '../offline/trigger.js';
import { clockDelivery } from '../tables/deliveries.js';
import type { Payload } from './payload.js';
import type { PhaseReply, Reply, StageReply } from './reply.js';
import { incoming } from './text.js';

/** A stage or phase as Claude wants it, in the plan's own terms; nothing of it has been checked against the graph. */
export interface Part {
  kind: 'stage' | 'phase';
  /** Id of the stage or phase. */
  id: string;
  stage?: Stage;
  phase?: Pick<Phase, 'title' | 'goal' | 'canary'> & { steps: string[]; minutes: number; replay: string };
}

/** Enough for a thought and an example; a report has to stay readable. */
const limits = { title: 120, goal: 400, text: 600, metric: 200, step: 300, rationale: 900, question: 300, field: 80 };
const MOST_QUESTIONS = 5;
const MOST_STEPS = 10;

interface Reading {
  plan: PlanDocument;
  facts: PlanFacts;
  payload: Payload;
  refuse: (code: string, part: string, why: string) => undefined;
}

/** Reads a reply into parts. What names something that does not exist is refused here, part by part. */
export function readParts(reply: Reply, plan: PlanDocument, facts: PlanFacts, payload: Payload): { parts: Part[]; refused: string[] } {
  const refused: string[] = [];
  const refuse = (code: string, part: string, why: string): undefined => {
    refused.push(`${code} ${part}: ${why}`);
  };
  const reading: Reading = { plan, facts, payload, refuse };
  const seen = new Set<string>();
  const once = (part: Part | undefined): Part[] => {
    if (!part) return [];
    const isNew = !seen.has(part.id);
    seen.add(part.id);
    if (!isNew) refuse('PART_TWICE', part.id, 'the reply speaks of it twice; the first one counts.');
    return isNew ? [part] : [];
  };
  const stages = reply.stages.flatMap((stage) => once(readStage(stage, reading)));
  const phases = reply.phases.flatMap((phase) => once(readPhase(phase, reading)));
  return { parts: [...stages, ...phases], refused };
}

/** Puts ids back into a text of the reply; an alias that was never given is noted. */
function reader(payload: Payload): { read: (text: string, limit: number) => string; unknown: string[] } {
  const unknown: string[] = [];
  return {
    unknown,
    read(text, limit) {
      const resolved = payload.aliases.resolve(incoming(text, limit));
      unknown.push(...resolved.unknown);
      return resolved.text;
    },
  };
}

function readStage(reply: StageReply, { plan, facts, payload, refuse }: Reading): Part | undefined {
  const dagId = payload.aliases.id('dag', reply.id);
  const offline = plan.stages.find(({ dag_id }) => dag_id === dagId);
  if (!offline || !payload.dagIds.has(offline.dag_id)) return refuse('UNKNOWN_STAGE', incoming(reply.id, limits.field), 'no such DAG was given.');
  const { read, unknown } = reader(payload);
  const candidates = reply.candidates.map((alias) => payload.aliases.id('cand', alias) ?? (unknown.push(incoming(alias, limits.field)), alias));
  const questions = reply.questions.slice(0, MOST_QUESTIONS).map((question) => read(question, limits.question)).filter((text) => text !== '');
  const rationale = read(reply.rationale, limits.rationale);
  if (unknown.length > 0) return refuse('UNKNOWN_ALIAS', offline.dag_id, `${unknown.join(', ')} was never given.`);
  const words = { rationale: rationale === '' ? offline.rationale : rationale, questions: [...new Set([...offline.questions, ...questions])] };
  if (offline.today !== 'cron') {
    if (reply.target !== offline.target && offline.target !== 'manual')
      return refuse('MOVE_WITHOUT_CLOCK', offline.dag_id, 'no clock starts it today.');
    return { kind: 'stage', id: offline.id, stage: { ...offline, ...words } };
  }
  const stage = { ...offline, ...words, ...startPart(offline, { ...reply, candidates }, words.rationale, facts) };
  return { kind: 'stage', id: offline.id, stage };
}

/** All that follows from target, candidates and key is computed here, not taken from the reply. */
function startPart(offline: Stage, reply: StageReply, rationale: string, facts: PlanFacts): Partial<Stage> {
  const { target, dedupe_key } = reply;
  if (target === 'cron') {
    if (offline.target === 'cron') return {};
    const row = facts.dags.get(offline.dag_id)?.catchup === true ? clockDelivery.catchup : clockDelivery.no_catchup;
    const delivery = { delivery: row.delivery, delivery_reason: row.reason };
    return { target, stay_reason: rationale, trigger: null, waits_on: [], ...delivery, dedupe_key: ['dag_id', 'data_interval_start'] };
  }
  const legs = [...new Set(reply.candidates)].flatMap((id) => facts.candidates.get(id) ?? []);
  const join = legs.length < 2 ? 'single' : reply.join === 'single' ? joinOf(offline.dag_id, legs, facts) : reply.join;
  const row = deliveryOf(legs, target);
  return {
    target,
    stay_reason: '',
    trigger: legs.length === 0 ? null : buildTrigger({ legs, join, target }, facts),
    waits_on: producersOf(legs.map(({ id }) => id), facts),
    delivery: row.delivery,
    delivery_reason: row.reason,
    dedupe_key: dedupe_key.map((field) => incoming(field, limits.field)),
  };
}

function readPhase(reply: PhaseReply, { plan, payload, refuse }: Reading): Part | undefined {
  const id = payload.aliases.id('phase', reply.id);
  const offline = plan.phases.find((phase) => phase.id === id);
  if (!offline || id === undefined) return refuse('UNKNOWN_PHASE', incoming(reply.id, limits.field), 'no such phase was given.');
  const { read, unknown } = reader(payload);
  const { canary, rollback } = reply;
  const phase: NonNullable<Part['phase']> = {
    title: read(reply.title, limits.title),
    goal: read(reply.goal, limits.goal),
    canary: {
      text: read(canary.text, limits.text),
      metric: read(canary.metric, limits.metric),
      hours: canary.hours,
      stop_rule: read(canary.stop_rule, limits.text),
    },
    steps: rollback.steps.slice(0, MOST_STEPS).map((step) => read(step, limits.step)),
    minutes: rollback.minutes,
    replay: read(rollback.replay, limits.text),
  };
  if (unknown.length > 0) return refuse('UNKNOWN_ALIAS', id, `${unknown.join(', ')} was never given.`);
  return { kind: 'phase', id, phase };
}
