import type { RetryTier } from '../../model/controls.js';
import { defineInvariant, stagePath } from './invariant.js';

const order: readonly RetryTier['tier'][] = ['immediate', 'delayed', 'dead_letter'];

/** Retries end before the data is too late, and then somebody hears of it. */
export const retriesFit = defineInvariant({
  id: 'retries-fit',
  codes: {
    RETRY_TIERS: 'Name the three tiers once each: immediate, delayed, dead letter.',
    RETRY_COUNT: 'Give each attempt of a tier its wait.',
    RETRY_TOO_LONG: 'Make the waits shorter: together they must fit into the service level.',
    RETRY_ENDLESS: 'Say after how many attempts an event goes to the dead letters: the first try and all retries.',
  },
  check({ plan }, report) {
    plan.stages.forEach(({ dag_id, controls }, index) => {
      if (!controls) return;
      const { retries, slo } = controls;
      const path = stagePath(index, 'controls', 'retries');
      const tiers = retries.map(({ tier }) => tier);
      if (tiers.join() !== order.join()) return report('RETRY_TIERS', path, `The tiers of ${dag_id} are ${tiers.join(', ')}.`);
      const tried = retries.filter(({ tier }) => tier !== 'dead_letter');
      for (const { tier, attempts, delays_seconds } of tried)
        if (attempts.value !== delays_seconds.length || attempts.value < 1)
          report('RETRY_COUNT', path, `${dag_id}: ${attempts.value} attempts and ${delays_seconds.length} waits in the tier ${tier}.`);
      const waits = tried.flatMap(({ delays_seconds }) => delays_seconds).reduce((sum, wait) => sum + wait, 0);
      if (waits > slo.target.value * 60) report('RETRY_TOO_LONG', path, `${dag_id} waits ${waits} s for retries; its service level is ${slo.target.value} min.`);
      const total = 1 + tried.reduce((sum, { attempts }) => sum + attempts.value, 0);
      const last = retries.find(({ tier }) => tier === 'dead_letter')?.attempts.value ?? 0;
      if (last !== total) report('RETRY_ENDLESS', path, `${dag_id} tries ${total} times, but gives an event up after ${last}.`);
    });
  },
});
