import { clockPeriodHours } from '../facts/clock-period.js';
import { CANARY_HOURS_MAX } from '../tables/canary-hours.js';
import { defineInvariant, isEmptyText, phasePath } from './invariant.js';

/** Every phase is tried on a small part first, with something measured and a rule for stopping. */
export const canaries = defineInvariant({
  id: 'canaries',
  codes: {
    CANARY_MISSING: 'Say what is tried first and what it is compared with, and which number tells.',
    CANARY_NO_STOP: 'Say at which observation the canary is stopped.',
    CANARY_NO_TIME: 'Let the canary run for at least an hour.',
    CANARY_TOO_SHORT: 'Let the canary see at least one run of the slowest clock in the phase.',
  },
  check({ plan, facts, stages }, report) {
    plan.phases.forEach(({ id, canary, changes }, index) => {
      if (isEmptyText(canary.text) || isEmptyText(canary.metric))
        report('CANARY_MISSING', phasePath(index, 'canary'), `${id} has no canary, or nothing is measured.`);
      if (isEmptyText(canary.stop_rule)) report('CANARY_NO_STOP', phasePath(index, 'canary', 'stop_rule'), `The canary of ${id} has no stop rule.`);
      const dags = changes.flatMap(({ stage }) => facts.dags.get(stages.get(stage)?.dag_id ?? '') ?? []);
      const period = Math.min(CANARY_HOURS_MAX, Math.max(0, ...dags.map(({ schedule }) => clockPeriodHours(schedule))));
      if (canary.hours >= 1 && canary.hours < period)
        report('CANARY_TOO_SHORT', phasePath(index, 'canary', 'hours'), `The canary of ${id} takes ${canary.hours} h, its slowest clock runs each ${period} h.`);
      if (canary.hours < 1) report('CANARY_NO_TIME', phasePath(index, 'canary', 'hours'), `The canary of ${id} takes no time.`);
    });
  },
});
