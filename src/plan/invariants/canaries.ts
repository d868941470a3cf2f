import { defineInvariant, isEmptyText, phasePath } from './invariant.js';

/** Every phase is tried on a small part first, with something measured and a rule for stopping. */
export const canaries = defineInvariant({
  id: 'canaries',
  codes: {
    CANARY_MISSING: 'Say what is tried first and what it is compared with, and which number tells.',
    CANARY_NO_STOP: 'Say at which observation the canary is stopped.',
    CANARY_NO_TIME: 'Let the canary run for at least an hour.',
  },
  check({ plan }, report) {
    plan.phases.forEach(({ id, canary }, index) => {
      if (isEmptyText(canary.text) || isEmptyText(canary.metric))
        report('CANARY_MISSING', phasePath(index, 'canary'), `${id} has no canary, or nothing is measured.`);
      if (isEmptyText(canary.stop_rule)) report('CANARY_NO_STOP', phasePath(index, 'canary', 'stop_rule'), `The canary of ${id} has no stop rule.`);
      if (canary.hours < 1) report('CANARY_NO_TIME', phasePath(index, 'canary', 'hours'), `The canary of ${id} takes no time.`);
    });
  },
});
