import { entryFor } from '../facts/user-context.js';
import { defineInvariant, stagePath } from './invariant.js';

/** What the team can't bear does not happen by plan. */
export const toleranceKept = defineInvariant({
  id: 'tolerance',
  codes: {
    LOSS_NOT_TOLERATED: 'Keep the clock, or deliver at least once: the context file says that no event may be lost.',
    DUPLICATE_NOT_TOLERATED: 'Promise effectively once, with a key: the context file says that no work may be done twice.',
  },
  check({ plan, facts, progress }, report) {
    plan.stages.forEach(({ dag_id, target, delivery, dedupe_key, controls }, index) => {
      const dag = facts.dags.get(dag_id);
      // What no phase touches is as it is today: the plan asks about it.
      const tolerance = dag && controls && progress.has(dag_id) ? entryFor(facts.context['failure-tolerance'], dag) : undefined;
      if (tolerance?.loss === 'never' && target === 'event' && delivery === 'at_most_once')
        report('LOSS_NOT_TOLERATED', stagePath(index, 'delivery'), `${dag_id} may lose events and has no clock.`);
      const isGuarded = dedupe_key.length > 0 && delivery !== 'at_least_once';
      if (tolerance?.duplicates === 'never' && !isGuarded) report('DUPLICATE_NOT_TOLERATED', stagePath(index, 'delivery'), `${dag_id} may do its work twice.`);
    });
  },
});
