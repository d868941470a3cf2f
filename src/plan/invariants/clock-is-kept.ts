import { defineInvariant, stagePath } from './invariant.js';

/**
 * A DAG keeps its clock while another still relies on it. One that is polled by logical date must not even turn hybrid:
 * a clock run that the duplicate guard ends early has no task for the sensor to find.
 */
export const clockIsKept = defineInvariant({
  id: 'clock-is-kept',
  codes: { CLOCK_TAKEN: 'Move the DAG that relies on this clock to event in an earlier phase, or leave this one as it is.' },
  check({ plan, facts, progress }, report) {
    plan.stages.forEach(({ dag_id }, index) => {
      const own = progress.get(dag_id);
      for (const { kind, consumer } of facts.consumersOf.get(dag_id) ?? []) {
        const leaves = kind === 'sensor' ? (own?.hybrid ?? own?.event) : own?.event;
        const free = progress.get(consumer)?.event;
        if (leaves !== undefined && (free === undefined || free >= leaves))
          report('CLOCK_TAKEN', stagePath(index, 'target'), `${consumer} still relies on the clock of ${dag_id} when it changes in phase ${leaves}.`);
      }
    });
  },
});
