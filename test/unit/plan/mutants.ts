import type { PlanDocument } from '../../../src/model/plan.js';

export interface Mutant {
  /** The code that must catch it. */
  code: string;
  name: string;
  /** Changes a good plan of the platform in place. */
  mutate: (plan: PlanDocument) => void;
}

type Stage = PlanDocument['stages'][number];
type Phase = PlanDocument['phases'][number];

/** The stage of a DAG; a throwaway copy where an earlier mutation took it away. */
function stage(plan: PlanDocument, dagId: string): Stage {
  const found = plan.stages.find(({ dag_id }) => dag_id === dagId) ?? structuredClone(plan.stages[0]);
  if (!found) throw new Error('a plan without stages can not be mutated');
  return found;
}

/** The n-th phase of a kind. */
function phase(plan: PlanDocument, kind: Phase['kind'], nth = 0): Phase {
  const found = plan.phases.filter((one) => one.kind === kind)[nth] ?? structuredClone(plan.phases[0]);
  if (!found) throw new Error('a plan without phases can not be mutated');
  return found;
}

/** The phase of a kind that changes a DAG's mode. */
function phaseOf(plan: PlanDocument, kind: Phase['kind'], dagId: string): Phase {
  return (
    plan.phases.find((one) => one.kind === kind && one.changes.some((change) => change.stage === `stage:${dagId}`)) ??
    phase(plan, kind)
  );
}

function leave(plan: PlanDocument, kind: Phase['kind'], dagId: string): void {
  const from = phaseOf(plan, kind, dagId);
  from.changes = from.changes.filter((change) => change.stage !== `stage:${dagId}`);
}

function renumber(plan: PlanDocument): void {
  plan.phases.forEach((one, index) => {
    one.number = index + 1;
  });
}

/** Makes a DAG that stays go hybrid in the first hybrid phase. */
function move(plan: PlanDocument, dagId: string, to: 'hybrid' | 'event', trigger: Partial<Stage['trigger']> = {}): void {
  const one = stage(plan, dagId);
  one.target = to;
  one.stay_reason = '';
  one.trigger = { ...model(plan), ...trigger };
  phase(plan, 'hybrid').changes.push({ stage: one.id, from: 'cron', to: 'hybrid' });
  if (to === 'event') phase(plan, 'event').changes.push({ stage: one.id, from: 'hybrid', to: 'event' });
}

function model(plan: PlanDocument): NonNullable<Stage['trigger']> {
  const { trigger } = stage(plan, 'landing_orders');
  return trigger ?? { source_kind: 's3', candidates: ['c01'], join: 'single', text: '', mechanism: 'x' };
}

function trigger(plan: PlanDocument, dagId: string): NonNullable<Stage['trigger']> {
  return stage(plan, dagId).trigger ?? model(plan);
}

