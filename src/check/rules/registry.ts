import type { RuleDoc } from '../../model/rule.js';
import { pollsSourceWithEvent } from './d2e001-polls-source-with-event.js';
import { sensorNeverMeets } from './d2e002-sensor-never-meets.js';
import { longPoke } from './d2e003-long-poke.js';
import { eventWithoutDate } from './d2e004-event-without-date.js';
import { brokenFile } from './d2e005-broken-file.js';
import { duplicateDagId } from './d2e006-duplicate-dag-id.js';
import { taskCycle } from './d2e007-cycle.js';
import { notAnalysable } from './d2e008-not-analysable.js';
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
];

/** What each check rule says about itself. */
export function checkDocs(): RuleDoc[] {
  return checkRules.map((rule) => rule.doc);
}
