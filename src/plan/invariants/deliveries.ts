import { deliveryOf, hasWatcher } from '../offline/trigger.js';
import { forwarder } from '../tables/deliveries.js';
import { defineInvariant, isEmptyText, stagePath } from './invariant.js';

/** What is promised about delivery is what the mechanism keeps. */
export const deliveriesHold = defineInvariant({
  id: 'deliveries',
  codes: {
    DELIVERY_UNREASONED: 'Say what makes the delivery guarantee true.',
    DELIVERY_TOO_GOOD: 'Promise no more than the way into Airflow keeps.',
    LOSSY_WITHOUT_CLOCK: 'Keep the clock as the safety net where events can be lost, or let a forwarder replace the watcher.',
    REPLAY_MISSING: 'Say what happens when an event comes again.',
  },
  check({ plan, facts, progress }, report) {
    plan.stages.forEach(({ dag_id, target, trigger, delivery, delivery_reason, replay }, index) => {
      if (isEmptyText(delivery_reason)) report('DELIVERY_UNREASONED', stagePath(index, 'delivery_reason'), `The delivery of ${dag_id} has no reason.`);
      if (isEmptyText(replay)) report('REPLAY_MISSING', stagePath(index, 'replay'), `${dag_id} does not say how work is repeated.`);
      const legs = (trigger?.candidates ?? []).flatMap((id) => facts.candidates.get(id) ?? []);
      if (!progress.has(dag_id) || legs.length === 0) return;
      const kept = deliveryOf(legs, target).delivery;
      if (kept === 'at_most_once' && delivery !== kept)
        report('DELIVERY_TOO_GOOD', stagePath(index, 'delivery'), `${dag_id} promises ${delivery}, but its events can be lost.`);
      const isForwarded = trigger?.mechanism.includes(forwarder.text) ?? false;
      if (target === 'event' && (kept === 'at_most_once' || (hasWatcher(legs) && !isForwarded)))
        report('LOSSY_WITHOUT_CLOCK', stagePath(index, 'target'), `${dag_id} loses its clock, but its events can be lost.`);
    });
  },
});