/** Bad plans of the platform, each made from the good one by one change. */
export const mutants: readonly Mutant[] = [
  { code: 'DAG_LOST', name: 'a DAG that stays is left out', mutate: (plan) => void (plan.stages = plan.stages.filter(({ dag_id }) => dag_id !== 'nothing_found')) },
  { code: 'DAG_LOST', name: 'all stages but one are left out', mutate: (plan) => void (plan.stages = plan.stages.slice(0, 1)) },
  { code: 'DAG_TWICE', name: 'a DAG has a second stage', mutate: (plan) => void plan.stages.push({ ...stage(plan, 'nothing_found'), id: 'stage:second' }) },
  { code: 'STAGE_ID_TWICE', name: 'two stages share an id', mutate: (plan) => void (stage(plan, 'nothing_found').id = stage(plan, 'circle_a').id) },
  { code: 'PHASE_ID_TWICE', name: 'two phases share an id', mutate: (plan) => void (phase(plan, 'hybrid').id = phase(plan, 'event').id) },
  { code: 'PHASE_NUMBER', name: 'phases are numbered from zero', mutate: (plan) => plan.phases.forEach((one, index) => void (one.number = index)) },
  { code: 'UNKNOWN_DAG', name: 'a stage for an invented DAG', mutate: (plan) => void plan.stages.push({ ...stage(plan, 'nothing_found'), id: 'stage:x', dag_id: 'invented' }) },
  { code: 'UNKNOWN_DAG', name: 'a stage waits on an invented DAG', mutate: (plan) => void stage(plan, 'report_orders').waits_on.push('invented') },
  { code: 'UNKNOWN_DAG', name: 'a question unlocks an invented DAG', mutate: (plan) => void plan.questions.push({ question: 'why?', unlocks: ['invented'] }) },
  { code: 'UNKNOWN_CANDIDATE', name: 'an invented candidate', mutate: (plan) => void (trigger(plan, 'landing_orders').candidates = ['c99']) },
  { code: 'UNKNOWN_HAZARD', name: 'an invented hazard', mutate: (plan) => void stage(plan, 'landing_orders').hazards.push({ hazard: 'h99', answer: 'met' }) },
  { code: 'UNKNOWN_STAGE', name: 'a phase moves an invented stage', mutate: (plan) => void phase(plan, 'hybrid').changes.push({ stage: 'stage:invented', from: 'cron', to: 'hybrid' }) },
  { code: 'UNKNOWN_STAGE', name: 'an invented stage announces itself', mutate: (plan) => void phase(plan, 'observe').emits.push('stage:invented') },
  { code: 'UNKNOWN_EVIDENCE', name: 'the evidence of a candidate is gone', mutate: (plan) => void (plan.analysis.evidence = plan.analysis.evidence.filter(({ id }) => id !== 'evidence:c01')) },
  { code: 'TODAY_WRONG', name: 'a cron DAG is called event driven', mutate: (plan) => void (stage(plan, 'landing_orders').today = 'event') },
  { code: 'TODAY_WRONG', name: 'a manual DAG is called cron', mutate: (plan) => void (stage(plan, 'by_hand').today = 'cron') },
  { code: 'NOT_OBSERVABLE', name: 'the observe phases are gone', mutate: (plan) => { plan.phases = plan.phases.filter(({ kind }) => kind !== 'observe'); renumber(plan); } },
  { code: 'NOT_OBSERVABLE', name: 'one producer does not announce itself', mutate: (plan) => void (phase(plan, 'observe').emits = phase(plan, 'observe').emits.slice(1)) },
  { code: 'NOT_OBSERVABLE', name: 'producers announce themselves last', mutate: (plan) => { plan.phases.push(...plan.phases.splice(0, 1)); renumber(plan); } },
  { code: 'WAITS_ON_MISSING', name: 'a stage forgets what it waits on', mutate: (plan) => void (stage(plan, 'report_orders').waits_on = []) },
  { code: 'EMITS_UNREADABLE', name: 'an opaque DAG is to announce itself', mutate: (plan) => void phase(plan, 'observe').emits.push('stage:opaque_one') },
  { code: 'EMITS_OUTSIDE_OBSERVE', name: 'a hybrid phase lets DAGs announce themselves', mutate: (plan) => void phase(plan, 'hybrid').emits.push('stage:nothing_found') },
  { code: 'CLOCK_TAKEN', name: 'a polled DAG moves first', mutate: (plan) => { plan.phases.unshift(...plan.phases.splice(-2)); renumber(plan); } },
  { code: 'CLOCK_TAKEN', name: 'a polled DAG moves in the same phase', mutate: (plan) => { const last = phaseOf(plan, 'hybrid', 'landing_orders'); leave(plan, 'hybrid', 'landing_orders'); phaseOf(plan, 'hybrid', 'refine_orders').changes.push({ stage: 'stage:landing_orders', from: 'cron', to: 'hybrid' }); plan.phases = plan.phases.filter((one) => one !== last); renumber(plan); } },
  { code: 'CLOCK_TAKEN', name: 'the polling DAG never reaches event', mutate: (plan) => { leave(plan, 'event', 'refine_orders'); stage(plan, 'refine_orders').target = 'hybrid'; } },
  { code: 'CLOCK_TAKEN', name: 'a DAG whose hour counts loses its clock', mutate: (plan) => move(plan, 'nothing_found', 'event') },
  { code: 'SKIPS_HYBRID', name: 'cron goes straight to event', mutate: (plan) => { leave(plan, 'hybrid', 'landing_orders'); phaseOf(plan, 'event', 'landing_orders').changes.forEach((change) => void (change.from = 'cron')); } },
  { code: 'MODE_BACKWARD', name: 'event goes back to cron', mutate: (plan) => void phase(plan, 'event', 1).changes.push({ stage: 'stage:report_orders', from: 'event', to: 'cron' }) },
  { code: 'MODE_BACKWARD', name: 'hybrid stays hybrid', mutate: (plan) => void phase(plan, 'hybrid', 1).changes.push({ stage: 'stage:export_events', from: 'hybrid', to: 'hybrid' }) },
  { code: 'MODE_BROKEN', name: 'hybrid comes twice', mutate: (plan) => void phase(plan, 'hybrid', 1).changes.push({ stage: 'stage:export_events', from: 'cron', to: 'hybrid' }) },
  { code: 'MODE_BROKEN', name: 'event comes without its hybrid phase', mutate: (plan) => leave(plan, 'hybrid', 'read_by_clock') },
  { code: 'PHASE_KIND', name: 'a hybrid phase calls itself event', mutate: (plan) => void (phase(plan, 'hybrid').kind = 'event') },
  { code: 'PHASE_KIND', name: 'a phase does nothing', mutate: (plan) => void (phase(plan, 'event', 1).changes = []) },
  { code: 'TARGET_MISSED', name: 'the event change is gone', mutate: (plan) => leave(plan, 'event', 'landing_orders') },
  { code: 'TARGET_MISSED', name: 'a target beyond the phases', mutate: (plan) => void (stage(plan, 'partial_one').target = 'event') },
  { code: 'WAVE_WRONG', name: 'a moved stage says that it stays', mutate: (plan) => void (stage(plan, 'landing_orders').wave = 0) },
  { code: 'WAVE_WRONG', name: 'a staying stage says that it moves', mutate: (plan) => void (stage(plan, 'nothing_found').wave = 2) },
  { code: 'PHASE_TOO_LARGE', name: 'everything at once', mutate: (plan) => void (phase(plan, 'hybrid').changes = plan.stages.slice(0, 9).map(({ id }) => ({ stage: id, from: 'cron', to: 'hybrid' }))) },
  { code: 'CANARY_MISSING', name: 'a blank canary', mutate: (plan) => void (phase(plan, 'hybrid').canary.text = '  ') },
  { code: 'CANARY_MISSING', name: 'nothing is measured', mutate: (plan) => void (phase(plan, 'event').canary.metric = 'n/a') },
  { code: 'CANARY_NO_STOP', name: 'no stop rule', mutate: (plan) => void (phase(plan, 'event').canary.stop_rule = 'None.') },
  { code: 'CANARY_NO_TIME', name: 'a canary of no time', mutate: (plan) => void (phase(plan, 'observe').canary.hours = 0) },
  { code: 'CANARY_TOO_SHORT', name: 'a weekly DAG is watched for ten hours', mutate: (plan) => void (phaseOf(plan, 'hybrid', 'reconcile').canary.hours = 10) },
  { code: 'ROLLBACK_MISSING', name: 'no steps back', mutate: (plan) => void (phase(plan, 'hybrid').rollback.steps = []) },
  { code: 'ROLLBACK_MISSING', name: 'nobody knows what to replay', mutate: (plan) => void (phase(plan, 'event').rollback.replay = 'TBD') },
  { code: 'ROLLBACK_NO_TIME', name: 'a rollback of no time', mutate: (plan) => void (phase(plan, 'event').rollback.minutes = 0) },
  { code: 'ROLLBACK_SWITCH', name: 'the switch leaves a DAG out', mutate: (plan) => void (phase(plan, 'hybrid').rollback.switch = 'In dag2event.modes.yaml: read_by_clock: cron') },
  { code: 'ROLLBACK_SWITCH', name: 'the switch is a pause button', mutate: (plan) => void (phase(plan, 'event').rollback.switch = 'Pause the DAGs.') },
  { code: 'ROLLBACK_COUPLED', name: 'the polled DAG is not put back', mutate: (plan) => void (phaseOf(plan, 'event', 'refine_orders').rollback.steps = ['Commit and deploy the file.']) },
  { code: 'ENTRY_MISSING', name: 'no entry criterion', mutate: (plan) => void (phase(plan, 'hybrid').entry = []) },
  { code: 'EXIT_MISSING', name: 'a blank exit criterion', mutate: (plan) => void (phase(plan, 'event').exit = ['-']) },
  { code: 'PHASE_WORDLESS', name: 'no goal', mutate: (plan) => void (phase(plan, 'event').goal = '') },
  { code: 'HAZARD_IGNORED', name: 'a hazard vanishes', mutate: (plan) => void (stage(plan, 'refine_orders').hazards = []) },
  { code: 'HAZARD_IGNORED', name: 'a hazard of a staying DAG vanishes', mutate: (plan) => void (stage(plan, 'month_end').hazards = []) },
  { code: 'HAZARD_IGNORED', name: 'a hazard has a blank answer', mutate: (plan) => stage(plan, 'landing_orders').hazards.forEach((one) => void (one.answer = '?')) },
  { code: 'HAZARD_FOREIGN', name: 'a hazard is answered elsewhere', mutate: (plan) => void stage(plan, 'nothing_found').hazards.push({ hazard: 'h1', answer: 'met' }) },
  { code: 'STAY_NO_REASON', name: 'stays without a reason', mutate: (plan) => void (stage(plan, 'month_end').stay_reason = '') },
  { code: 'STAY_HAS_PHASE', name: 'a moved DAG is said to stay', mutate: (plan) => { const one = stage(plan, 'landing_orders'); one.target = 'cron'; one.stay_reason = 'It stays.'; } },
  { code: 'MOVE_HAS_STAY_REASON', name: 'a moved DAG has a reason to stay', mutate: (plan) => void (stage(plan, 'landing_orders').stay_reason = 'It stays.') },
  { code: 'MOVE_WITHOUT_CLOCK', name: 'a manual DAG is moved', mutate: (plan) => void phase(plan, 'hybrid').changes.push({ stage: 'stage:by_hand', from: 'cron', to: 'hybrid' }) },
  { code: 'OPAQUE_MOVES', name: 'an opaque DAG moves', mutate: (plan) => move(plan, 'opaque_one', 'hybrid', { candidates: ['c09'] }) },
  { code: 'PARTIAL_TO_EVENT', name: 'a partial DAG loses its clock', mutate: (plan) => { stage(plan, 'partial_one').target = 'event'; phase(plan, 'event', 1).changes.push({ stage: 'stage:partial_one', from: 'hybrid', to: 'event' }); } },
  { code: 'VERDICT_IGNORED', name: 'the month end moves', mutate: (plan) => move(plan, 'month_end', 'hybrid', { candidates: ['c08'] }) },
  { code: 'CALENDAR_TO_EVENT', name: 'the month end loses its clock', mutate: (plan) => move(plan, 'month_end', 'event', { candidates: ['c08'] }) },
  { code: 'CADENCE_MULTIPLIED', name: 'the awaited DAG runs every five minutes', mutate: (plan) => plan.analysis.graph.dags.forEach((one) => { if (one.dag_id === 'landing_orders' && one.schedule.kind === 'cron') one.schedule.expression = '*/5 * * * *'; }) },
  { code: 'CYCLE_MOVES', name: 'a circle is closed', mutate: (plan) => move(plan, 'circle_a', 'event', { candidates: ['c11'], source_kind: 'dag_completion' }) },
  { code: 'WAIT_LEFT', name: 'a mid-DAG wait is left', mutate: (plan) => move(plan, 'waits_midway', 'hybrid', { candidates: [] }) },
  { code: 'TRIGGER_MISSING', name: 'no trigger', mutate: (plan) => void (stage(plan, 'landing_orders').trigger = null) },
  { code: 'TRIGGER_MISSING', name: 'a trigger without candidates', mutate: (plan) => void (trigger(plan, 'landing_orders').candidates = []) },
  { code: 'TRIGGER_FOREIGN', name: "another DAG's candidate", mutate: (plan) => void (trigger(plan, 'landing_orders').candidates = ['c10']) },
  { code: 'TRIGGER_TWICE', name: 'a candidate twice', mutate: (plan) => void (trigger(plan, 'landing_orders').candidates = ['c01', 'c01']) },
  { code: 'TRIGGER_KIND', name: 's3 is called kafka', mutate: (plan) => void (trigger(plan, 'landing_orders').source_kind = 'kafka') },
  { code: 'TRIGGER_KIND', name: 'a mixed join is called gcs', mutate: (plan) => void (trigger(plan, 'reconcile').source_kind = 'gcs') },
  { code: 'TRIGGER_UNUSABLE', name: 'a guess starts a DAG', mutate: (plan) => move(plan, 'lands_late', 'hybrid', { candidates: ['c14'], source_kind: 'file' }) },
  { code: 'TRIGGER_UNSURE', name: 'a likely candidate takes the clock', mutate: (plan) => plan.analysis.candidates.forEach((one) => void (one.id === 'c01' && (one.confidence = 'medium'))) },
  { code: 'TRIGGER_JOIN', name: 'two events as one', mutate: (plan) => void (trigger(plan, 'reconcile').join = 'single') },
  { code: 'TRIGGER_JOIN', name: 'one event as two', mutate: (plan) => void (trigger(plan, 'landing_orders').join = 'all') },
  { code: 'JOIN_IMPOSSIBLE', name: 'a started run is to wait for an asset', mutate: (plan) => plan.analysis.candidates.forEach((one) => void (one.id === 'c04' && (one.mechanism.kind = 'trigger_dag_run'))) },
  { code: 'LEG_DROPPED', name: 'a leg of the fan-in is dropped', mutate: (plan) => { const one = trigger(plan, 'reconcile'); one.candidates = ['c04']; one.join = 'single'; one.source_kind = 'gcs'; } },
  { code: 'LEG_DROPPED', name: 'one of two events is enough', mutate: (plan) => void (trigger(plan, 'reconcile').join = 'any') },
  { code: 'KEY_MISSING', name: 'no dedupe key', mutate: (plan) => void (stage(plan, 'landing_orders').dedupe_key = []) },
  { code: 'KEY_MISSING', name: 'no key where events start it today', mutate: (plan) => void (stage(plan, 'asset_reader').dedupe_key = []) },
  { code: 'KEY_CHANGES', name: 'a clock in the key', mutate: (plan) => void stage(plan, 'landing_orders').dedupe_key.push('processing_time') },
  { code: 'KEY_CHANGES', name: 'a random value in the key', mutate: (plan) => void (stage(plan, 'export_events').dedupe_key = ['uuid4']) },
  { code: 'KEY_CHANGES', name: "the worker's own run id in the key", mutate: (plan) => void stage(plan, 'export_events').dedupe_key.push('run_id') },
  { code: 'KEY_NOT_OF_EVENT', name: 'a field of another source', mutate: (plan) => void stage(plan, 'landing_orders').dedupe_key.push('offset') },
  { code: 'KEY_NOT_OF_EVENT', name: 'an invented field', mutate: (plan) => void stage(plan, 'export_events').dedupe_key.push('customer') },
  { code: 'KEY_TOO_WIDE', name: 'a whole topic is one event', mutate: (plan) => void (stage(plan, 'export_events').dedupe_key = ['topic', 'partition']) },
  { code: 'KEY_TOO_WIDE', name: 'one side of a join has no key', mutate: (plan) => void (stage(plan, 'reconcile').dedupe_key = ['gcs.bucket', 'gcs.name', 'gcs.generation']) },
  { code: 'DELIVERY_UNREASONED', name: 'a guarantee without a reason', mutate: (plan) => void (stage(plan, 'landing_orders').delivery_reason = '') },
  { code: 'DELIVERY_TOO_GOOD', name: 'a watcher is called exactly once', mutate: (plan) => { stage(plan, 'export_events').target = 'hybrid'; leave(plan, 'event', 'export_events'); } },
  { code: 'LOSSY_WITHOUT_CLOCK', name: 'a watcher takes the clock', mutate: (plan) => void (trigger(plan, 'export_events').mechanism = 'AssetWatcher on the topic; event: schedule=<asset expression>') },
  { code: 'REPLAY_MISSING', name: 'no replay behaviour', mutate: (plan) => void (stage(plan, 'by_hand').replay = ' ') },
  { code: 'MECHANISM_MISSING', name: 'no mechanism', mutate: (plan) => void (trigger(plan, 'landing_orders').mechanism = '') },
  { code: 'MECHANISM_VERSION', name: 'a mechanism of the future', mutate: (plan) => void (trigger(plan, 'landing_orders').mechanism = 'schedule=AssetAndTimeSchedule(...)') },
  { code: 'MECHANISM_VERSION', name: 'a mechanism of the past', mutate: (plan) => void (trigger(plan, 'landing_orders').mechanism = 'schedule=DatasetOrTimeSchedule(...)') },
  { code: 'MECHANISM_VERSION', name: 'a canary with a mechanism of the future', mutate: (plan) => void (phase(plan, 'event').canary.text = 'Use RollupMapper for an hour.') },
];
