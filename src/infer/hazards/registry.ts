import type { RuleDoc } from '../../model/rule.js';
import { logicalDateHazard } from './h1-logical-date.js';
import { dependsOnPastHazard } from './h10-depends-on-past.js';
import { externalTaskSensorHazard } from './h11-external-task-sensor.js';
import { externalTaskMarkerHazard } from './h12-external-task-marker.js';
import { midDagSensorHazard } from './h13-mid-dag-sensor.js';
import { earlyOutletHazard } from './h14-early-outlet.js';
import { lostTimeoutHazard } from './h15-lost-timeout.js';
import { slaHazard } from './h16-sla.js';
import { clockOperatorsHazard } from './h17-clock-operators.js';
import { calendarHazard } from './h18-calendar.js';
import { volatileHazard } from './h19-volatile.js';
import { coalescedEventsHazard } from './h2-coalesced-events.js';
import { confHazard } from './h20-conf.js';
import { pushLosesHazard } from './h21-push-loses.js';
import { watcherDeliveryHazard } from './h22-watcher-delivery.js';
import { sharedPoolsHazard } from './h23-shared-pools.js';
import { assetIdentityHazard } from './h24-asset-identity.js';
import { upgradeHazard } from './h25-upgrade.js';
import { appendHazard } from './h26-append.js';
import { clockCouplingHazard } from './h27-clock-coupling.js';
import { sideEffectHazard } from './h28-side-effect.js';
import { staleMembersHazard } from './h3-stale-members.js';
import { assetOrTimeHazard } from './h4-asset-or-time.js';
import { pausedHazard } from './h5-paused.js';
import { historyHazard } from './h6-history.js';
import { triggerRacesHazard } from './h7-trigger-races.js';
import { stormHazard } from './h8-storm.js';
import { catchupHazard } from './h9-catchup.js';
import type { HazardRule } from './rule.js';

/** Every hazard rule, by number. */
export const hazardRules: readonly HazardRule[] = [
  logicalDateHazard,
  coalescedEventsHazard,
  staleMembersHazard,
  assetOrTimeHazard,
  pausedHazard,
  historyHazard,
  triggerRacesHazard,
  stormHazard,
  catchupHazard,
  dependsOnPastHazard,
  externalTaskSensorHazard,
  externalTaskMarkerHazard,
  midDagSensorHazard,
  earlyOutletHazard,
  lostTimeoutHazard,
  slaHazard,
  clockOperatorsHazard,
  calendarHazard,
  volatileHazard,
  confHazard,
  pushLosesHazard,
  watcherDeliveryHazard,
  sharedPoolsHazard,
  assetIdentityHazard,
  upgradeHazard,
  appendHazard,
  clockCouplingHazard,
  sideEffectHazard,
];

/** What each hazard rule says about itself. */
export function hazardDocs(): RuleDoc[] {
  return hazardRules.map((rule) => rule.doc);
}
