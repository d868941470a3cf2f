import { compareText } from '../../model/place.js';
import type { PlanDocument } from '../../model/plan.js';
import { canaries } from './canaries.js';
import { prepare } from './checked.js';
import { clockIsKept } from './clock-is-kept.js';
import { dedupeKeysHold } from './dedupe-keys.js';
import { deliveriesHold } from './deliveries.js';
import { hazardsAnswered } from './hazards-answered.js';
import type { Invariant, Violation } from './invariant.js';
import { knownIds } from './known-ids.js';
import { mechanismsExist } from './mechanisms-exist.js';
import { modeSteps } from './mode-steps.js';
import { observableFirst } from './observable-first.js';
import { phaseCriteria } from './phase-criteria.js';
import { placedOnce } from './placed-once.js';
import { rollbacks } from './rollbacks.js';
import { stays } from './stays.js';
import { todayIsTrue } from './today-is-true.js';
import { triggers } from './triggers.js';
import { uniqueIds } from './unique-ids.js';
import { unmovableStay } from './unmovable-stay.js';
import { waveSize } from './wave-size.js';

/** Every invariant of a plan, whoever wrote it. */
export const invariants: readonly Invariant[] = [
  canaries,
  clockIsKept,
  dedupeKeysHold,
  deliveriesHold,
  hazardsAnswered,
  knownIds,
  mechanismsExist,
  modeSteps,
  observableFirst,
  phaseCriteria,
  placedOnce,
  rollbacks,
  stays,
  todayIsTrue,
  triggers,
  uniqueIds,
  unmovableStay,
  waveSize,
];

/** What is wrong with a plan; empty when it is safe to follow. The plan has the right shape, nothing else is trusted. */
export function checkPlan(plan: PlanDocument): Violation[] {
  const checked = prepare(plan);
  return invariants
    .flatMap((invariant) => invariant.check(checked))
    .sort((a, b) => compareText(a.path, b.path) || compareText(a.code, b.code) || compareText(a.message, b.message));
}
