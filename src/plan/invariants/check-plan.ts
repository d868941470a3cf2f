import { compareText } from '../../model/place.js';
import type { PlanDocument } from '../../model/plan.js';
import { prepare } from './checked.js';
import { canaries } from './canaries.js';
import { clockIsKept } from './clock-is-kept.js';
import { contractsHold } from './contracts-hold.js';
import { controlsPresent } from './controls-present.js';
import { deadLettersSeen } from './dead-letters.js';
import { dedupeKeysHold } from './dedupe-keys.js';
import { deliveriesHold } from './deliveries.js';
import { hazardsAnswered } from './hazards-answered.js';
import { joinRulesHold } from './join-rules.js';
import { keysLast } from './keys-last.js';
import { knownIds } from './known-ids.js';
import { mechanismsExist } from './mechanisms-exist.js';
import { modeSteps } from './mode-steps.js';
import { noSecrets } from './no-secrets.js';
import { numbersKnown } from './numbers-known.js';
import { observableFirst } from './observable-first.js';
import { phaseCriteria } from './phase-criteria.js';
import { phaseWork } from './phase-work.js';
import { placedOnce } from './placed-once.js';
import { retriesFit } from './retries-fit.js';
import { rollbacks } from './rollbacks.js';
import { runbookWhole } from './runbook-whole.js';
import { signalsHeard } from './signals-heard.js';
import { stays } from './stays.js';
import { todayIsTrue } from './today-is-true.js';
import { toleranceKept } from './tolerance-kept.js';
import { triggers } from './triggers.js';
import { uniqueIds } from './unique-ids.js';
import { unmovableStay } from './unmovable-stay.js';
import { waveSize } from './wave-size.js';
import type { Invariant, Violation } from './invariant.js';

/** Every invariant of a plan, whoever wrote it. */
export const invariants: readonly Invariant[] = [
  canaries,
  clockIsKept,
  contractsHold,
  controlsPresent,
  deadLettersSeen,
  dedupeKeysHold,
  deliveriesHold,
  hazardsAnswered,
  joinRulesHold,
  keysLast,
  knownIds,
  mechanismsExist,
  modeSteps,
  noSecrets,
  numbersKnown,
  observableFirst,
  phaseCriteria,
  phaseWork,
  placedOnce,
  retriesFit,
  rollbacks,
  runbookWhole,
  signalsHeard,
  stays,
  todayIsTrue,
  toleranceKept,
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
