import type { EventContract } from '../../../src/model/contract.js';
import type { Controls } from '../../../src/model/controls.js';
import type { PlanDocument } from '../../../src/model/plan.js';
import type { Mutant } from './mutants.js';

type Stage = PlanDocument['stages'][number] & { controls: Controls };

/** Every stage that events start, in the plan's order; the first that fits is damaged. */
function started(plan: PlanDocument): Stage[] {
  return plan.stages.filter((stage): stage is Stage => stage.controls !== null);
}

function controls(plan: PlanDocument, nth = 0): Controls {
  const found = started(plan);
  const stage = found[nth % found.length];
  if (!stage) throw new Error('no stage of this plan is started by events');
  return stage.controls;
}

function contract(plan: PlanDocument, nth = 0): EventContract {
  const found = plan.contracts[nth % plan.contracts.length];
  if (!found) throw new Error('this plan has no contract');
  return found;
}

function staying(plan: PlanDocument): PlanDocument['stages'][number] {
  const found = plan.stages.find(({ controls: held }) => held === null);
  if (!found) throw new Error('every stage of this plan is started by events');
  return found;
}

function joined(plan: PlanDocument): NonNullable<Controls['fan_in']> {
  const [found] = started(plan).flatMap(({ controls: { fan_in } }) => fan_in ?? []);
  if (!found) throw new Error('no events meet in this plan');
  return found;
}

function clear<Key extends string>(map: Record<Key, unknown>, key: Key): void {
  map[key] = Array.isArray(map[key]) ? [] : '';
}

/** Whoever could be asked is not: no question unlocks a DAG. */
function askNobody(plan: PlanDocument): void {
  plan.questions = [];
}

/** What a mutant needs: a plan in which nothing stays, or nothing meets, has nothing to damage. */
export interface ControlMutant extends Mutant {
  needs?: 'staying' | 'fan_in';
}

