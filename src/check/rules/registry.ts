import type { RuleDoc } from '../../model/rule.js';
import { pollsSourceWithEvent } from './d2e001-polls-source-with-event.js';
import { sensorNeverMeets } from './d2e002-sensor-never-meets.js';
import { longPoke } from './d2e003-long-poke.js';
import { eventWithoutDate } from './d2e004-event-without-date.js';
import { brokenFile } from './d2e005-broken-file.js';
import { duplicateDagId } from './d2e006-duplicate-dag-id.js';
import { taskCycle } from './d2e007-cycle.js';
import { notAnalysable } from './d2e008-not-analysable.js';
import { clockCoupling } from './d2e009-clock-coupling.js';
import { sinkWithoutKey } from './d2e010-sink-without-key.js';
import { fanInWithoutPolicy } from './d2e011-fan-in-without-policy.js';
import { eventStorm } from './d2e012-event-storm.js';
import { assetWithoutProducer } from './d2e013-asset-without-producer.js';
import { assetWithoutConsumer } from './d2e014-asset-without-consumer.js';
import { assetIdentity } from './d2e015-asset-identity.js';
import { assetUri } from './d2e016-asset-uri.js';
import { missingTarget } from './d2e017-missing-target.js';
import { planDrift } from './d2e018-plan-drift.js';
import type { CheckRule } from './rule.js';

/** Every check rule, by id. */
export const checkRules: readonly CheckRule[] = [
  pollsSourceWithEvent,
  sensorNeverMeets,
  longPoke,
  eventWithoutDate,
  brokenFile,
  duplicateDagId,
  taskCycle,
  notAnalysable,
  clockCoupling,
  sinkWithoutKey,
  fanInWithoutPolicy,
  eventStorm,
  assetWithoutProducer,
  assetWithoutConsumer,
  assetIdentity,
  assetUri,
  missingTarget,
  planDrift,
];

/** What each check rule says about itself. */
export function checkDocs(): RuleDoc[] {
  return checkRules.map((rule) => rule.doc);
}