/** Bad operation of a plan's stages, contracts and runbook: each fits any plan in which events start a DAG. */
export const controlMutants: readonly ControlMutant[] = [
  { code: 'CONTROLS_MISSING', name: 'nothing says how a DAG is run', mutate: (plan) => started(plan).slice(0, 1).forEach((stage) => Object.assign(stage, { controls: null })) },
  { code: 'CONTROLS_MISSING', name: 'the last one has nothing', mutate: (plan) => started(plan).slice(-1).forEach((stage) => Object.assign(stage, { controls: null })) },
  { code: 'CONTROLS_FOREIGN', name: 'a DAG that stays has controls', needs: 'staying', mutate: (plan) => void (staying(plan).controls = controls(plan)) },
  { code: 'ROUTE_MISSING', name: 'no way into Airflow', mutate: (plan) => void (controls(plan).routes = []) },
  { code: 'STORM_UNBOUNDED', name: 'a burst may start any number', mutate: (plan) => void (controls(plan).backpressure.storm_limit.value = 1e9) },
  { code: 'STORM_UNBOUNDED', name: 'no run may be active', mutate: (plan) => void (controls(plan).backpressure.max_active_runs.value = 0) },
  { code: 'RETRY_TIERS', name: 'no delayed tier', mutate: (plan) => void controls(plan).retries.splice(1, 1) },
  { code: 'RETRY_TIERS', name: 'dead letters come first', mutate: (plan) => void controls(plan).retries.reverse() },
  { code: 'RETRY_TIERS', name: 'a tier twice', mutate: (plan) => { const { retries } = controls(plan); const [first] = retries; if (first) retries.push(first); } },
  { code: 'RETRY_COUNT', name: 'an attempt without a wait', mutate: (plan) => controls(plan).retries.slice(0, 1).forEach((tier) => void tier.delays_seconds.pop()) },
  { code: 'RETRY_COUNT', name: 'no attempt at all', mutate: (plan) => controls(plan, 1).retries.slice(1, 2).forEach((tier) => { tier.attempts.value = 0; tier.delays_seconds = []; }) },
  { code: 'RETRY_TOO_LONG', name: 'a wait of a month', mutate: (plan) => controls(plan).retries.slice(1, 2).forEach((tier) => void (tier.delays_seconds[0] = 31 * 86_400)) },
  { code: 'RETRY_TOO_LONG', name: 'the service level shrinks', mutate: (plan) => void (controls(plan).slo.target.value = 0.01) },
  { code: 'RETRY_ENDLESS', name: 'an event is tried for ever', mutate: (plan) => controls(plan).retries.slice(-1).forEach((tier) => void (tier.attempts.value = 1000)) },
  { code: 'DEAD_LETTER_MISSING', name: 'dead letters go nowhere', mutate: (plan) => clear(controls(plan).dead_letter, 'where') },
  { code: 'DEAD_LETTER_MISSING', name: 'no triage', mutate: (plan) => clear(controls(plan).dead_letter, 'triage') },
  { code: 'DEAD_LETTER_MISSING', name: 'no way back', mutate: (plan) => void (controls(plan, 1).dead_letter.redrive = ['tbd']) },
  { code: 'DEAD_LETTER_UNHEARD', name: 'the alert never fires', mutate: (plan) => void (controls(plan).dead_letter.alert_depth.value = 0) },
  { code: 'DEAD_LETTER_UNHEARD', name: 'the alert comes when they are gone', mutate: (plan) => void (controls(plan).dead_letter.alert_age.value = 1e7) },
  { code: 'DEAD_LETTER_UNOWNED', name: 'nobody looks and nobody is asked', mutate: (plan) => { askNobody(plan); controls(plan).dead_letter.owner = { name: '', origin: 'missing', source: '' }; } },
  { code: 'OWNER_UNASKED', name: 'no owner and no question', mutate: (plan) => { askNobody(plan); controls(plan).owner = { name: '', origin: 'missing', source: '' }; } },
  { code: 'KEY_FORGOTTEN', name: 'keys are kept for an hour', mutate: (plan) => void (controls(plan).dedupe.retention.value = 1) },
  { code: 'KEY_FORGOTTEN', name: 'the channel keeps events for a year', mutate: (plan) => plan.contracts.forEach((one) => void (one.retention.value = 366 * 24)) },
  { code: 'KEY_STORE_MISSING', name: 'keys are kept nowhere', mutate: (plan) => clear(controls(plan).dedupe, 'store') },
  { code: 'KEY_STORE_MISSING', name: 'the guard is n/a', mutate: (plan) => void (controls(plan).dedupe.guard = 'n/a') },
  { code: 'SINK_WITHOUT_KEY', name: 'an append without a key', mutate: (plan) => void controls(plan).sinks.push({ task_id: 'load', sink: 'table t', effect: 'append', second_delivery: 'harmful', dedupe_key: [], replay: 'insert again', evidence: [] }) },
  { code: 'SINK_KEY_NOT_OF_EVENT', name: 'a sink keyed by an invented field', mutate: (plan) => void controls(plan).sinks.push({ task_id: 'load', sink: 'table t', effect: 'append', second_delivery: 'harmful', dedupe_key: ['invented_field'], replay: 'insert again', evidence: [] }) },
  { code: 'JOIN_RULE_MISSING', name: 'nothing says how events meet', needs: 'fan_in', mutate: (plan) => started(plan).forEach((stage) => void (stage.controls.fan_in = null)) },
  { code: 'JOIN_RULE_DIFFERS', name: 'all becomes any', needs: 'fan_in', mutate: (plan) => { const rule = joined(plan); rule.join = rule.join === 'all' ? 'any' : 'all'; } },
  { code: 'JOIN_KEY_UNPROVEN', name: 'events belong together by an invented field', needs: 'fan_in', mutate: (plan) => joined(plan).correlation_key.push('invented_field') },
  { code: 'JOIN_KEY_UNPROVEN', name: 'events belong together by a true field that no code names', needs: 'fan_in', mutate: (plan) => joined(plan).correlation_key.unshift('source_run_id') },
  { code: 'UNKNOWN_EVIDENCE', name: 'the join cites what nobody found', needs: 'fan_in', mutate: (plan) => joined(plan).evidence.push('ev:invented') },
  { code: 'WINDOW_TOO_SHORT', name: 'a window of a minute', needs: 'fan_in', mutate: (plan) => void (joined(plan).window.value = 1 / 60) },
  { code: 'WINDOW_TOO_SHORT', name: 'the slowest leg is said to be fast', needs: 'fan_in', mutate: (plan) => { const rule = joined(plan); rule.slowest_leg.value = 0; rule.window.value = 0.5; } },
  { code: 'SIGNAL_MISSING', name: 'dead letters are not counted', mutate: (plan) => { const held = controls(plan); held.signals = held.signals.filter(({ kind }) => kind !== 'dead_letter_depth'); } },
  { code: 'SIGNAL_MISSING', name: 'nothing is watched', mutate: (plan) => void (controls(plan, 1).signals = []) },
  { code: 'SIGNAL_BLIND', name: 'a threshold of zero', mutate: (plan) => controls(plan).signals.slice(1, 2).forEach((signal) => void (signal.threshold.value = 0)) },
  { code: 'SIGNAL_BLIND', name: 'no metric', mutate: (plan) => controls(plan).signals.slice(-1).forEach((signal) => void (signal.metric = '?')) },
  { code: 'SLO_NOT_FIRST', name: 'the service level comes last', mutate: (plan) => void controls(plan).signals.reverse() },
  { code: 'SLO_NOT_FIRST', name: 'the alarm is laxer than the target', mutate: (plan) => controls(plan).signals.slice(0, 1).forEach((signal) => void (signal.threshold = { ...signal.threshold, value: signal.threshold.value * 2 })) },
  { code: 'CONTRACT_MISSING', name: 'all contracts are gone', mutate: (plan) => void (plan.contracts = []) },
  { code: 'CONTRACT_MISSING', name: 'a route names an invented contract', mutate: (plan) => controls(plan).routes.forEach((route) => void (route.contract = 'contract:invented.v1')) },
  { code: 'CONTRACT_UNUSED', name: 'a contract that starts nothing', mutate: (plan) => void plan.contracts.push({ ...contract(plan), id: 'contract:other.v1', event: 's3.other.object_created' }) },
  { code: 'CONTRACT_NAME', name: 'two contracts of one name', mutate: (plan) => void plan.contracts.push({ ...contract(plan) }) },
  { code: 'CONTRACT_NAME', name: 'a name with spaces', mutate: (plan) => void (contract(plan).event = 'Orders Created!') },
  { code: 'CONTRACT_NO_PRODUCER', name: 'an invented producer', mutate: (plan) => void (contract(plan).producer = { kind: 'dag', dag_ids: ['invented'] }) },
  { code: 'CONTRACT_NO_PRODUCER', name: 'a blank producer', mutate: (plan) => void (contract(plan, 1).producer = { kind: 'outside', name: ' ' }) },
  { code: 'CONTRACT_CONSUMERS', name: 'a consumer is left out', mutate: (plan) => void (contract(plan).consumers = ['somebody_else']) },
  { code: 'CONTRACT_CONSUMERS', name: 'a consumer too many', mutate: (plan) => void contract(plan, 1).consumers.push('somebody_else') },
  { code: 'CONTRACT_KEY', name: 'the key is no field', mutate: (plan) => void (contract(plan).dedupe_key = ['received_at']) },
  { code: 'CONTRACT_KEY', name: 'no key', mutate: (plan) => void (contract(plan, 1).dedupe_key = []) },
  { code: 'CONTRACT_KEY', name: 'a partition key that is no field', mutate: (plan) => void (contract(plan).partition_key = ['nowhere']) },
  { code: 'CONTRACT_EXAMPLE', name: 'no example', mutate: (plan) => void (contract(plan).example = {}) },
  { code: 'CONTRACT_EXAMPLE', name: 'an example of another type', mutate: (plan) => { const { example } = contract(plan); const [field] = Object.keys(example); if (field !== undefined) example[field] = true; } },
  { code: 'CONTRACT_FIELDS', name: 'a field is required that is not there', mutate: (plan) => void contract(plan).payload.required.push('nowhere') },
  { code: 'CONTRACT_FIELDS', name: 'nothing is required', mutate: (plan) => void (contract(plan, 1).payload.required = []) },
  { code: 'CONTRACT_SLO', name: 'the event may take a year', mutate: (plan) => void (contract(plan).slo.value = 366 * 24 * 60) },
  { code: 'CONTRACT_FROZEN', name: 'nothing says how it changes', mutate: (plan) => void (contract(plan).evolution = []) },
  { code: 'CONTRACT_FROZEN', name: 'anything goes', mutate: (plan) => void (contract(plan, 1).compatibility = ' ') },
  { code: 'NUMBER_INVENTED', name: 'a rate is said to be declared', mutate: (plan) => void (controls(plan).backpressure.rate = { value: 4711, unit: 'events_per_hour', origin: 'declared', source: 'they said so' }) },
  { code: 'NUMBER_INVENTED', name: 'a target is said to be measured', mutate: (plan) => void (controls(plan, 1).slo.target = { value: 17, unit: 'minutes', origin: 'measured', source: 'history' }) },
  { code: 'NUMBER_INVENTED', name: 'a default is called measured', mutate: (plan) => void (controls(plan).dead_letter.retention.origin = 'measured') },
  { code: 'NUMBER_INVENTED', name: 'the wait of today is changed', mutate: (plan) => { const { today } = controls(plan).slo; today.value += 1; today.origin = 'measured'; } },
  { code: 'PERSON_INVENTED', name: 'an invented owner', mutate: (plan) => void (controls(plan).owner = { name: 'Eve', origin: 'declared', source: 'dag2event.context.yaml' }) },
  { code: 'PERSON_INVENTED', name: 'an invented on-call', mutate: (plan) => controls(plan, 1).signals.forEach((signal) => void (signal.notify = { name: 'Mallory', origin: 'code', source: 'x' })) },
  { code: 'RUNBOOK_MISSING', name: 'nothing about duplicates', mutate: (plan) => void (plan.runbook = plan.runbook.filter(({ situation }) => situation !== 'duplicates')) },
  { code: 'RUNBOOK_MISSING', name: 'no runbook', mutate: (plan) => void (plan.runbook = []) },
  { code: 'RUNBOOK_BLANK', name: 'nobody verifies', mutate: (plan) => plan.runbook.slice(0, 1).forEach((entry) => void (entry.verify = [])) },
  { code: 'RUNBOOK_BLANK', name: 'a blank step', mutate: (plan) => plan.runbook.slice(-1).forEach((entry) => void (entry.act = ['TODO'])) },
  { code: 'RUNBOOK_DAGS', name: 'a situation hits nobody', mutate: (plan) => plan.runbook.forEach((entry) => void (entry.dags = [])) },
  { code: 'TASKS_MISSING', name: 'no work', mutate: (plan) => plan.phases.slice(0, 1).forEach((one) => void (one.tasks = [])) },
  { code: 'TASKS_MISSING', name: 'work of no time', mutate: (plan) => plan.phases.slice(-1).forEach(({ tasks }) => tasks.forEach(({ effort }) => void (effort.value = 0))) },
  { code: 'FREEZE_IGNORED', name: 'a freeze window is ignored', mutate: (plan) => void (plan.context = { ...plan.context, 'freeze-windows': [{ when: '2026-12-20 to 2027-01-06' }] }) },
  { code: 'DECIDER_UNASKED', name: 'nobody decides and nobody is asked', mutate: (plan) => { askNobody(plan); plan.phases.forEach((one) => void (one.decides = { name: '', origin: 'missing', source: '' })); } },
  { code: 'LOSS_NOT_TOLERATED', name: 'events may be lost where none may', mutate: (plan) => { plan.context = { ...plan.context, 'failure-tolerance': [{ dags: ['*'], loss: 'never' }] }; started(plan).filter(({ wave }) => wave > 0).forEach((stage) => Object.assign(stage, { target: 'event', delivery: 'at_most_once' })); } },
  { code: 'DUPLICATE_NOT_TOLERATED', name: 'work may be done twice where none may', mutate: (plan) => { plan.context = { ...plan.context, 'failure-tolerance': [{ dags: ['*'], duplicates: 'never' }] }; started(plan).forEach((stage) => void (stage.dedupe_key = [])); } },
  { code: 'SECRET_SHOWN', name: 'a key in a step', mutate: (plan) => plan.phases.slice(0, 1).forEach((one) => void one.rollback.steps.push('Use AKIAIOSFODNN7EXAMPLE to log in.')) },
  { code: 'SECRET_SHOWN', name: 'a password in a channel', mutate: (plan) => controls(plan).routes.forEach((route) => void (route.channel = 'amqp://guest:hunter2@broker/orders')) },
  { code: 'SECRET_SHOWN', name: 'a token in a question', mutate: (plan) => void plan.questions.push({ question: 'Is ghp_abcdefghijklmnopqrstuvwxyz0123 still valid?', unlocks: [] }) },
  { code: 'SECRET_SHOWN', name: 'a private key in a contract', mutate: (plan) => void (contract(plan).description = '-----BEGIN PRIVATE KEY----- MIIE') },
];
